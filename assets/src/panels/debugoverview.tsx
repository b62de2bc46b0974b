/// The whole run: a row for each attempt, what each token has cost, and the steps
/// around the current one.
import { useLayoutEffect, useRef } from "preact/hooks"
import { type App, type Debugged, download, placeWords, stepWords } from "../app"
import { type Cost, costsOf, format, sourceOf } from "../state"
import type { DebugAttempt, DebugEvent, DebugStep } from "../wire"

export interface OverviewProps {
  app: App
  debugged: Debugged
  step: DebugStep
}

// More rows are not read; those with the most steps are in the ribbon.
const RowLimit = 200

export function DebugAttempts({ app, debugged, step }: OverviewProps) {
  const attempts = app.debugging.counts.value?.attempts ?? []
  const total = app.debugging.progress.value?.attempts ?? attempts.length
  return (
    <details class="debug-section">
      <summary>
        Attempts <span class="muted">{format.count(total)}</span>
      </summary>
      <ul class="debug-list" aria-label="Attempts">
        {attempts.slice(0, RowLimit).map((a) => (
          <li key={a.first}>
            <button
              type="button"
              class="debug-go"
              aria-current={a.first <= step.event.step && step.event.step < a.first + a.steps ? "true" : undefined}
              onClick={() => app.debugging.go(a.first)}
            >
              {attemptWords(app, debugged, a)}
            </button>
          </li>
        ))}
      </ul>
      {total > Math.min(attempts.length, RowLimit) && (
        <p class="muted debug-none">
          {format.count(Math.min(attempts.length, RowLimit))} of {format.count(total)} attempts are here.
        </p>
      )}
    </details>
  )
}

function attemptWords(app: App, debugged: Debugged, a: DebugAttempt): string {
  const start = `offset ${placeWords(app, debugged, a.at)}: ${format.plural(a.steps, "step")}, furthest ${placeWords(app, debugged, a.furthest)}`
  if (a.matched) return `${start}, matched`
  return a.failed < 0 ? start : `${start}, failed at ${sourceOf(debugged.program, debugged.query.pattern, a.failed)}`
}

export function DebugCosts({ app, debugged }: OverviewProps) {
  const costs = costsOf(app.debugging.counts.value?.tokens ?? [])
  const all = costs.reduce((sum, { steps }) => sum + steps, 0)
  return (
    <details class="debug-section">
      <summary>
        Cost of tokens <span class="muted">{format.count(costs.length)}</span>
      </summary>
      <div class="debug-scroll">
        <table class="debug-table" aria-label="Cost of tokens">
          <thead>
            <tr>
              <th scope="col">Token</th>
              <th scope="col">Share</th>
              <th scope="col">Steps</th>
              <th scope="col">Tries</th>
              <th scope="col">Matched</th>
              <th scope="col">Failed</th>
              {!debugged.program.threads && <th scope="col">Backtracks</th>}
            </tr>
          </thead>
          <tbody>
            {costs.slice(0, RowLimit).map((cost) => (
              <CostRow key={cost.token} app={app} debugged={debugged} cost={cost} all={all} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function CostRow({ app, debugged, cost, all }: { app: App; debugged: Debugged; cost: Cost; all: number }) {
  const { program, query } = debugged
  const { token, entered, matched, failed, backtracks, steps } = cost
  const span = { from: program.tokens[2 * token]!, to: program.tokens[2 * token + 1]! }
  return (
    <tr onMouseEnter={() => app.pointAt(span, query.pattern)} onMouseLeave={() => app.pointAt(undefined)}>
      <th scope="row">
        <button type="button" class="debug-go" title="Next time here" onClick={() => app.debugging.toToken(token, false)}>
          <code>{token == 0 ? "the whole pattern" : sourceOf(program, query.pattern, token)}</code>
        </button>
      </th>
      <td>{((100 * steps) / Math.max(all, 1)).toFixed(1)} %</td>
      <td title={`${format.count(entered)} of them began or ended it`}>{format.count(steps)}</td>
      <td>{format.count(matched + failed)}</td>
      <td>{format.count(matched)}</td>
      <td>{format.count(failed)}</td>
      {!program.threads && <td>{format.count(backtracks)}</td>}
    </tr>
  )
}

export function DebugEvents({ app, debugged, step }: OverviewProps) {
  const { events, event } = step
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(events.map((e) => line(e, stepWords(app, debugged, e))).join("\n") + "\n")
      app.model.notify("info", `${format.plural(events.length, "step")} copied.`)
    } catch {
      app.model.notify("error", "The browser refused the clipboard.")
    }
  }
  const save = () => {
    const lines = events.map((e) => JSON.stringify(e)).join("\n") + "\n"
    download(`regex-steps-${events[0]?.step ?? 0}.ndjson`, new Blob([lines], { type: "application/x-ndjson" }))
  }
  // The list is at the current step, whenever it is shown.
  const list = useRef<HTMLOListElement>(null)
  const reveal = () => {
    const row = list.current?.querySelector<HTMLElement>("[aria-current]")
    if (row) list.current!.scrollTop = row.offsetTop - list.current!.offsetTop - (list.current!.clientHeight - row.offsetHeight) / 2
  }
  useLayoutEffect(reveal, [step])
  return (
    <details class="debug-section" onToggle={reveal}>
      <summary>Steps around this one</summary>
      <div class="debug-add">
        <button type="button" class="button" onClick={() => void copy()}>
          Copy as text
        </button>
        <button type="button" class="button" onClick={save}>
          Download NDJSON
        </button>
      </div>
      <ol class="debug-events" aria-label="Steps around this one" ref={list}>
        {events.map((e) => (
          <li key={e.step}>
            <button
              type="button"
              class={`debug-go debug-${e.sign}`}
              style={{ "--depth": Math.min(e.depth, 12) }}
              aria-current={e.step == event.step ? "step" : undefined}
              onClick={() => app.debugging.go(e.step)}
            >
              <span class="muted">{format.count(e.step)}</span> {stepWords(app, debugged, e)}
            </button>
          </li>
        ))}
      </ol>
    </details>
  )
}

// A step as a line of text.
function line({ step, kind, depth }: DebugEvent, words: string): string {
  return `${String(step).padStart(8)}  ${kind.padEnd(9)}  ${"  ".repeat(depth)}${words}`
}
