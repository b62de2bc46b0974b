/// The pattern as a program in the languages of its flavor, and of others.
import type { App } from "../app"
import { download } from "../app"
import { sameQuery } from "../state"
import type { Change, Program } from "../wire"
import type { Panel } from "./panel"

export const code: Panel = { id: "code", View: Code }

const ops: readonly [string, string][] = [
  ["match-all", "all matches"],
  ["match", "first match"],
  ["replace", "replace"],
  ["split", "split"],
]

function Code({ app }: { app: App }) {
  const { model } = app
  const about = model.programs.value
  const query = model.query.value
  const connected = model.connection.value.state == "connected"
  const failed = model.analysisFailed.value
  if (failed && sameQuery(failed.query, query) && ["", "code"].includes(failed.msg.panel)) return <p class="empty">{failed.msg.message}</p>
  if (query.pattern == "") return <p class="empty">Type a regular expression, and here are programs that use it.</p>
  if (!about) return <p class="empty">{connected ? "Writing…" : "There is no connection to the server, which writes the programs."}</p>
  const { programs } = about.msg
  const shown = programs.find(({ language }) => language == model.language.value) ?? programs[0]
  if (!shown) return null
  const stale = !sameQuery(about.query, query)
  return (
    <div class="programs">
      <div class="programs-head">
        <label class="picker">
          <span>Language</span>
          <select value={shown.language} onChange={(event) => model.setLanguage(event.currentTarget.value)}>
            {programs.map(({ language, label, own }) => (
              <option key={language} value={language} selected={language == shown.language}>
                {own ? label : `${label} (converted)`}
              </option>
            ))}
          </select>
        </label>
        <div class="segments" role="group" aria-label="What it does">
          {ops
            .filter(([op]) => shown.code.some((c) => c.op == op))
            .map(([op, label]) => (
              <button key={op} type="button" class="segment" aria-pressed={op == chosen(shown, model.programOp.value)?.op} onClick={() => model.setProgramOp(op)}>
                {label}
              </button>
            ))}
        </div>
      </div>
      <Shown app={app} program={shown} stale={stale} pattern={about.query.pattern} />
    </div>
  )
}

// What the user wants, or the first thing that the language does.
function chosen(program: Program, op: string) {
  return program.code.find((c) => c.op == op) ?? program.code[0]
}

function Shown({ app, program, stale, pattern }: { app: App; program: Program; stale: boolean; pattern: string }) {
  const { model } = app
  const { own, label, flavor, changes, error, file, note } = program
  const shown = chosen(program, model.programOp.value)
  const refused = error ?? shown?.error
  if (refused || !shown) return <p class="empty">{`Not written for ${label}: ${refused ?? "nothing to write"}`.replace(/\.?$/, ".")}</p>
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(shown.text)
      model.notify("info", `Copied: the program in ${label}.`)
    } catch {
      model.notify("error", "The browser refused the clipboard.")
    }
  }
  const lost = changes.filter(({ severity }) => severity != "hint")
  return (
    <div class={stale ? "program stale" : "program"}>
      <pre class="program-code" tabIndex={0} aria-label={`Program in ${label}`}>
        {shown.text}
      </pre>
      <div class="program-actions">
        <button type="button" class="button" onClick={() => void copy()}>
          Copy
        </button>
        {file != "" && (
          <button type="button" class="button" onClick={() => download(file, new Blob([shown.text], { type: "text/plain" }))}>
            {`Save ${file}`}
          </button>
        )}
      </div>
      {!own && (
        <p class="muted">
          {`The pattern is converted for ${flavor}${lost.length == 0 ? "; it means the same." : ", and this is not the same:"}`}
        </p>
      )}
      {lost.length > 0 && (
        <ul class="program-changes">
          {lost.map((change, i) => (
            <Lost key={i} change={change} source={pattern.slice(change.span.from, change.span.to)} />
          ))}
        </ul>
      )}
      {shown.op == "replace" && (
        <p class="muted">
          {"The replacement is that of the tab "}
          <button type="button" class="link" onClick={() => (model.panel.value = "replace")}>
            Replace
          </button>
          {app.replacing.text.value == "" ? ", where it is empty: what matches is taken out." : "."}
        </p>
      )}
      {note && <p class="muted">{note}</p>}
      {file != "" && <p class="muted">It reads the text from standard input. Whatever is special in the language is escaped in the pattern.</p>}
    </div>
  )
}

function Lost({ change, source }: { change: Change; source: string }) {
  return (
    <li class={change.severity}>
      <code>{source}</code> {change.message}
    </li>
  )
}
