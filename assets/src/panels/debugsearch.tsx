/// Looking for steps by typed words.
import { useRef } from "preact/hooks"
import type { App } from "../app"

// What may be typed, see package finder.
const terms: readonly [form: string, words: string][] = [
  ["group 2 changes", "a group, by number or name, is set or loses its text"],
  ["token \\d+", "the part of the pattern that is written so; in quotes when it has spaces; token @12 is the part at offset 12 of the pattern in bytes"],
  ["offset 12", "where the machine is in the text behind the step, in the chosen unit; offset 12-20 is any of these"],
  ["failed", "the outcome: matched, failed, attempt, backtrack, match, no-match, enter, round, capture, call, return, cut; for Go also character, merge, reach"],
  ["backtrack 3 token a+", "the third backtrack of a part"],
  ['"some words"', "the step's sentence has these words, in any case; offsets in it are bytes"],
  ["failed offset 3 or match", "what stands side by side holds together; of what is on both sides of or, one holds"],
]

export function DebugSearch({ app }: { app: App }) {
  const { debugging } = app
  const { searchText, problem } = debugging
  const input = useRef<HTMLInputElement>(null)
  const text = searchText.value
  const wrong = problem.value
  const go = (backward: boolean) => debugging.search(backward)
  return (
    <div class="debug-search" role="search" aria-label="Search the steps">
      <input
        ref={input}
        id="debug-search"
        type="search"
        class="debug-search-input"
        aria-label="Search the steps"
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong ? "debug-search-problem" : undefined}
        title="Search the steps (/); Enter for the next, Shift+Enter for the previous"
        placeholder="Search: group 1 changes, failed token x…"
        spellcheck={false}
        autocomplete="off"
        value={text}
        onInput={(event) => debugging.setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key == "Enter") go(event.shiftKey)
          else if (event.key == "Escape" && !debugging.stop()) input.current?.blur()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <button type="button" class="tool" aria-label="Previous step that is like this" title="Previous (Shift+Enter, Shift+N)" disabled={text.trim() == ""} onClick={() => go(true)}>
        ↑
      </button>
      <button type="button" class="tool" aria-label="Next step that is like this" title="Next (Enter, N)" disabled={text.trim() == ""} onClick={() => go(false)}>
        ↓
      </button>
      <details class="debug-search-help">
        <summary aria-label="What can be searched for">?</summary>
        <dl>
          {terms.map(([form, words]) => (
            <div key={form}>
              <dt>
                <button type="button" class="link" onClick={() => (debugging.setSearch(form), input.current?.focus())}>
                  <code>{form}</code>
                </button>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      </details>
      {wrong && (
        <p class="debug-search-problem" id="debug-search-problem" role="alert">
          <code>
            {text.slice(0, wrong.span.from)}
            <mark>{text.slice(wrong.span.from, wrong.span.to) || "▏"}</mark>
            {text.slice(wrong.span.to)}
          </code>{" "}
          {wrong.message}
        </p>
      )}
    </div>
  )
}
