/// What is wrong with the pattern, under the pattern.
import { caretLines, fixOf } from "../state"
import { useApp } from "./context"
import { FixButton } from "./problems"

export function ErrorBox() {
  const { model } = useApp()
  const error = model.error.value
  const { version, query, done } = model.status.value
  const fix = error && fixOf(error, model.analysis.value)
  return (
    <div role="alert" class="error-box">
      {error && (
        <>
          <pre class="caret" key={version}>
            {caretLines(query?.pattern ?? "", error.span).join("\n")}
          </pre>
          <div class="error-words">
            <p>
              <strong>{error.message}</strong> <span class="muted">{place(error.span)}</span>
            </p>
            {error.relatedNote && error.related && (
              <p>
                {error.relatedNote} <span class="muted">{place(error.related)}</span>
              </p>
            )}
            {error.hint && <p>{error.hint}</p>}
          </div>
          {fix && query && <FixButton problem={{ diagnostic: { ...error, fix }, pattern: query.pattern }} />}
        </>
      )}
      {done?.outcome == "error" && (
        <div class="error-words">
          <p>
            <strong>The engine stopped with an error</strong>
          </p>
          {done.message && <p>{done.message}</p>}
        </div>
      )}
    </div>
  )
}

function place({ from, fromBytes, to }: { from: number; fromBytes: number; to: number }): string {
  const at = to > from + 1 ? `characters ${from + 1}–${to}` : `character ${from + 1}`
  return from == fromBytes ? at : `${at} (byte ${fromBytes})`
}
