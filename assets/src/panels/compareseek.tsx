/// Looking for a text on which the engines differ.
import type { App } from "../app"
import { comparison, format, sameQuery } from "../state"
import { CompareDifferences } from "./comparedifferences"
import type { Sought } from "../wire"
import { Visible } from "./visible"
import { ClassBadge } from "./comparetable"

/// `fresh` says that the server has this state, so that it can be asked about it.
export function CompareSeek({ app, fresh }: { app: App; fresh: boolean }) {
  const { comparing, model } = app
  const about = comparing.sought.value
  const known = about && sameQuery(about.query, model.query.value) ? about : undefined
  // An edit ends the search for the state before.
  const sought = known && (known.msg.done || known.msg.version == model.status.value.version) ? known.msg : undefined
  const running = sought !== undefined && !sought.done
  return (
    <section aria-label="A text on which they differ" class="compare-seek">
      <h3>A text on which they differ</h3>
      <div class="compare-buttons">
        {running ? (
          <button type="button" class="button" onClick={() => comparing.stop()}>
            Stop
          </button>
        ) : (
          <button type="button" class="button" disabled={!fresh} onClick={() => comparing.seek()}>
            {sought ? "Look again" : "Find a text on which these engines disagree"}
          </button>
        )}
        {sought && (
          <>
            {running && <progress aria-label="Texts tried" max={sought.of} value={sought.tried} />}
            <span class="muted" aria-live="polite">
              {words(sought, running)}
            </span>
          </>
        )}
      </div>
      {sought?.found && known && (
        <div class="found-text">
          <p class="difference-head">
            <code class="excerpt">{sought.found.text == "" ? <span class="muted">the empty text</span> : <Visible text={sought.found.text} />}</code>
            <button type="button" class="button" onClick={() => app.useText(sought.found!.text)}>
              Use this text
            </button>
          </p>
          <p class="muted found-classes">
            {sought.found.classes.map(({ members }, i) => (
              <span key={i}>
                <ClassBadge index={i} /> {members.map((m) => comparison.sideName(sought.found!.engines[m]!)).join(", ")}
              </span>
            ))}
          </p>
          <CompareDifferences app={app} pattern={known.query.pattern} result={sought.found} own={false} />
        </div>
      )}
    </section>
  )
}

function words({ tried, of, found, message }: Sought, running: boolean): string {
  if (message) return `${message} ${format.plural(tried, "text")} tried.`
  if (running) return `${format.count(tried)} of ${format.count(of)} texts tried`
  // Where not all shorter texts were tried, what is known is that it was made shorter as long as that went well.
  if (found) return `Found, and made ${found.smallest ? "as short as it can be" : "shorter"}, after ${format.plural(tried, "text")}.`
  return `They found the same in all ${format.plural(tried, "text")} that were tried.`
}

