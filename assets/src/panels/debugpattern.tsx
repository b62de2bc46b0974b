/// The sentence of the step, and the pattern with its token in a box. A click on a
/// token goes to where that is in a step next.
import { useMemo, useRef } from "preact/hooks"
import { type App, type Debugged, stepWords } from "../app"
import { type PatternPiece, type Sign, heatOf, patternPieces, signs, tokenSpan, warmth } from "../state"
import type { DebugStep } from "../wire"
import { DebugHeat } from "./debugheat"

// Of a longer pattern, so many pieces around the current token are here.
const PieceLimit = 400

export function DebugPattern({ app, debugged, step }: { app: App; debugged: Debugged; step: DebugStep }) {
  const { debugging } = app
  const { heating } = debugging
  const { program, query } = debugged
  const all = useMemo(() => patternPieces(program, query.pattern.length), [program])
  const { event } = step
  const sign = event.sign as Sign
  const current = tokenSpan(program, event.token)
  const center = all.findIndex(({ to }) => to > current.from)
  const first = Math.max(0, Math.min(center - PieceLimit / 2, all.length - PieceLimit))
  const shown = all.slice(first, first + PieceLimit)
  const broken = new Set(debugging.breakpoints.value.flatMap(({ token }) => (token ? [`${token.from}-${token.to}`] : [])))
  for (const { token } of program.breaks ?? []) {
    const { from, to } = tokenSpan(program, token)
    if (token != 0) broken.add(`${from}-${to}`)
  }
  const inside = (piece: PatternPiece) => event.token != 0 && piece.from >= current.from && piece.to <= current.to
  const strip = useRef<HTMLDivElement>(null)
  // One of the pieces takes part in the order of Tab; the arrows go from one to another.
  const stop = shown.find(inside) ?? shown[0]
  const keydown = (event: KeyboardEvent) => {
    const pieces = [...strip.current!.querySelectorAll<HTMLElement>(".debug-piece")]
    const at = pieces.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: pieces.length - 1 }[event.key]
    if (to === undefined || at < 0 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    pieces[Math.max(0, Math.min(to, pieces.length - 1))]!.focus()
    event.preventDefault()
  }
  const count = heating.count.value
  const heat = (token: number) => {
    const cost = heating.costs.value.get(token)
    return count == "" || !cost ? 0 : warmth(heatOf(cost)[count], heating.highestToken.value)
  }
  return (
    <div class="debug-now">
      <p class={`debug-sentence debug-${sign}`}>
        <span class="debug-sign" aria-hidden="true">
          {signs[sign]}
        </span>
        <span aria-live="polite" data-debug="sentence">
          {stepWords(app, debugged, event)}
        </span>
      </p>
      <div class="debug-pattern" role="toolbar" aria-label="Tokens of the pattern" ref={strip} onKeyDown={keydown}>
        {first > 0 && <span class="muted">…</span>}
        {shown.map((piece) => {
          const { from, to } = tokenSpan(program, piece.token)
          const classes = ["debug-piece"]
          if (inside(piece)) classes.push("current", `debug-${sign}`)
          const level = heat(piece.token)
          if (level > 0) classes.push(`heat-${level}`)
          if (broken.has(`${from}-${to}`)) classes.push("breakpoint")
          return (
            <button
              key={piece.from}
              type="button"
              tabIndex={piece == stop ? 0 : -1}
              class={classes.join(" ")}
              data-token={piece.token}
              title="Next time here (with Shift: the time before)"
              onClick={(click) => debugging.toToken(piece.token, click.shiftKey)}
              onPointerEnter={() => (heating.token.value = piece.token)}
              onPointerLeave={() => (heating.token.value = undefined)}
              onFocus={() => (heating.token.value = piece.token)}
              onBlur={() => (heating.token.value = undefined)}
            >
              {query.pattern.slice(piece.from, piece.to)}
            </button>
          )
        })}
        {first + PieceLimit < all.length && <span class="muted">…</span>}
      </div>
      <DebugHeat app={app} debugged={debugged} />
    </div>
  )
}
