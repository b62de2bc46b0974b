/// How fast the engines of this machine are at the pattern and the text.
import { useState } from "preact/hooks"
import type { App } from "../app"
import { type Bar, type SpeedRow, engineLabel, format, sameQuery, searchTime, speedRows, threeDigits } from "../state"
import type { Panel } from "./panel"

export const benchmark: Panel = { id: "benchmark", View: Benchmark }

function Benchmark({ app }: { app: App }) {
  const { model } = app
  const about = model.speeds.value
  const connected = model.connection.value.state == "connected"
  const present = about !== undefined && about.msg.version == model.status.value.version && connected
  const running = present && !about.msg.done
  const { pattern } = model.query.value
  const measured = model.measured.value.length
  const looking = model.welcome.value?.looking ?? true
  return (
    <div class="benchmark">
      <div class="benchmark-head">
        {running ? (
          <button type="button" class="button" onClick={() => app.session.stopBenchmark()}>
            Stop
          </button>
        ) : (
          <button type="button" class="button" disabled={!connected || looking || pattern == "" || measured == 0} onClick={() => app.benchmark()}>
            Measure
          </button>
        )}
        <Engines app={app} />
        <p class="muted" role="status" aria-label="Benchmark">
          {about ? progress(app, present, running) : ""}
        </p>
      </div>
      {about?.msg.failed && <p class="empty">{about.msg.failed}</p>}
      {about && about.msg.speeds.length > 0 ? (
        <Table rows={speedRows(about.msg.speeds, about.msg.bytes)} stale={!present} running={running} />
      ) : (
        !about?.msg.failed && <p class="empty">{running ? "Getting the engines warm…" : invitation(connected, looking, pattern, measured)}</p>
      )}
    </div>
  )
}

function invitation(connected: boolean, looking: boolean, pattern: string, measured: number): string {
  if (!connected) return "There is no connection to the server, which measures."
  if (looking) return "Engines are being looked for on this machine…"
  if (pattern == "") return "Type a regular expression, and measure how fast each engine is at finding all its matches in the text."
  if (measured == 0) return "Choose an engine to measure."
  return `Measure how fast ${measured == 1 ? "the engine is" : format.plural(measured, "engine") + " are"} at finding all matches of the pattern in the text.`
}

function progress(app: App, present: boolean, running: boolean): string {
  const { query, msg } = app.model.speeds.value!
  const text = `${format.size(msg.bytes)} of text`
  if (running) return msg.round == 0 ? "Getting the engines warm…" : `Round ${msg.round} of ${msg.rounds}, ${text}`
  const rounds = `${format.plural(msg.round, "round")}, ${text}`
  if (present) return rounds
  const what = sameQuery(query, app.model.query.value) ? "Measured before" : "Measured with another pattern"
  return `${what}: ${rounds}`
}

// The engines to measure, as a list that opens.
function Engines({ app }: { app: App }) {
  const { model } = app
  const [open, setOpen] = useState(false)
  const all = model.measurable.value
  return (
    <div class="benchmark-engines">
      <button type="button" class="button" aria-expanded={open} aria-controls="benchmark-engines" onClick={() => setOpen(!open)}>
        {`${model.measured.value.length} of ${format.plural(all.length, "engine")}`}
      </button>
      <div id="benchmark-engines" role="group" aria-label="Engines to measure" hidden={!open}>
        {all.map(({ name, engine, flavor }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={!model.unmeasured.value.has(name)}
              onChange={(event) => model.setMeasured(name, event.currentTarget.checked)}
            />
            <span>{engineLabel(engine)}</span> <span class="muted">{flavor}</span>
          </label>
        ))}
      </div>
    </div>
  )
}

function Table({ rows, stale, running }: { rows: SpeedRow[]; stale: boolean; running: boolean }) {
  const measured = rows.filter(({ rate }) => rate)
  const found = measured.some(({ speed }) => speed.count > 0)
  return (
    <div class="benchmark-results">
      {measured.length > 0 && !found && (
        <p>The pattern does not match in the text: what is measured is how fast the engines find out that nothing does, and there are no matches a second.</p>
      )}
      <table class={stale ? "speeds stale" : "speeds"} aria-busy={running}>
        <thead>
          <tr>
            <th scope="col">Engine</th>
            <th scope="col">One search</th>
            <th scope="col">MB/s</th>
            <th scope="col">Matches/s</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.speed.engine.name} row={row} running={running} />
          ))}
        </tbody>
      </table>
      <p class="muted">
        One search finds all matches of the whole text. The times are medians, with the middle half of the rounds behind ±; the fastest fills its
        row. In each round the engines take turns, and short searches are repeated. Compiling the pattern, starting a program and moving the text to
        it are not in the times: a program of its own takes the time itself, of the plain loop that its users write, and so does this browser, for
        its own engine, in a worker.
      </p>
    </div>
  )
}

function Row({ row, running }: { row: SpeedRow; running: boolean }) {
  const { speed, rate, bars } = row
  const flags = speed.flags == "" ? "" : ` with ${speed.flags}`
  return (
    <>
      <tr>
        <th scope="row">
          <span>{engineLabel(speed.engine)}</span> <span class="muted">{speed.flavor + flags}</span>
        </th>
        {rate ? (
          <>
            <td>
              {searchTime(speed.medianMs)}
              <span class="muted">{` ± ${Math.round((50 * (speed.highMs - speed.lowMs)) / speed.medianMs)} %`}</span>
            </td>
            <td>{threeDigits(rate.megabytes)}</td>
            <td>{speed.count == 0 ? "no match" : threeDigits(rate.matches)}</td>
          </>
        ) : (
          <td class="none" colSpan={3}>
            {without(speed.outcome, running)}
          </td>
        )}
      </tr>
      <tr class="detail">
        <td colSpan={4}>
          {bars && (
            <div class="bars" aria-hidden="true">
              <span>MB/s</span>
              <Length bar={bars.megabytes} name="megabytes" />
              {bars.matches && <span>matches/s</span>}
              {bars.matches && <Length bar={bars.matches} name="matches" />}
            </div>
          )}
          {speed.message && <p class="muted">{speed.message}</p>}
        </td>
      </tr>
    </>
  )
}

function Length({ bar, name }: { bar: Bar; name: string }) {
  return (
    <div class={`bar ${name}`}>
      <div class="median" style={{ width: `${100 * bar.median}%` }} />
      <div class="spread" style={{ left: `${100 * bar.low}%`, width: `${100 * (bar.high - bar.low)}%` }} />
    </div>
  )
}

function without(outcome: string, running: boolean): string {
  switch (outcome) {
    case "refused":
      return "does not take the pattern"
    case "timeout":
      return "timed out"
    case "limit":
      return "reached its own limit"
    case "error":
      return "failed"
    case "cancelled":
      return "stopped"
  }
  return running ? "measuring…" : "not measured"
}
