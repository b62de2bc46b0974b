/// How the search stands: in words for everyone, with a bar while it runs, and
/// what is wrong with the pattern. All in one strip, high enough for an error, so
/// that the text below does not jump while a pattern is typed.
import { format, isFinal, sentence } from "../state"
import { useApp } from "./context"
import { ErrorBox } from "./errorbox"
import { ProblemList, ProblemsButton } from "./problems"

export function StatusBar() {
  const app = useApp()
  const { model } = app
  const status = model.status.value
  const { phase, progress, done } = status
  const offline = model.connection.value.state != "connected"
  const running = !isFinal(phase) && progress && !offline
  const words = sentence(status, offline, model.loading.value)
  return (
    <div class={`status-bar outcome-${offline ? "offline" : (done?.outcome ?? phase)}`}>
      <p role="status" class="status">
        <span class="outcome">{words.outcome}</span>
        {words.details.map((detail) => (
          <span key={detail} class="detail">
            {detail}
          </span>
        ))}
      </p>
      <ErrorBox />
      <ProblemsButton />
      {running && <Progress />}
      {done?.canContinue && !offline && (
        <button type="button" class="button" onClick={() => app.continue()}>
          Continue{budget(done.nextBudgetMs, done.nextMatches)}
        </button>
      )}
      <ProblemList />
    </div>
  )
}

function Progress() {
  const app = useApp()
  const { count, searched, bytes, wallMs, cancelling, phase, stuck } = app.model.status.value
  const known = phase == "running" && bytes > 0
  const words = `${format.matchCount(count)}, ${format.size(searched)} of ${format.size(bytes)}`
  return (
    <div class="progress">
      {/* The bar says the same to a screen reader, when it is asked. */}
      <span class="live" aria-hidden="true">
        {phase == "waiting" ? (stuck > 0 ? `${format.plural(stuck, "older search", "older searches")} still running` : "") : words}
        {wallMs > 0 && ` · ${format.duration(wallMs)}`}
      </span>
      <div
        class={known ? "bar" : "bar unknown"}
        role="progressbar"
        aria-label="Search"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known ? Math.round((100 * searched) / bytes) : undefined}
        aria-valuetext={known ? words : "Waiting"}
      >
        <div class="bar-fill" style={{ width: known ? `${(100 * searched) / bytes}%` : "30%" }} />
      </div>
      <button type="button" class="button" disabled={cancelling} onClick={() => app.cancel()}>
        {cancelling ? "Cancelling…" : "Cancel"}
      </button>
    </div>
  )
}

function budget(ms: number | undefined, matches: number | undefined): string {
  const parts = []
  if (ms) parts.push(format.duration(ms))
  if (matches) parts.push(format.matchCount(matches))
  return parts.length > 0 ? ` (up to ${parts.join(", ")})` : ""
}
