/// How fast engines are, as the benchmark's table shows it.
import { type Engine, type Flavor, type Speed, OutcomeMatch, OutcomeNoMatch } from "../wire"

/// An engine of this machine that can be measured.
export interface Measurable {
  name: string
  engine: Engine
  /// The flavor's label.
  flavor: string
}

export function measurableEngines(flavors: readonly Flavor[]): Measurable[] {
  return flavors.flatMap(({ label, engines }) =>
    engines.flatMap(({ engine, missing }) => (missing ? [] : [{ name: engine.name, engine, flavor: label }])),
  )
}

export interface SpeedRow {
  speed: Speed
  /// Megabytes of the text a second, and matches a second; absent without a speed.
  rate?: { megabytes: number; matches: number }
  /// The bars of both; without a match there is none of matches.
  bars?: { megabytes: Bar; matches?: Bar }
}

/// The length of a bar, 1 for the fastest, and those for its quartiles.
export interface Bar {
  median: number
  low: number
  high: number
}

/// The rows of the table: the fastest first, then those without a speed.
export function speedRows(speeds: readonly Speed[], bytes: number): SpeedRow[] {
  const measured = speeds.filter(hasSpeed).sort((a, b) => a.medianMs - b.medianMs)
  // The quickest quarter of the fastest engine fills the row. Who finds more is faster in matches than in megabytes.
  const best = Math.min(...measured.map(({ lowMs }) => lowMs))
  const most = Math.max(...measured.map(({ lowMs, count }) => count / lowMs))
  const bar = ({ medianMs, lowMs, highMs }: Speed, all: number): Bar => ({ median: all / medianMs, low: all / highMs, high: all / lowMs })
  const rows = measured.map((speed): SpeedRow => {
    const seconds = speed.medianMs / 1000
    return {
      speed,
      rate: { megabytes: bytes / 1e6 / seconds, matches: speed.count / seconds },
      bars: { megabytes: bar(speed, best), ...(speed.count > 0 && { matches: bar(speed, speed.count / most) }) },
    }
  })
  return [...rows, ...speeds.filter((speed) => !hasSpeed(speed)).map((speed) => ({ speed }))]
}

function hasSpeed({ outcome, medianMs }: Speed): boolean {
  return (outcome == OutcomeMatch || outcome == OutcomeNoMatch) && medianMs > 0
}

/// A number with three digits that mean something.
export function threeDigits(n: number): string {
  if (n >= 999.5) return new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 }).format(n)
  return n >= 99.95 ? n.toFixed(0) : n >= 9.995 ? n.toFixed(1) : n.toFixed(2)
}

/// A time of one search: in microseconds below a millisecond.
export function searchTime(ms: number): string {
  return ms >= 1000 ? `${threeDigits(ms / 1000)} s` : ms >= 1 ? `${threeDigits(ms)} ms` : `${threeDigits(ms * 1000)} µs`
}
