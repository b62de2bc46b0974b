/// Finding something in the feature table.
import type { Example, Feature } from "../wire"

/// The features that have all the words, the best first: those that are written so,
/// then those that are called so, then those that are about it. All, in order,
/// when there are no words. Case matters only for the order: \d is not \D.
export function searchFeatures(features: readonly Feature[], words: string): Feature[] {
  const wanted = words.trim().split(/\s+/).filter((word) => word != "")
  if (wanted.length == 0) return [...features]
  const found: { feature: Feature; rank: number }[] = []
  for (const feature of features) {
    const ranks = wanted.map((word) => rankOf(feature, word))
    if (ranks.every((rank) => rank !== undefined)) found.push({ feature, rank: Math.max(...(ranks as number[])) })
  }
  return found.sort((a, b) => a.rank - b.rank).map(({ feature }) => feature)
}

function rankOf(feature: Feature, word: string): number | undefined {
  const lower = word.toLowerCase()
  const has = (text: string) => text.toLowerCase().includes(lower)
  if (feature.syntax.split(" ").includes(word)) return 0
  if (feature.syntax.includes(word)) return 1
  if (has(feature.syntax)) return 2
  if (has(feature.title)) return 3
  if (has(feature.id) || has(feature.category)) return 4
  if (has(feature.meaning) || feature.notes.some(({ text }) => has(text))) return 5
  return undefined
}

/// The example of a feature in a flavor.
export function exampleOf({ examples }: Feature, flavor: string): Example | undefined {
  return examples.find((example) => example.flavor == flavor) ?? examples.find((example) => example.flavor == "")
}
