/// Makes frames of matches as the server does.

/// A match: [start, end] of each group, or null.
export type Columns = ([number, number] | null)[]

function varint(n: number): number[] {
  const out = []
  for (; n >= 0x80; n = Math.floor(n / 0x80)) out.push((n % 0x80) | 0x80)
  return [...out, n]
}

export function matchesFrame(
  version: number,
  first: number,
  searched: number,
  bytes: Columns[],
  units?: Columns[],
  marks: [after: number, name: number, text?: string][] = [],
): Uint8Array<ArrayBuffer> {
  const out = [0x10, ...varint(version), ...varint(first), ...varint(bytes.length), ...varint(searched), (units ? 1 : 0) + (marks.length > 0 ? 2 : 0)]
  let [base, wideBase] = [0, 0]
  const columns = (match: Columns, base: number): number => {
    match.forEach((span, g) => {
      if (!span) return out.push(0)
      const n = span[0] - base
      out.push(...varint(1 + (n >= 0 ? 2 * n : -2 * n - 1)), ...varint(span[1] - span[0]))
      if (g == 0) base = span[0]
    })
    return base
  }
  bytes.forEach((match, i) => {
    base = columns(match, base)
    if (units) wideBase = columns(units[i]!, wideBase)
  })
  if (marks.length > 0) out.push(...varint(marks.length))
  for (const [after, name, text] of marks) {
    out.push(...varint(after), ...varint(name))
    const written = new TextEncoder().encode(text ?? "")
    if (text !== undefined) out.push(...varint(written.length), ...written)
  }
  return Uint8Array.from(out)
}
