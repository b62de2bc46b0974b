/// How high the rows of an explanation are: measured once they have been on
/// screen, estimated by their length before.
import type { RefObject } from "preact"
import { useLayoutEffect, useRef, useState } from "preact/hooks"
import type { ExplanationItem } from "../wire"
import { MaxIndent, rowKey } from "./explanationrow"

// As in explanation.css.
const TitleHeight = 22
const DetailHeight = 19
const Padding = 8
const Indent = 16
// Of a character of 13 px, on average; the source is in wider letters.
const CharWidth = 6.6

export type Heights = ReadonlyMap<string, number>

/// The heights that are known for a width. Renders again when there are more.
export function useHeights(tree: RefObject<HTMLElement | null>, items: readonly ExplanationItem[], width: number): Heights {
  const known = useRef({ width, heights: new Map<string, number>() })
  const [, setVersion] = useState(0)
  if (known.current.width != width) known.current = { width, heights: new Map() }
  const { heights } = known.current
  useLayoutEffect(() => {
    let news = false
    for (const row of tree.current?.children ?? []) {
      const key = rowKey(items[Number((row as HTMLElement).dataset["item"])]!)
      if (heights.has(key)) continue
      heights.set(key, row.getBoundingClientRect().height)
      news = true
    }
    if (news) setVersion((version) => version + 1)
  })
  return heights
}

export function heightOf(heights: Heights, item: ExplanationItem, width: number): number {
  return heights.get(rowKey(item)) ?? estimate(item, width)
}

function estimate({ depth, title, details, from, to, error }: ExplanationItem, width: number): number {
  const room = Math.max(80, width - 60 - Indent * Math.min(depth, MaxIndent))
  const lines = (length: number) => Math.max(1, Math.ceil((length * CharWidth) / room))
  const sentences = [...(details ?? []), ...(error ? [error] : [])]
  const more = sentences.reduce((sum, sentence) => sum + lines(sentence.length), 0)
  return TitleHeight * lines(title.length + 1.3 * Math.min(to - from, 40)) + DetailHeight * more + Padding
}
