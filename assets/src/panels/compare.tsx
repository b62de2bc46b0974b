/// Engines side by side: what each finds, where two part, and what makes it so.
import type { App } from "../app"
import { comparison } from "../state"
import { CompareChoice } from "./comparechoice"
import { CompareDifferences } from "./comparedifferences"
import { CompareMatrix, CompareTable } from "./comparetable"
import { ComparePortability } from "./compareportability"
import { CompareSeek } from "./compareseek"
import type { Panel } from "./panel"

export const compare: Panel = { id: "compare", View: ComparePanel }

function ComparePanel({ app }: { app: App }) {
  const { comparing, model } = app
  const about = comparing.comparison.value
  const connected = model.connection.value.state == "connected"
  const { version } = model.status.value
  const stale = !connected || about?.msg.version != version
  const empty = model.query.value.pattern == ""
  const shown = empty ? undefined : about
  return (
    <div class={shown && stale ? "compare stale" : "compare"} tabIndex={0} role="region" aria-label="Comparison" aria-busy={connected && !empty && (stale || !shown?.msg.done)}>
      <CompareChoice app={app} />
      {shown && (
        <>
          <p class="compare-verdict" aria-live="polite">
            {shown.msg.message ?? comparison.verdict(shown.msg.engines, shown.msg.classes, shown.msg.done)}
          </p>
          {shown.msg.engines.length > 0 && (
            <>
              <CompareTable engines={shown.msg.engines} classes={shown.msg.classes} base={shown.msg.base} />
              <CompareDifferences app={app} pattern={shown.query.pattern} result={shown.msg} />
              <CompareSeek app={app} fresh={!stale} />
              <CompareMatrix engines={shown.msg.engines} classes={shown.msg.classes} />
              <ComparePortability app={app} version={shown.msg.version} done={shown.msg.done} />
            </>
          )}
        </>
      )}
      {!shown && <p class="empty">{reason(connected, empty)}</p>}
    </div>
  )
}

function reason(connected: boolean, empty: boolean): string {
  if (empty) return "Type a regular expression, and what the engines find is compared here."
  return connected ? "Comparing…" : "There is no connection to the server, which runs the engines."
}
