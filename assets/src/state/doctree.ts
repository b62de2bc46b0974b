/// Facts about a text, remembered for each node of CodeMirror's tree of lines.
/// Texts share the nodes that an edit leaves alone, so that asking again after
/// an edit costs only the path to it.
import type { Text } from "@codemirror/state"

function remembered(leaf: (node: Text) => number, join: (a: number, b: number) => number): (doc: Text) => number {
  const known = new WeakMap<Text, number>()
  const ask = (node: Text): number => {
    let value = known.get(node)
    if (value === undefined) {
      value = node.children ? node.children.reduce((sum, child) => join(sum, ask(child)), 0) : leaf(node)
      known.set(node, value)
    }
    return value
  }
  return ask
}

/// Length of the longest line, in UTF-16 units.
export const longestLine = remembered((leaf) => {
  let longest = 0
  for (const line of leaf.iterLines()) longest = Math.max(longest, line.length)
  return longest
}, Math.max)

const pairs = remembered(
  (leaf) => countPairs(leaf.toString()),
  (a, b) => a + b,
)

/// Position in characters (runes) of a position in UTF-16 units.
export function runesBefore(doc: Text, pos: number): number {
  let node = doc
  let start = 0
  let n = 0
  while (node.children) {
    let next: Text | undefined
    for (const child of node.children) {
      if (start + child.length >= pos) {
        next = child
        break
      }
      n += pairs(child)
      start += child.length + 1 // children are joined by a line break
    }
    if (!next) return pos - n
    node = next
  }
  return pos - n - countPairs(node.sliceString(0, pos - start))
}

const pair = /[\ud800-\udbff][\udc00-\udfff]/g

function countPairs(text: string): number {
  let n = 0
  pair.lastIndex = 0
  while (pair.test(text)) n++
  return n
}
