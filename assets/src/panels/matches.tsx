/// The list of matches: all of them, however many, of which only the rows on
/// screen exist.
import type { App } from "../app"
import { type Phase, format, isFinal, withoutMatch } from "../state"
import { ExportMenu } from "./exportmenu"
import { MatchList } from "./matchlist"
import { type Done, OutcomeNoMatch, type Panel } from "../wire"
import type { Panel as PanelView } from "./panel"
import { UnitSwitch } from "./unitswitch"

export const matches: PanelView = { id: "matches", View: Matches }

function Matches({ app }: { app: App }) {
  const { model } = app
  const { results, count } = model.listed.value
  const { version } = model.status.value
  const stale = results !== undefined && (results.version != version || model.connection.value.state != "connected")
  return (
    <div class={stale ? "matches stale" : "matches"}>
      <div class="matches-head">
        <span class="muted">{count > 0 ? format.matchCount(count) : ""}</span>
        {stale && <span class="muted">from before</span>}
        <div class="spacer" />
        <ExportMenu app={app} />
        <UnitSwitch model={model} />
      </div>
      {count > 0 ? <MatchList app={app} /> : <Empty app={app} />}
    </div>
  )
}

function Empty({ app }: { app: App }) {
  const { status, connection, query, welcome } = app.model
  const { phase, missing } = status.value
  const done = phase == "done" ? status.value.done : undefined
  const connected = connection.value.state == "connected"
  return (
    <div class="empty">
      <div role="list" aria-label="Matches" />
      <p>
        {reason(phase, connected, query.value.pattern, done)}
        {connected && done && query.value.pattern != "" && welcome.value?.panels.some(({ id }) => id == "debug") && (
          <>
            {" "}
            {done.outcome == OutcomeNoMatch ? (
              <button type="button" class="button" aria-label="Why no match?" onClick={() => app.debugging.askWhy()}>
                Why?
              </button>
            ) : (
              <button type="button" class="button" onClick={() => (app.model.panel.value = "debug")}>
                See its steps
              </button>
            )}
          </>
        )}
      </p>
      {connected && phase == "no-engine" && (
        <p>
          {missing} {withoutEngine(welcome.value?.panels ?? [])}
        </p>
      )}
    </div>
  )
}

function withoutEngine(panels: readonly Panel[]): string {
  const labels = panels.filter((panel) => !panel.needsEngine && !panel.menu).map((panel) => panel.label)
  return labels.length > 0 ? `What needs none works: ${labels.join(", ")}.` : ""
}

function reason(phase: Phase, connected: boolean, pattern: string, done: Done | undefined): string {
  if (!connected) return "There is no connection to the server, which runs the search. What you type is kept."
  if (pattern == "") return "Type a regular expression, and its matches are listed here."
  if (phase == "invalid") return "The pattern is not valid: see the message under it."
  if (done) return withoutMatch(done)
  return isFinal(phase) ? "" : "Searching…"
}
