/// Places to stop at, and the ways to add one.
import { useState } from "preact/hooks"
import { type App, type Debugged, placeWords, unitsWords } from "../app"
import { type Breakpoint, format, sourceOf, tokenSpan } from "../state"
import type { DebugStep } from "../wire"
import { Part } from "./patternpart"

export function DebugBreakpoints({ app, debugged, step }: { app: App; debugged: Debugged; step: DebugStep }) {
  const { debugging } = app
  const { event } = step
  const { query } = debugged
  const { groups, breaks = [] } = debugged.program
  const [count, setCount] = useState("1")
  const token = tokenSpan(debugged.program, event.token)
  const source = query.pattern.slice(token.from, token.to)
  const nth = Math.max(1, Math.floor(Number(count)) || 1)
  const all = debugging.breakpoints.value
  return (
    <details class="debug-section">
      <summary>
        Breakpoints <span class="muted">{format.count(all.length + breaks.length)}</span>
      </summary>
      <ul class="debug-list" aria-label="Breakpoints">
        {breaks.map(({ span, token }) => (
          <li key={`break-${span.from}`}>
            <span class="debug-words">
              <Part app={app} pattern={query.pattern} span={span}>
                (?#BREAK)
              </Part>{" "}
              in the pattern, before {token == 0 ? "the match" : sourceOf(debugged.program, query.pattern, token)}
            </span>
          </li>
        ))}
        {all.map((b) => (
          <li key={b.id}>
            <span class="debug-words">{words(app, debugged, b)}</span>
            <select
              aria-label={`Outcome of breakpoint ${b.id}`}
              value={b.kind ?? ""}
              disabled={b.backtrack !== undefined || b.group !== undefined}
              onChange={({ currentTarget: { value } }) => debugging.changeBreakpoint(b.id, value == "matched" || value == "failed" ? value : undefined)}
            >
              <option value="">any outcome</option>
              <option value="matched">when it matches</option>
              <option value="failed">when it fails</option>
            </select>
            <button type="button" class="tool" aria-label={`Remove breakpoint ${b.id}`} onClick={() => debugging.removeBreakpoint(b.id)}>
              Remove
            </button>
          </li>
        ))}
      </ul>
      <div class="debug-add" role="group" aria-label="Add a breakpoint">
        <button type="button" class="button" onClick={() => debugging.addBreakpoint({ token })}>
          At this token
        </button>
        <button type="button" class="button" onClick={() => debugging.addBreakpoint({ pos: event.pos.at })}>
          At offset {placeWords(app, debugged, event.pos)}
        </button>
        <button type="button" class="button" title="Where the caret is in the text" onClick={() => debugging.addBreakpoint({ pos: debugging.past(app.text.state.selection.main.head) })}>
          At the caret
        </button>
        {groups.slice(1, 9).map(({ number }) => (
          <button key={number} type="button" class="button" onClick={() => debugging.addBreakpoint({ group: number })}>
            Group {number} changes
          </button>
        ))}
        {!debugged.program.threads && (
          <span class="debug-nth">
            <button type="button" class="button" title={source} onClick={() => debugging.addBreakpoint({ token, backtrack: nth })}>
              At backtrack number
            </button>
            <input type="number" min={1} aria-label="Which backtrack of this token" value={count} onInput={(e) => setCount(e.currentTarget.value)} />
          </span>
        )}
      </div>
    </details>
  )
}

function words(app: App, debugged: Debugged, { token, pos, group, backtrack }: Breakpoint): string {
  const { query } = debugged
  const parts = []
  if (backtrack !== undefined) parts.push(`backtrack ${format.count(backtrack)} of`)
  if (token) parts.push(token.to - token.from > 20 ? query.pattern.slice(token.from, token.from + 20) + "…" : query.pattern.slice(token.from, token.to))
  if (pos !== undefined) parts.push(`at offset ${unitsWords(app, debugged, pos)}`)
  if (group !== undefined) parts.push(`group ${group} changes`)
  return parts.join(" ")
}
