/// The file of tests: what came of each, and the file itself.
import { useRef } from "preact/hooks"
import type { App, TestKind } from "../app"
import { countWords, format } from "../state"
import { Mount } from "./mount"
import type { Panel } from "./panel"
import { TestRows } from "./testrows"

export const tests: Panel = { id: "tests", View: Tests }

const kinds: readonly { kind: TestKind; label: string; title: string }[] = [
  { kind: "match", label: "Must match", title: "The pattern has to match the present text" },
  { kind: "no-match", label: "Must not match", title: "The pattern may not match the present text" },
  { kind: "exact", label: "Exactly these", title: "The matches and groups in the present text have to stay what they are, and what it is with them replaced" },
]

function Tests({ app }: { app: App }) {
  const { testing, model } = app
  const input = useRef<HTMLInputElement>(null)
  const view = testing.view.value
  const empty = testing.text.value.trim() == ""
  return (
    <div class="tests">
      <div class="tests-head">
        <div class="tests-tools">
          <div class="segments" role="group" aria-label="Tests as">
            <button type="button" class="segment" aria-pressed={view == "rows"} onClick={() => (testing.view.value = "rows")}>
              Results
            </button>
            <button type="button" class="segment" aria-pressed={view == "toml"} onClick={() => (testing.view.value = "toml")}>
              TOML
            </button>
          </div>
          <p class="muted tests-status" role="status" aria-label="Tests">
            {statusWords(app, empty)}
          </p>
          <button type="button" class="tool" disabled={empty || model.connection.value.state != "connected"} onClick={() => testing.run()}>
            Run again
          </button>
          <button type="button" class="tool" title="A file of tests, or the JSON that regex101 exports" onClick={() => input.current!.click()}>
            Import…
          </button>
          <button type="button" class="tool" disabled={empty} onClick={() => testing.export()}>
            Export
          </button>
          <input
            ref={input}
            type="file"
            accept=".toml,.json"
            aria-label="File of tests"
            hidden
            onChange={(event) => {
              const chosen = event.currentTarget.files?.[0]
              if (chosen) void testing.importFile(chosen)
              event.currentTarget.value = ""
            }}
          />
        </div>
        <div class="tests-tools" role="group" aria-label="Add the present text as a test">
          <span class="muted">The present text:</span>
          {kinds.map(({ kind, label, title }) => (
            <button key={kind} type="button" class="button" title={title} onClick={() => void testing.add(kind)}>
              {label}
            </button>
          ))}
        </div>
      </div>
      <Problems app={app} />
      {view == "toml" ? (
        <Mount view={testing.editor} class="toml-box" />
      ) : empty ? (
        <p class="empty">
          Tests say what the pattern has to match, and what not. Make the present text one, or import a file; it is run as you type. The same file
          runs with <code>regexdbg test</code> and <code>go test</code>.
        </p>
      ) : (
        <TestRows app={app} />
      )}
    </div>
  )
}

function statusWords(app: App, empty: boolean): string {
  const { testing, model } = app
  if (empty) return ""
  if (model.connection.value.state != "connected") return "There is no connection to the server, which runs the tests."
  if (testing.problems.value.length > 0) return format.plural(testing.problems.value.length, "problem") + " in the file"
  if (testing.failed.value != "") return testing.failed.value
  const words = countWords(testing.results.value.values())
  if (testing.done.value) return words
  return words == "" ? "Running…" : `Running… ${words}`
}

// What is wrong with the file, with its places.
function Problems({ app }: { app: App }) {
  const { testing } = app
  const problems = testing.problems.value
  if (problems.length == 0) return null
  return (
    <div role="alert" class="replace-problems tests-problems">
      {problems.slice(0, 5).map((problem, i) => (
        <p key={i} class="error">
          <strong>Error</strong>{" "}
          <button type="button" class="tool place" title="Go there" onClick={() => testing.showProblem(problem)}>
            {`line ${problem.line}, column ${problem.column}`}
          </button>{" "}
          {problem.message}
          {problem.hint && <span class="muted"> ({problem.hint})</span>}
        </p>
      ))}
      {problems.length > 5 && <p class="muted">{`and ${problems.length - 5} more`}</p>}
    </div>
  )
}
