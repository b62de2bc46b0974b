/// What is wrong with the pattern, under the pattern.
import { caretLines } from "../state"
import { useApp } from "./context"

export function ErrorBox() {
  const { model } = useApp()
  const error = model.error.value
  const { version, query, done } = model.status.value
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
