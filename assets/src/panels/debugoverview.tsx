/// The whole run: its attempts, what each part of the pattern cost, and the
/// breakpoints.
import { type App, type Debugged, placeWords } from "../app"
import { type Breakpoint, format, sourceOf } from "../state"
import type { DebugAttempt } from "../wire"

export interface OverviewProps {
  app: App
  debugged: Debugged
}

// More rows than this are not drawn at once.
const Rows = 200

export function DebugOverview(props: OverviewProps) {
  const { counts, breakpoints } = props.app.debugging
  return (
    <>
      <details class="debug-section" open={breakpoints.value.length > 0}>
        <summary>
          Breakpoints <span class="muted">{format.count(breakpoints.value.length)}</span>
        </summary>
        <Breakpoints {...props} />
      </details>
      {counts.value && (
        <>
          <details class="debug-section">
            <summary>
              Attempts <span class="muted">{format.count(counts.value.attempts.length)} shown</span>
            </summary>
            <Attempts {...props} attempts={counts.value.attempts} />
          </details>
          <details class="debug-section">
            <summary>
              Cost <span class="muted">of each part of the pattern</span>
            </summary>
            <Costs {...props} />
          </details>
        </>
      )}
    </>
  )
}

function Attempts({ app, debugged, attempts }: OverviewProps & { attempts: readonly DebugAttempt[] }) {
  const { debugging } = app
  const now = debugging.step.value?.event.step ?? 0
  const current = attempts.findIndex(({ first, steps }) => now >= first && now < first + steps)
  const from = Math.max(0, Math.min(current - Rows / 2, attempts.length - Rows))
  return (
    <ul class="debug-attempts" aria-label="Attempts">
      {from > 0 && <li class="muted">{format.count(from)} before</li>}
      {attempts.slice(from, from + Rows).map((attempt, i) => (
        <li key={attempt.first}>
          <button type="button" class="debug-attempt-row" aria-current={from + i == current ? "true" : undefined} onClick={() => debugging.go(attempt.first)}>
            {attemptWords(app, debugged, attempt)}
          </button>
        </li>
      ))}
      {from + Rows < attempts.length && <li class="muted">{format.count(attempts.length - from - Rows)} more</li>}
    </ul>
  )
}

function attemptWords(app: App, debugged: Debugged, { at, steps, furthest, matched, failed }: DebugAttempt): string {
  const { program, query } = debugged
  const what = matched ? "matched" : failed >= 0 ? `failed at ${sourceOf(program, query.pattern, failed)}` : "no match"
  return `offset ${placeWords(app, debugged, at)}: ${format.plural(steps, "step")}, furthest ${placeWords(app, debugged, furthest)}, ${what}`
}

interface Cost {
  token: number
  entered: number
  matched: number
  failed: number
  backtracks: number
}

function Costs({ app, debugged }: OverviewProps) {
  const { debugging } = app
  const counts = debugging.counts.value!
  const costs: Cost[] = []
  for (let i = 0; i + 4 < counts.tokens.length; i += 5) {
    const [token, entered, matched, failed, backtracks] = counts.tokens.slice(i, i + 5) as [number, number, number, number, number]
    costs.push({ token, entered, matched, failed, backtracks })
  }
  const all = ({ entered, matched, failed, backtracks }: Cost) => entered + matched + failed + backtracks
  costs.sort((a, b) => all(b) - all(a))
  const { program, query } = debugged
  return (
    <table class="debug-table debug-costs" aria-label="Cost">
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col">Steps</th>
          <th scope="col">Held</th>
          <th scope="col">Failed</th>
          <th scope="col">Backtracks</th>
        </tr>
      </thead>
      <tbody>
        {costs.slice(0, Rows).map((cost) => (
          <tr key={cost.token}>
            <th scope="row">
              <button type="button" class="debug-token-link" title="Go to where it is in a step next" onClick={() => debugging.toToken(cost.token, false)}>
                <code>{cost.token == 0 ? "the whole pattern" : sourceOf(program, query.pattern, cost.token)}</code>
              </button>
            </th>
            <td>
              {format.count(all(cost))} <span class="muted">{Math.round((100 * all(cost)) / Math.max(1, counts.steps))} %</span>
            </td>
            <td>{format.count(cost.matched)}</td>
            <td>{format.count(cost.failed)}</td>
            <td>{format.count(cost.backtracks)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Breakpoints({ app, debugged }: OverviewProps) {
  const { debugging } = app
  const { breakpoints, step } = debugging
  const groups = debugged.program.groups.filter(({ number }) => number > 0)
  const event = step.value?.event
  return (
    <div class="debug-breakpoints">
      <ul aria-label="Breakpoints">
        {breakpoints.value.map((b) => (
          <li key={b.id}>
            {breakpointWords(b, debugged)}{" "}
            <button type="button" class="tool" aria-label="Remove the breakpoint" onClick={() => debugging.removeBreakpoint(b.id)}>
              Remove
            </button>
          </li>
        ))}
      </ul>
      <div class="debug-row">
        <button type="button" class="button" onClick={() => debugging.toggleBreakpoint()}>
          At this part
        </button>
        {event && (
          <button type="button" class="button" onClick={() => debugging.addBreakpoint({ pos: event.pos.at })}>
            At this offset
          </button>
        )}
        {groups.map(({ number, name }) => (
          <button key={number} type="button" class="button" onClick={() => debugging.addBreakpoint({ group: number })}>
            {`When ${name || `group ${number}`} changes`}
          </button>
        ))}
      </div>
    </div>
  )
}

function breakpointWords({ token, pos, group, backtrack }: Breakpoint, { query }: Debugged): string {
  const words: string[] = []
  if (token) words.push(`at ${query.pattern.slice(token.from, token.to)}`)
  if (pos !== undefined) words.push(`at offset ${pos} (UTF-16)`)
  if (group !== undefined) words.push(`when group ${group} changes`)
  if (backtrack) words.push(`at its backtrack number ${backtrack}`)
  return words.join(", ")
}
