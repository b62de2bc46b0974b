/// The text as many inputs, with what came of each.
import { useState } from "preact/hooks"
import type { App, InputMode } from "../app"
import { engineLabel, format, oneLine } from "../state"
import { type InputRow, InputsLines, InputsSet, MaxInputs, OutcomeMatch, OutcomeNoMatch } from "../wire"
import type { Panel } from "./panel"

export const inputs: Panel = { id: "inputs", View: Inputs }

const modes: readonly { mode: InputMode; label: string; title: string }[] = [
  { mode: "", label: "Document", title: "The text is one text" },
  { mode: InputsLines, label: "Lines", title: "Each line is an input" },
  { mode: InputsSet, label: "Set", title: "What follows a line “=== name” is an input of that name" },
]

// More rows than this are asked for.
const RowLimit = 200

// What of an input a row shows, in UTF-16 units.
const TextLimit = 200

function Inputs({ app }: { app: App }) {
  const { mode } = app.inputs
  return (
    <div class="tests">
      <div class="tests-head">
        <div class="tests-tools">
          <div class="segments" role="group" aria-label="The text is">
            {modes.map(({ mode: m, label, title }) => (
              <button key={m} type="button" class="segment" title={title} aria-pressed={m == mode.value} onClick={() => app.inputs.setMode(m)}>
                {label}
              </button>
            ))}
          </div>
          <p class="muted tests-status" role="status" aria-label="Inputs">
            {statusWords(app)}
          </p>
        </div>
      </div>
      <Rows app={app} />
    </div>
  )
}

function present(app: App): boolean {
  return app.inputs.searched.value?.last.version == app.model.status.value.version && app.model.connection.value.state == "connected"
}

function statusWords(app: App): string {
  const { searched, mode } = app.inputs
  const { value } = searched
  if (mode.value == "" || !value || app.model.query.value.pattern == "") return ""
  const { last, rows } = value
  if (last.failed) return last.failed
  if (last.done && last.total == 0) return "" // the rows say why
  const matching = rows.filter(({ count }) => count > 0).length
  const of = last.total > MaxInputs ? `the first ${format.count(MaxInputs)} of ${format.plural(last.total, "input")}` : format.plural(last.total, "input")
  const matches = `${format.count(matching)} of ${of} ${matching == 1 ? "matches" : "match"} on ${engineLabel(last.engine)}`
  const open = rows.filter((row) => !isKnown(row) && row.count == 0).length
  const words = open == 0 ? matches : `${matches}; ${format.count(open)} ${open == 1 ? "was" : "were"} not searched to the end`
  return last.done ? words : `Searching… ${words}`
}

// Whether the input was searched to its end. One that was not has the matches that were
// found, and may have more.
function isKnown({ outcome }: InputRow): boolean {
  return outcome == OutcomeMatch || outcome == OutcomeNoMatch
}

function Rows({ app }: { app: App }) {
  const { inputs, model } = app
  const [limit, setLimit] = useState(RowLimit)
  const { value } = inputs.searched
  if (inputs.mode.value == "") {
    return (
      <p class="empty">
        The text is searched as one. As lines or as a set, each input is searched by itself: <code>^</code> and <code>$</code> are its begin and its
        end, and a click makes it a test.
      </p>
    )
  }
  if (model.query.value.pattern == "") return <p class="empty">Type a regular expression, and see which inputs it matches.</p>
  if (!value) return <p class="empty">{model.connection.value.state == "connected" ? "Searching…" : "There is no connection to the server, which searches."}</p>
  if (value.last.failed && value.rows.length == 0) return <p class="empty">No input was searched. Why, is said above.</p>
  if (value.last.done && value.last.total == 0) return <p class="empty">The text is empty: it has no inputs yet.</p>
  const unnamed = inputs.mode.value == InputsSet && value.rows.every(({ name }) => name === undefined)
  return (
    <div class={present(app) ? "test-rows" : "test-rows stale"}>
      {unnamed && (
        <p class="muted">
          A line <code>=== name</code> in the text begins an input of that name.
        </p>
      )}
      <ul class="test-list" aria-label="Inputs">
        {value.rows.slice(0, limit).map((row, i) => (
          <Row key={i} app={app} row={row} />
        ))}
      </ul>
      {value.rows.length > limit && (
        <button type="button" class="button" onClick={() => setLimit(limit + RowLimit)}>
          {`Show ${format.count(Math.min(RowLimit, value.rows.length - limit))} more of ${format.count(value.rows.length - limit)}`}
        </button>
      )}
    </div>
  )
}

function Row({ app, row }: { app: App; row: InputRow }) {
  const { inputs } = app
  const text = inputs.textOf(row)
  const marked = inputs.test(row)?.test.match
  const name = row.name ?? `line ${row.line}`
  const matches = row.count > 0
  const known = isKnown(row)
  const wrong = known && marked !== undefined && marked != matches
  return (
    <li class={`test ${wrong ? "failed" : matches ? "passed" : ""}`} data-outcome={row.outcome}>
      <div class="test-line">
        <div class="test-words">
          <span class="test-status">{known ? (matches ? format.matchCount(row.count) : "no match") : row.outcome}</span>
          <button type="button" class="tool test-name" title="Show it in the text" onClick={() => app.showText(row.from)}>
            {name}
          </button>
          <code class="test-text">{oneLine(text, TextLimit)}</code>
        </div>
        <span class="test-actions" role="group" aria-label={`Tests of ${name}`}>
          <button type="button" class="tool" aria-label={`Must match: ${name}`} aria-pressed={marked === true} title="A test: it has to match" onClick={() => inputs.mark(row, true)}>
            ✓
          </button>
          <button type="button" class="tool" aria-label={`Must not match: ${name}`} aria-pressed={marked === false} title="A test: it may not match" onClick={() => inputs.mark(row, false)}>
            ✗
          </button>
        </span>
      </div>
      {wrong && <p class="input-note wrong">{marked ? "It has to match." : "It may not match."}</p>}
      {row.message && <p class="input-note muted">{row.message}</p>}
      {matches && <Groups app={app} row={row} />}
    </li>
  )
}

// The first match and its groups.
function Groups({ app, row }: { app: App; row: InputRow }) {
  const { text, groups } = app.inputs.searched.value!
  return (
    <dl class="input-groups">
      {groups.map(({ number, name }, i) => {
        const [from, to] = [row.spans[2 * i] ?? -1, row.spans[2 * i + 1] ?? -1]
        return (
          <div key={i}>
            <dt>{i == 0 ? "match" : name || number}</dt>
            <dd>{from < 0 ? <span class="muted">–</span> : <code>{oneLine(text.slice(from, to), TextLimit)}</code>}</dd>
          </div>
        )
      })}
    </dl>
  )
}
