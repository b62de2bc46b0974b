/// A diagram as a file of its own: with its styles and what is behind it.
import type { Diagram } from "../wire"

/// both follows the color scheme of whoever looks at the file.
export type Scheme = "light" | "dark" | "both"

export function standalone(diagram: Diagram, scheme: Scheme): string {
  const { svg, title, width, height } = diagram
  // The start tag ends at the first ">": in attributes it is escaped.
  const start = svg.indexOf(">") + 1
  const head =
    `<title>${escapeXml(title)}</title><style>${styles(diagram, scheme)}</style>` +
    `<rect class="rr-ground" width="${width}" height="${height}"/>`
  return svg.slice(0, start) + head + svg.slice(start)
}

function styles({ style, darkStyle }: Diagram, scheme: Scheme): string {
  switch (scheme) {
    case "light":
      return style
    case "dark":
      return style + darkStyle
    case "both":
      return `${style}@media (prefers-color-scheme: dark){${darkStyle}}`
  }
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
}

// No browser takes a longer side, or more pixels (Safari's limits are the
// lowest: 16,384 and 2^26).
const MostSide = 16_384
const MostPixels = 2 ** 26

/// How many pixels of an image a CSS pixel is: 2 for sharp text, less for pictures
/// that would be too large.
export function pixelRatio(width: number, height: number): number {
  return Math.min(2, MostSide / Math.max(width, height), Math.sqrt(MostPixels / (width * height)))
}
