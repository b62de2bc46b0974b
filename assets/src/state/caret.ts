/// The line of a pattern that a span is in, and carets under the span.

// How much of a long line is shown on each side of the span.
const Around = 60

export function caretLines(pattern: string, span: { from: number; to: number }): [string, string] {
  const at = Math.min(span.from, pattern.length)
  const lineStart = pattern.lastIndexOf("\n", at - 1) + 1
  const lineEnd = pattern.indexOf("\n", at) < 0 ? pattern.length : pattern.indexOf("\n", at)
  const end = Math.max(at, Math.min(span.to, lineEnd))
  const from = at - lineStart > Around ? at - Around : lineStart
  const to = lineEnd - end > Around ? end + Around : lineEnd
  const before = (from > lineStart ? "…" : "") + show(pattern.slice(from, at))
  const line = before + show(pattern.slice(at, to)) + (to < lineEnd ? "…" : "")
  const width = Math.max(1, Math.min(columns(show(pattern.slice(at, end))), 2 * Around))
  return [line, " ".repeat(columns(before)) + "^".repeat(width)]
}

// One column for each control character or lone surrogate, which would otherwise
// take none or break the line.
function show(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, "·").toWellFormed()
}

function columns(text: string): number {
  return [...text].length
}
