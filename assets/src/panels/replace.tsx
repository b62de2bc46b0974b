/// The replacement, and the text with it in the place of the matches.
import type { App } from "../app"
import { type ReplaceMode, format } from "../state"
import type { Diagnostic, Template } from "../wire"
import { Mount } from "./mount"
import type { Panel } from "./panel"

export const replace: Panel = { id: "replace", View: Replace }

const Modes: readonly { mode: ReplaceMode; label: string; title: string }[] = [
  { mode: "text", label: "Text", title: "The text with all matches replaced" },
  { mode: "changes", label: "Changes", title: "What is deleted and what is inserted, in the text" },
  { mode: "list", label: "List", title: "Only what stands for each match" },
]

function Replace({ app }: { app: App }) {
  const { replacing } = app
  const mode = replacing.mode.value
  const template = replacing.template.value?.msg
  const state = stateOf(app)
  return (
    <div class="replace">
      <div class="replace-head">
        <Mount view={replacing.editor} class="replacement-box" />
        {template && <Problems app={app} problems={template.text == replacing.text.value ? template.problems : []} />}
        {template && <Details template={template} />}
        <div class="replace-tools">
          <div class="segments" role="group" aria-label="Result as">
            {Modes.map(({ mode: m, label, title }) => (
              <button key={m} type="button" class="segment" title={title} aria-pressed={m == mode} onClick={() => replacing.setMode(m)}>
                {label}
              </button>
            ))}
          </div>
          {mode == "list" && (
            <label class="replace-separator">
              Separator
              <input
                type="text"
                size={5}
                spellcheck={false}
                title="\\n is a line feed, \\t a tab"
                value={replacing.separator.value}
                onInput={(event) => replacing.setSeparator(event.currentTarget.value)}
              />
            </label>
          )}
          <p class="muted replace-status" role="status" aria-label="Replacement">
            {state.words}
          </p>
          <span class="replace-actions">
            {mode != "list" && (
              <button type="button" class="button" disabled={!state.all} title="Puts the result in the place of the text; undo brings it back" onClick={() => void replacing.put()}>
                Replace in the text
              </button>
            )}
            <button type="button" class="button" disabled={!state.ready} onClick={() => void replacing.copy()}>
              Copy
            </button>
            <button type="button" class="button" disabled={!state.ready} onClick={() => void replacing.download()}>
              Download
            </button>
          </span>
        </div>
      </div>
      {state.empty ? <p class="empty">{state.empty}</p> : <Mount view={replacing.result.view} class={state.stale ? "result-box stale" : "result-box"} />}
    </div>
  )
}

// What there is to say and show.
function stateOf(app: App): { words: string; ready: boolean; stale: boolean; empty?: string; all?: boolean } {
  const { model, replacing } = app
  const { phase, done, query } = model.status.value
  const made = replacing.made.value
  const nothing = (empty: string) => ({ words: "", ready: false, stale: false, empty })
  if (!replacing.text.value.isWellFormed()) return nothing("The replacement has bytes that are not UTF-8, which only the command line takes.")
  if (model.connection.value.state == "disconnected" && !made) return nothing("There is no connection to the server, which reads the replacement.")
  if (phase == "idle" || (query ?? model.query.value).pattern == "") return nothing("Type a regular expression: its matches are replaced here.")
  if (phase == "invalid") return nothing("The regular expression has to be valid before its matches can be replaced.")
  if (phase == "no-engine") return nothing("There is no engine that finds the matches.")
  if (done?.outcome == "error") return nothing("The engine stopped with an error: there is no result.")
  const template = replacing.current()
  const bad = template?.problems.some(({ severity }) => severity == "error") ?? false
  if (!made) return bad ? nothing("The replacement has an error.") : nothing("Replacing…")
  const count = format.plural(made.count, "match", "matches")
  const ready = !bad
  if (bad) return { words: "The result is that of before.", ready: false, stale: true }
  if (made.stopped == "order") return { words: "Matches overlap, or do not go from left to right: there is nothing to replace.", ready: false, stale: true }
  if (made.stopped == "too-long") return { words: `The result is too long to be shown: it ends after ${count}.`, ready, stale: false }
  if (!made.complete) return { words: `${count} replaced…`, ready, stale: false }
  const words = made.count == 0 ? "Nothing to replace" : `${count} ${replacing.mode.value == "list" ? "listed" : "replaced"}`
  return { words: made.whole ? words : `${words}; the search has not come further`, ready, stale: false, all: made.whole && made.count > 0 }
}

function Problems({ app, problems }: { app: App; problems: readonly Diagnostic[] }) {
  return (
    <div role="alert" class="replace-problems">
      {problems.slice(0, 3).map(({ severity, message, hint, span }, i) => (
        <p key={i} class={severity}>
          <strong>{severity == "error" ? "Error" : "Warning"}</strong>{" "}
          <button type="button" class="tool place" title="Select it in the replacement" onClick={() => select(app, span.from, span.to)}>
            <code>{app.replacing.text.value.slice(span.from, span.to) || "here"}</code>
          </button>{" "}
          {message}
          {hint && <span class="muted"> ({hint})</span>}
        </p>
      ))}
      {problems.length > 3 && <p class="muted">{`and ${problems.length - 3} more`}</p>}
    </div>
  )
}

function select(app: App, from: number, to: number): void {
  const view = app.replacing.editor
  const { length } = view.state.doc
  view.dispatch({ selection: { anchor: Math.min(to, length), head: Math.min(from, length) } })
  view.focus()
}

function Details({ template }: { template: Template }) {
  const { lines, elements, notes, text } = template
  return (
    <div class="replace-details">
      {lines.length > 0 && (
        <details>
          <summary>What it stands for</summary>
          <ol aria-label="Parts of the replacement">
            {lines.map(({ span, depth, words }, i) => (
              <li key={i} style={{ paddingLeft: `${depth}em` }}>
                <code>{text.slice(span.from, span.to)}</code>
                <span>{words}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
      <details>
        <summary>{`Syntax of ${template.function}`}</summary>
        <dl>
          {elements.map(({ form, words }, i) => (
            <div key={i}>
              <dt>
                <code>{form}</code>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        {notes.map((note, i) => (
          <p key={i} class="muted">
            {note}
          </p>
        ))}
      </details>
    </div>
  )
}
