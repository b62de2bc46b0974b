/// Numbers and sizes as the page shows them.

const grouped = new Intl.NumberFormat("en-US")

export function count(n: number): string {
  return grouped.format(n)
}

export function plural(n: number, noun: string, many = noun + "s"): string {
  return `${count(n)} ${n == 1 ? noun : many}`
}

export function matchCount(n: number): string {
  return plural(n, "match", "matches")
}

/// Milliseconds with the digits that mean something.
export function duration(ms: number): string {
  // Browsers' clocks have steps of up to a millisecond.
  if (ms == 0) return "under 1 ms"
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`
  if (ms >= 10) return `${Math.round(ms)} ms`
  return `${ms.toFixed(ms >= 1 ? 1 : 2)} ms`
}

/// Bytes in powers of 1000, as file managers and limits are said.
export function size(bytes: number): string {
  if (bytes < 1000) return plural(bytes, "byte")
  if (bytes < 1e6) return `${trim(bytes / 1e3)} KB`
  return `${trim(bytes / 1e6)} MB`
}

function trim(n: number): string {
  return n >= 100 ? n.toFixed(0) : n.toFixed(1).replace(/\.0$/, "")
}

const day = 24 * 3600 * 1000
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" })

/// A time in the past as people say it: exact is for a tooltip.
export function when(ms: number, now: number): string {
  const ago = Math.max(0, now - ms)
  if (ago < 60_000) return "just now"
  if (ago < 3600_000) return relative.format(-Math.floor(ago / 60_000), "minute")
  if (ago < day) return relative.format(-Math.floor(ago / 3600_000), "hour")
  if (ago < 30 * day) return relative.format(-Math.floor(ago / day), "day")
  return new Date(ms).toISOString().slice(0, 10)
}
