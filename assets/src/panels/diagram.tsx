/// The pattern as a railroad diagram, in step with the editor both ways.
import { useSignal } from "@preact/signals"
import { type App, download, toPng } from "../app"
import { type About, format, pixelRatio, sameQuery, standalone } from "../state"
import type { Diagram } from "../wire"
import { DiagramView } from "./diagramview"
import type { Panel } from "./panel"
import { LeastZoom, MostZoom } from "./picture"

export const diagram: Panel = { id: "diagram", View: DiagramPanel }

const Step = 1.25

function DiagramPanel({ app }: { app: App }) {
  const { model } = app
  const zoom = useSignal(1)
  const shown = model.diagram.value
  const query = model.query.value
  const connected = model.connection.value.state == "connected"
  const visible = shown && query.pattern != "" && shown.query.pattern != "" ? shown : undefined
  const stale = visible && (!connected || !sameQuery(visible.query, query))
  const set = (to: number) => (zoom.value = Math.max(LeastZoom, Math.min(MostZoom, to)))
  return (
    <div class={stale ? "diagram stale" : "diagram"} aria-busy={connected && (!visible || stale)}>
      <div class="diagram-head">
        <div class="segments" role="group" aria-label="Zoom">
          <button type="button" class="tool" aria-label="Zoom out" title="Zoom out (−)" disabled={!visible} onClick={() => set(zoom.value / Step)}>
            −
          </button>
          <button type="button" class="tool percent" aria-label={`Original size, ${Math.round(zoom.value * 100)} %`} title="Original size (0)" disabled={!visible} onClick={() => set(1)}>
            {Math.round(zoom.value * 100)} %
          </button>
          <button type="button" class="tool" aria-label="Zoom in" title="Zoom in (+)" disabled={!visible} onClick={() => set(zoom.value * Step)}>
            +
          </button>
        </div>
        {visible?.msg.cut && <span class="muted">parts are left out: it is too large</span>}
        <div class="spacer" />
        <SaveButton kind="SVG" disabled={!visible} save={() => saveSvg(visible!.msg)} />
        <SaveButton kind="PNG" disabled={!visible} save={() => void savePng(app, visible!.msg)} />
      </div>
      {visible ? <DiagramView app={app} shown={visible} zoom={zoom.value} setZoom={set} step={Step} /> : <p class="empty">{reason(app, connected)}</p>}
    </div>
  )
}

function SaveButton({ kind, disabled, save }: { kind: string; disabled: boolean; save(): void }) {
  return (
    <button type="button" class="tool" aria-label={`Download ${kind}`} title={`Download as ${kind}`} disabled={disabled} onClick={save}>
      <svg class="icon" viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
        <path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14" fill="none" stroke="currentColor" stroke-width="2" />
      </svg>
      {kind}
    </button>
  )
}

function reason({ model }: App, connected: boolean): string {
  const query = model.query.value
  if (query.pattern == "") return "Type a regular expression, and its diagram is drawn here."
  if (!connected) return "There is no connection to the server, which draws the diagram."
  const failed: About<{ message: string; panel: string }> | undefined = model.analysisFailed.value
  if (failed && sameQuery(failed.query, query) && ["", "diagram"].includes(failed.msg.panel)) return failed.msg.message
  const { phase, query: sent } = model.status.value
  const analysed = model.analysis.value
  const refused = phase == "invalid" && sent && sameQuery(sent, query) && !(analysed && sameQuery(analysed.query, query))
  return refused ? "The pattern was refused: see the message under it." : "Drawing…"
}

const FileName = "regex-diagram"

function saveSvg(shown: Diagram): void {
  download(`${FileName}.svg`, new Blob([standalone(shown, "both")], { type: "image/svg+xml" }))
}

async function savePng({ model }: App, shown: Diagram): Promise<void> {
  const { width, height } = shown
  const ratio = pixelRatio(width, height)
  try {
    download(`${FileName}.png`, await toPng(standalone(shown, model.isDark() ? "dark" : "light"), width, height, ratio))
    if (ratio < 1) {
      model.notify("info", `The picture is scaled to ${format.count(Math.round(100 * ratio))} %: browsers draw no larger ones. The SVG is whole.`)
    }
  } catch (error) {
    model.notify("error", `The browser could not draw the picture: ${error instanceof Error ? error.message : String(error)}`)
  }
}
