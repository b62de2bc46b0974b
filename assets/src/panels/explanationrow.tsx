/// One part of the pattern in words.
import { useMemo } from "preact/hooks"
import { groupClass } from "../editor"
import type { ExplanationItem } from "../state"

// More of the pattern does not fit beside its meaning.
const SourceLimit = 40

export interface RowProps {
  index: number
  item: ExplanationItem
  /// As by rowKey.
  rowKey: string
  pattern: string
  top: number
  place: number
  size: number
  /// Undefined when there is nothing in it.
  expanded: boolean | undefined
  pointed: boolean
  focusable: boolean
}

export function ExplanationRow({ index, item, rowKey, pattern, top, place, size, expanded, pointed, focusable }: RowProps) {
  const { depth, from, to, group } = item
  const source = pattern.slice(from, Math.min(to, from + SourceLimit))
  // After a key in the pattern most rows say what they said before.
  const words = useMemo(() => <Words item={item} source={source} />, [rowKey, source, group])
  return (
    <div
      role="treeitem"
      class={pointed ? "item pointed" : "item"}
      data-item={index}
      aria-level={depth + 1}
      aria-posinset={place}
      aria-setsize={size}
      aria-expanded={expanded}
      aria-current={pointed ? "true" : undefined}
      tabIndex={focusable ? 0 : -1}
      style={{ transform: `translateY(${top}px)`, "--depth": Math.min(depth, MaxIndent) }}
    >
      <span class="twisty" aria-hidden="true">
        {expanded === undefined ? "" : expanded ? "▾" : "▸"}
      </span>
      {words}
    </div>
  )
}

function Words({ item, source }: { item: ExplanationItem; source: string }) {
  const { title, details, from, to, group, flags, error } = item
  return (
    <div class="item-words">
      <p class="item-title">
        <code class={group ? `part-source ${groupClass(group)}` : "part-source"}>
          {source}
          {to - from > SourceLimit && "…"}
        </code>{" "}
        {title}
        {flags && (
          <span class="item-flags" title="Flags that change what this means">
            {" "}
            <b>{flags}</b>
          </span>
        )}
      </p>
      {details?.map((sentence) => (
        <p key={sentence} class="item-detail">
          {sentence}
        </p>
      ))}
      {error && <p class="item-error">{error}</p>}
    </div>
  )
}

/// Deeper items are indented no further: there would be no room for words.
export const MaxIndent = 12

/// Rows of the same key are equally high, and say the same but for their source.
export function rowKey({ depth, title, details, from, to, flags, error }: ExplanationItem): string {
  const source = Math.min(to - from, SourceLimit + 1)
  return [Math.min(depth, MaxIndent), source, title, flags ?? "", error ?? "", ...(details ?? [])].join("\n")
}
