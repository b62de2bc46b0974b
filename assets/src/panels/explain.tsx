/// The pattern in words: a tree in sync with the pattern.
import type { App } from "../app"
import { useMemo } from "preact/hooks"
import { Outline, itemsOf, sameQuery } from "../state"
import { ExplanationTree } from "./explanationtree"
import type { Panel } from "./panel"

export const explain: Panel = { id: "explain", View: Explain }

function Explain({ app }: { app: App }) {
  const { model } = app
  const about = model.explanation.value
  const outline = useMemo(() => new Outline(about ? itemsOf(about.msg) : []), [about])
  const connected = model.connection.value.state == "connected"
  // While all is well nothing here reads the query: a key alone renders nothing.
  const stale = !connected && about !== undefined && !sameQuery(about.query, model.query.value)
  const tree = useMemo(
    () => about && <ExplanationTree app={app} outline={outline} about={about} stale={stale} />,
    [app, outline, about, stale],
  )
  const failed = model.analysisFailed.value
  if (failed && sameQuery(failed.query, model.query.value) && ["", "explain"].includes(failed.msg.panel)) {
    return <p class="empty">{failed.msg.message}</p>
  }
  if (model.blank.value) return <p class="empty">Type a regular expression, and it is explained here.</p>
  if (outline.items.length == 0) {
    return <p class="empty">{connected ? "Reading the pattern…" : "There is no connection to the server, which reads the pattern."}</p>
  }
  return tree
}
