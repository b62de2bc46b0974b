/// The run as a ribbon, coloured by what happened, and the slider on it.
import { useLayoutEffect, useRef, useState } from "preact/hooks"
import type { App } from "../app"
import { RibbonFields, format } from "../state"
import type { DebugCounts } from "../wire"

const Height = 40

export function DebugRibbon({ app }: { app: App }) {
  const { debugging } = app
  const { step, progress, counts, seeking, note } = debugging
  const steps = Math.max(progress.value?.steps ?? 0, (step.value?.event.step ?? 0) + 1)
  const current = step.value!.event.step
  const more = debugging.more()
  const running = progress.value === undefined || progress.value.outcome == "running"
  return (
    <div class="debug-ribbon">
      <div class="ribbon-box">
        <Ribbon app={app} counts={counts.value} steps={steps} />
        <input
          type="range"
          role="slider"
          class="ribbon-slider"
          aria-label="Step"
          aria-valuetext={`Step ${format.count(current)} of ${format.count(steps)}`}
          min={0}
          max={Math.max(steps - 1, 0)}
          step={1}
          value={current}
          onInput={(event) => debugging.go(Number(event.currentTarget.value))}
        />
      </div>
      <div class="ribbon-words">
        <GoTo app={app} />
        <span class="muted" data-debug="steps">
          of {format.count(steps)} {running ? "so far" : outcomeWords(progress.value!.outcome)}
          {progress.value && progress.value.wallMs >= 100 && ` · ${format.duration(progress.value.wallMs)}`}
        </span>
        {more !== undefined && (
          <button type="button" class="button" title="The run goes on while this tab is open; an edit ends it" onClick={() => debugging.goOn()}>
            {`Go on, to ${format.count(more)} steps`}
          </button>
        )}
        <span class="spacer" />
        {seeking.value != "" && (
          <>
            <span class="muted">{seeking.value}</span>
            <button type="button" class="tool" onClick={() => debugging.stop()}>
              Stop
            </button>
          </>
        )}
        <span class="debug-note" role="note">
          {note.value}
        </span>
      </div>
    </div>
  )
}

function outcomeWords(outcome: string): string {
  switch (outcome) {
    case "step-limit":
      return "(stopped: the limit of steps)"
    case "memory-limit":
      return "(stopped: too many open choices)"
    case "match-limit":
      return "(stopped: the limit of matches)"
    case "match":
      return "steps in all"
    default:
      return "steps in all, no match"
  }
}

// The number of the step, to be typed over.
function GoTo({ app }: { app: App }) {
  const { debugging } = app
  const current = debugging.step.value!.event.step
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const leave = () => setTyped(undefined)
  return (
    <label class="goto">
      Step{" "}
      <input
        type="text"
        inputMode="numeric"
        aria-label="Go to step"
        class="goto-input"
        size={Math.max(4, String(current).length)}
        value={typed ?? String(current)}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key == "Escape") leave()
          if (event.key != "Enter") return
          const step = Number((typed ?? "").replace(/[\s,._]/g, ""))
          if (typed && Number.isInteger(step) && step >= 0) debugging.go(step)
          leave()
        }}
      />
    </label>
  )
}

function Ribbon({ app, counts, steps }: { app: App; counts: DebugCounts | undefined; steps: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { theme, panelWidth, textBytes } = app.model
  useLayoutEffect(() => {
    if (canvas.current) paint(canvas.current, counts, steps)
  }, [counts, steps, theme.value, panelWidth.value, textBytes.value])
  return <canvas ref={canvas} class="ribbon" aria-hidden="true" />
}

// What a variable of the style sheet is in the present scheme: a canvas does not know light-dark().
function colorOf(canvas: HTMLCanvasElement, variable: string): string {
  canvas.style.color = `var(${variable})`
  return getComputedStyle(canvas).color
}

// From the bottom: what matched, was tried, backtracked, failed; and above all a
// line for where in the text the machine was, whose teeth are backtracks.
function paint(canvas: HTMLCanvasElement, counts: DebugCounts | undefined, steps: number): void {
  const ratio = devicePixelRatio
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio))
  const height = Math.round(Height * ratio)
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext("2d")
  if (!context || !counts || steps == 0) return
  const colors = ["matched", "trying", "backtracked", "failed"].map((sign) => colorOf(canvas, `--debug-${sign}`))
  const order = [1, 0, 3, 2] // of the fields
  const { ribbon, stretchSteps } = counts
  const stretches = ribbon.length / RibbonFields
  const x = (stretch: number) => Math.round((Math.min(stretch * stretchSteps, steps) / steps) * width)
  let furthest = 1
  for (let i = 0; i < stretches; i++) furthest = Math.max(furthest, ribbon[i * RibbonFields + 5]!)
  for (let i = 0; i < stretches; i++) {
    const at = i * RibbonFields
    const all = ribbon[at]! + ribbon[at + 1]! + ribbon[at + 2]! + ribbon[at + 3]!
    let bottom = height
    order.forEach((field, k) => {
      const share = (ribbon[at + field]! / Math.max(all, 1)) * height
      context.fillStyle = colors[k]!
      context.fillRect(x(i), bottom - share, Math.max(1, x(i + 1) - x(i)), share)
      bottom -= share
    })
  }
  context.strokeStyle = colorOf(canvas, "--text")
  context.lineWidth = ratio
  context.beginPath()
  for (let i = 0; i < stretches; i++) {
    const y = height - 1 - (ribbon[i * RibbonFields + 5]! / furthest) * (height - 2 * ratio - 1)
    if (i == 0) context.moveTo(x(i), y)
    context.lineTo((x(i) + x(i + 1)) / 2, y)
  }
  context.stroke()
  context.fillStyle = colorOf(canvas, "--accent")
  for (let i = 0; i < stretches; i++) {
    if (ribbon[i * RibbonFields + 4]! > 0) context.fillRect(x(i), 0, Math.max(2 * ratio, 2), 7 * ratio)
  }
}
