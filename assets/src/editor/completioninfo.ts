/// Where the explanation of a chosen completion stands: beside the list, or below or
/// above it where that is too narrow.
import type { Rect } from "@codemirror/view"

// To the edges of the space, and to the list.
const Margin = 8
const Gap = 4

// As in completion.css, in which the explanation is no wider.
const MaxWidth = 360

/// What autocompletion's positionInfo wants. `caret` is where the text is typed, which
/// stays visible; all are in pixels of the window. The explanation scrolls when it is
/// higher than the room.
export function placeInfo(list: Rect, option: Rect, info: Rect, space: Rect, caret: Rect | null): { style: string; class: string } {
  const width = info.right - info.left
  const height = info.bottom - info.top
  const right = space.right - list.right - Margin
  const left = list.left - space.left - Margin
  if (width <= Math.max(right, left)) {
    const side = width <= right ? "right" : "left"
    const top = Math.max(space.top, Math.min(option.top, space.bottom - height)) - list.top
    return { style: `top: ${top}px; max-width: ${Math.min(MaxWidth, side == "right" ? right : left)}px`, class: `cm-completionInfo-${side}` }
  }
  const below = space.bottom - list.bottom - Gap - Margin
  const above = list.top - space.top - Gap - Margin
  const listAbove = caret !== null && caret.top >= list.bottom - Gap
  const up = listAbove ? above >= height || above > below : below < height && above > below
  const widest = Math.min(MaxWidth, space.right - space.left - 2 * Margin)
  const shift = Math.min(0, space.right - Margin - Math.min(width, widest) - list.left)
  return {
    style: `${up ? "bottom" : "top"}: ${list.bottom - list.top + Gap}px; left: ${shift}px; max-width: ${widest}px; max-height: ${Math.max(0, up ? above : below)}px`,
    class: `cm-completionInfo-${up ? "above" : "below"}`,
  }
}
