/// The sentence of the step, and the pattern with its token in a box. A click on a
/// token goes to where that is in a step next.
import { useMemo } from "preact/hooks"
import type { App, Debugged } from "../app"
import { type PatternPiece, type Sign, patternPieces, signs, tokenSpan } from "../state"
import type { DebugStep } from "../wire"

// Of a longer pattern, so many pieces around the current token are here.
const PieceLimit = 400

export function DebugPattern({ app, debugged, step }: { app: App; debugged: Debugged; step: DebugStep }) {
  const { debugging } = app
  const { program, query } = debugged
  const all = useMemo(() => patternPieces(program, query.pattern.length), [program])
  const { event } = step
  const sign = event.sign as Sign
  const current = tokenSpan(program, event.token)
  const center = all.findIndex(({ to }) => to > current.from)
  const first = Math.max(0, Math.min(center - PieceLimit / 2, all.length - PieceLimit))
  const shown = all.slice(first, first + PieceLimit)
  const broken = new Set(debugging.breakpoints.value.flatMap(({ token }) => (token ? [`${token.from}-${token.to}`] : [])))
  const inside = (piece: PatternPiece) => event.token != 0 && piece.from >= current.from && piece.to <= current.to
  return (
    <div class="debug-now">
      <p class={`debug-sentence debug-${sign}`}>
        <span class="debug-sign" aria-hidden="true">
          {signs[sign]}
        </span>
        <span aria-live="polite" data-debug="sentence">
          {event.words}
        </span>
      </p>
      <div class="debug-pattern" role="group" aria-label="Tokens of the pattern">
        {first > 0 && <span class="muted">…</span>}
        {shown.map((piece) => {
          const { from, to } = tokenSpan(program, piece.token)
          const classes = ["debug-piece"]
          if (inside(piece)) classes.push("current", `debug-${sign}`)
          if (broken.has(`${from}-${to}`)) classes.push("breakpoint")
          return (
            <button
              key={piece.from}
              type="button"
              tabIndex={-1}
              class={classes.join(" ")}
              data-token={piece.token}
              title="Next time here (with Shift: the time before)"
              onClick={(click) => debugging.toToken(piece.token, click.shiftKey)}
            >
              {query.pattern.slice(piece.from, piece.to)}
            </button>
          )
        })}
        {first + PieceLimit < all.length && <span class="muted">…</span>}
      </div>
    </div>
  )
}
