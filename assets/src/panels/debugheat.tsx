/// The switch of the heat map, its legend, and the exact numbers of what is pointed at.
import { type App, type Debugged, heatWords } from "../app"
import { type HeatCount, format, heatCounts, heatOf, levelsOf, sourceOf } from "../state"

const labels: Record<HeatCount, string> = { tries: "Tries", successes: "Successes", backtracks: "Backtracks" }

export function DebugHeat({ app, debugged }: { app: App; debugged: Debugged }) {
  const { heating } = app.debugging
  const { threads } = debugged.program
  const count = heating.count.value
  const choices = heatCounts.filter((c) => c != "backtracks" || !threads)
  return (
    <div class="debug-heat">
      <div class="segments" role="group" aria-label="Heat map">
        <span class="muted">Heat map</span>
        <button type="button" class="segment" aria-pressed={count == ""} onClick={() => (heating.count.value = "")}>
          Off
        </button>
        {choices.map((c) => (
          <button key={c} type="button" class="segment" aria-pressed={count == c} onClick={() => (heating.count.value = c)}>
            {labels[c]}
          </button>
        ))}
      </div>
      {count != "" && (
        <>
          <Legend name={`${labels[count]} of parts of the pattern`} short="pattern" highest={heating.highestToken.value} />
          <Legend name={`${labels[count]} at places of the text`} short="text" highest={heating.highestPlace.value} />
          <p class="debug-readout" data-debug="readout">
            <Readout app={app} debugged={debugged} />
          </p>
        </>
      )}
    </div>
  )
}

// The counts that each colour stands for. The scale is logarithmic.
function Legend({ name, short, highest }: { name: string; short: string; highest: number }) {
  const levels = levelsOf(highest)
  return (
    <div class="debug-legend" role="group" aria-label={name}>
      <span class="muted">{short}</span>
      {levels.length == 0 && <span class="muted">none</span>}
      {levels.map(({ level, from, to }) => (
        <span key={level} class={`debug-swatch heat-${level}`}>
          {from == to ? format.count(from) : `${format.count(from)}–${format.count(to)}`}
        </span>
      ))}
    </div>
  )
}

function Readout({ app, debugged }: { app: App; debugged: Debugged }) {
  const { heating } = app.debugging
  const { program, query } = debugged
  const token = heating.token.value
  const place = heating.pointed.value
  if (token !== undefined) {
    const cost = heating.costs.value.get(token)
    return (
      <>
        <code>{token == 0 ? "the whole pattern" : sourceOf(program, query.pattern, token)}</code>: {cost ? heatWords(heatOf(cost), program.threads) : "never tried"}
      </>
    )
  }
  if (place) return <>{`At ${heating.placeWords(place)}: ${heatWords(place.heat, program.threads)}`}</>
  return <span class="muted">Point at a part of the pattern here, or at a place in the text, for its exact numbers.</span>
}
