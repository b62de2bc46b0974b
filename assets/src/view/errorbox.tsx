/// What is wrong with the pattern, under the pattern.
import { caretLines } from "../state"
import { useApp } from "./context"

export function ErrorBox() {
  const { model } = useApp()
  const { error, version, done } = model.status.value
  return (
    <div role="alert" class="error-box">
      {error && (
        <div class="error" key={version}>
          <p class="error-message">
            <strong>{error.message}</strong>
            <span class="error-place">{place(error.span)}</span>
          </p>
          <pre class="caret">{caretLines(model.query.value.pattern, error.span).join("\n")}</pre>
          {error.relatedNote && error.related && (
            <p class="error-more">
              {error.relatedNote} ({place(error.related)})
            </p>
          )}
          {error.hint && <p class="error-more">{error.hint}</p>}
        </div>
      )}
      {done?.outcome == "error" && (
        <div class="error">
          <p class="error-message">
            <strong>The engine stopped with an error</strong>
          </p>
          {done.message && <p class="error-more">{done.message}</p>}
        </div>
      )}
    </div>
  )
}

function place({ from, fromBytes, to }: { from: number; fromBytes: number; to: number }): string {
  const at = to > from + 1 ? `characters ${from + 1}–${to}` : `character ${from + 1}`
  return from == fromBytes ? at : `${at} (byte ${fromBytes})`
}
