/// Where the rows of a long list are. All rows are of one height. When the list
/// would be higher than a browser lays out, the scroll bar stands for more than
/// itself: `offset` is the true place, `scrollTop` its picture.

/// Browsers stop laying out at 17.9 (Firefox) to 33.5 million pixels (Chromium).
export const HeightLimit = 8_000_000

export interface Geometry {
  rows: number
  rowHeight: number
  /// Height of the part on screen.
  viewport: number
}

/// Height of the scrolled element.
export function scrollHeight(g: Geometry): number {
  return Math.min(g.rows * g.rowHeight, HeightLimit)
}

/// The greatest true offset.
export function maxOffset(g: Geometry): number {
  return Math.max(0, g.rows * g.rowHeight - g.viewport)
}

export function isScaled(g: Geometry): boolean {
  return g.rows * g.rowHeight > HeightLimit
}

function scale(g: Geometry): number {
  const room = scrollHeight(g) - g.viewport
  return room > 0 ? maxOffset(g) / room : 1
}

export function offsetOf(g: Geometry, scrollTop: number): number {
  return clampOffset(g, isScaled(g) ? scrollTop * scale(g) : scrollTop)
}

export function scrollTopOf(g: Geometry, offset: number): number {
  return isScaled(g) ? offset / scale(g) : offset
}

export function clampOffset(g: Geometry, offset: number): number {
  return Math.max(0, Math.min(maxOffset(g), offset))
}

/// The rows on screen at an offset, `extra` more on each side: [first, last).
export function rowsAt(g: Geometry, offset: number, extra: number): [number, number] {
  const first = Math.floor(offset / g.rowHeight) - extra
  const last = Math.ceil((offset + g.viewport) / g.rowHeight) + extra
  return [Math.max(0, first), Math.min(g.rows, last)]
}

/// Where a row's top edge is within the scrolled element.
export function topOf(g: Geometry, row: number, offset: number): number {
  return scrollTopOf(g, offset) + row * g.rowHeight - offset
}

/// The offset nearest to `offset` at which the whole row is on screen.
export function reveal(g: Geometry, row: number, offset: number): number {
  const top = row * g.rowHeight
  const bottom = top + g.rowHeight
  if (top < offset || g.rowHeight > g.viewport) return clampOffset(g, top)
  if (bottom > offset + g.viewport) return clampOffset(g, bottom - g.viewport)
  return offset
}
