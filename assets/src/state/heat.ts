/// Heat maps of a run: what was tried, matched and taken up again, over the pattern
/// and over the text.
import type { DebugCounts } from "../wire"
import type { Cost, Span } from "./debug"

export const heatCounts = ["tries", "successes", "backtracks"] as const
export type HeatCount = (typeof heatCounts)[number]

/// How many levels of warmth there are, besides none.
export const HeatLevels = 5

/// How warm a count is beside the highest: 0 for none, else 1 to 5, on a
/// logarithmic scale, since counts of a run differ by powers of ten.
export function warmth(count: number, highest: number): number {
  if (count <= 0 || highest <= 0) return 0
  if (highest == 1) return 1
  return 1 + Math.round((4 * Math.log(count)) / Math.log(highest))
}

/// The counts of each level, from 1: the first and the last one, both included.
/// There may be none of a level.
export function levelsOf(highest: number): { level: number; from: number; to: number }[] {
  const all: { level: number; from: number; to: number }[] = []
  for (let level = 1; level <= HeatLevels; level++) {
    // What rounds to this level, up to the inexactness of powers.
    let from = Math.max(1, Math.floor(highest ** ((level - 1.5) / (HeatLevels - 1))) - 1)
    while (from <= highest && warmth(from, highest) < level) from++
    if (from > highest || warmth(from, highest) != level) continue
    const last = all[all.length - 1]
    if (last) last.to = from - 1
    all.push({ level, from, to: highest })
  }
  return all
}

/// Exact counts of a token or a place.
export type Heat = Record<HeatCount, number>

export function heatOf({ matched, failed, backtracks }: Cost): Heat {
  return { tries: matched + failed, successes: matched, backtracks }
}

/// A stretch of the text with its counts. `bytes` are where it begins and ends; the
/// last one is the end of the text, and may be empty.
export interface HeatPlace extends Span {
  bytes: readonly [number, number]
  /// Whether it is one character, or the end.
  single: boolean
  heat: Heat
}

/// The stretches in which something was done, of a text of so many units and bytes.
export function heatPlaces({ heat, heatAt, heatBytes }: DebugCounts, length: number, bytes: number): HeatPlace[] {
  const all: HeatPlace[] = []
  for (let i = 0; i < heatAt.length; i++) {
    const [tries, successes, backtracks] = [heat[3 * i]!, heat[3 * i + 1]!, heat[3 * i + 2]!]
    if (tries == 0 && backtracks == 0) continue
    const from = heatAt[i]!
    let next = i + 1
    // Bytes inside of a character are at its start.
    while (heatBytes == 1 && heatAt[next] == from) next++
    const end = Math.min(next * heatBytes, bytes)
    all.push({ from, to: heatAt[next] ?? length, bytes: [i * heatBytes, end], single: heatBytes == 1, heat: { tries, successes, backtracks } })
  }
  return all
}

export function highestOf(all: readonly Heat[], count: HeatCount): number {
  return all.reduce((most, heat) => Math.max(most, heat[count]), 0)
}
