/// The whole run: a row for each attempt, what each token has cost, and the steps
/// around the current one.
import { useLayoutEffect, useRef, useState } from "preact/hooks"
import { type App, type Debugged, ListingLimit, download, placeWords, stepWords } from "../app"
import { type Cost, costsOf, format, oneLine, sourceOf } from "../state"
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
              <th scope="col" title={debugged.program.threads ? "Threads that ended here, as a preferred one had been here" : undefined}>
                {debugged.program.threads ? "Merged" : "Backtracks"}
              </th>
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
      <td>{format.count(backtracks)}</td>
    </tr>
  )
}

export function DebugEvents({ app, debugged, step }: OverviewProps) {
  const { events, event } = step
  const { listing } = app.debugging
  // What is typed; without it the steps that are here.
  const [from, setFrom] = useState("")
  const [to, setTo] = useState("")
  const number = (typed: string, otherwise: number) => (typed.trim() == "" ? otherwise : Number(typed.replace(/[\s,._]/g, "")))
  const first = number(from, events[0]?.step ?? 0)
  const last = number(to, from == "" ? (events.at(-1)?.step ?? first) : first + events.length - 1)
  const wrong = !(Number.isInteger(first) && Number.isInteger(last) && first >= 0 && last >= first)
    ? "Steps are numbers, from a smaller to a larger one."
    : last - first >= ListingLimit
      ? `At most ${format.count(ListingLimit)} steps at once: regexdbg debug writes more.`
      : ""
  const collect = () => {
    const here = events.filter((e) => first <= e.step && e.step <= last)
    return here.length == last - first + 1 ? Promise.resolve(here) : listing.collect(first, last)
  }
  const copy = async () => {
    const all = await collect()
    if (!all) return
    try {
      await navigator.clipboard.writeText(all.map((e) => line(app, debugged, e)).join("\n") + "\n")
      app.model.notify("info", `${format.plural(all.length, "step")} copied.`)
    } catch {
      app.model.notify("error", "The browser refused the clipboard.")
    }
  }
  const save = async () => {
    const all = await collect()
    if (all) download(`regex-steps-${first}.ndjson`, new Blob(all.map((e) => JSON.stringify(e) + "\n"), { type: "application/x-ndjson" }))
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
        <label>
          Steps <input type="text" inputMode="numeric" class="goto-input" size={8} aria-label="First step to take" placeholder={String(events[0]?.step ?? 0)} value={from} onInput={(e) => setFrom(e.currentTarget.value)} />
        </label>
        <label>
          to <input type="text" inputMode="numeric" class="goto-input" size={8} aria-label="Last step to take" placeholder={String(last)} value={to} onInput={(e) => setTo(e.currentTarget.value)} />
        </label>
        <button type="button" class="button" disabled={wrong != ""} onClick={() => void copy()}>
          Copy as text
        </button>
        <button type="button" class="button" disabled={wrong != ""} onClick={() => void save()}>
          Download NDJSON
        </button>
        {listing.progress.value != "" && (
          <span class="muted" role="status">
            {listing.progress.value}{" "}
            <button type="button" class="tool" onClick={() => listing.stop()}>
              Stop
            </button>
          </span>
        )}
        {wrong != "" && <span class="debug-note">{wrong}</span>}
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

// A step as a line of text: its number, its kind, where it was and is in the text, the
// part of the pattern, and the sentence, as deep as its groups.
function line(app: App, debugged: Debugged, e: DebugEvent): string {
  const [from, pos] = [placeWords(app, debugged, e.from), placeWords(app, debugged, e.pos)]
  const part = e.token == 0 ? "" : oneLine(sourceOf(debugged.program, debugged.query.pattern, e.token), PartWidth)
  const at = from == pos ? from : `${from}-${pos}`
  return `${String(e.step).padStart(8)}  ${e.kind.padEnd(9)}  ${at.padEnd(9)}  ${part.padEnd(PartWidth)}  ${"  ".repeat(e.depth)}${stepWords(app, debugged, e)}`
}

// The width of the column of parts.
const PartWidth = 14
