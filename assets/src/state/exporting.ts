/// The matches as files for other programs. Offsets are bytes, as everywhere
/// outside of the page, and text is what its bytes say: a byte that is not UTF-8
/// becomes U+FFFD, since these files are text.
import type { Group } from "../wire"
import type { Results } from "./search"

export type ExportFormat = "json" | "csv" | "text"

/// The content of a file with the first `count` matches, in pieces: together they
/// may be longer than a string can be.
export function exportMatches(results: Results, count: number, format: ExportFormat): string[] {
  const pieces: string[] = []
  let piece = format == "json" ? "[" : format == "csv" ? csvHead(results.groups) : ""
  for (let row = 0; row < count; row++) {
    piece +=
      format == "json" ? `${row > 0 ? "," : ""}\n${JSON.stringify(jsonRow(results, row))}` : format == "csv" ? csvRow(results, row) : textOf(results, row, 0) + "\n"
    if (piece.length > 1 << 20) {
      pieces.push(piece)
      piece = ""
    }
  }
  pieces.push(piece + (format == "json" ? "\n]\n" : ""))
  return pieces
}

/// A table of the matches for an issue or a review: at most `limit` of them.
export function markdownMatches(results: Results, count: number, about: { pattern: string; flags: string; flavor: string; engine: string }, limit: number): string {
  const { groups } = results
  const head = `${code(about.pattern)}${about.flags == "" ? "" : ` with flags ${code(about.flags)}`}, ${about.flavor} (${about.engine}): ${count == 1 ? "1 match" : `${count} matches`}\n\n`
  const names = groups.slice(1).map((group) => `${group.number}${group.name == "" ? "" : " " + code(group.name)}`)
  const columns = ["#", "bytes", "match", ...names]
  const rows: string[][] = []
  for (let row = 0; row < Math.min(count, limit); row++) {
    const cells = [String(row + 1), `${results.store.startByte(row, 0)}–${results.store.endByte(row, 0)}`]
    for (let group = 0; group < groups.length; group++) cells.push(taken(results, row, group) ? code(textOf(results, row, group)) : "–")
    rows.push(cells)
  }
  const line = (cells: string[]) => `| ${cells.join(" | ")} |\n`
  const more = count > limit ? `\n… and ${count - limit} more\n` : ""
  return head + line(columns) + line(columns.map(() => "---")) + rows.map(line).join("") + more
}

function taken({ store }: Results, row: number, group: number): boolean {
  return store.start(row, group) >= 0
}

function textOf({ store, doc }: Results, row: number, group: number): string {
  return doc.sliceString(store.start(row, group), store.end(row, group)).toWellFormed()
}

function jsonRow(results: Results, row: number): object {
  const { store, groups } = results
  const one = (group: number) => ({ start: store.startByte(row, group), end: store.endByte(row, group), text: textOf(results, row, group) })
  const mark = store.mark(row)
  return {
    ...one(0),
    ...(mark != "" && { mark }),
    groups: groups.slice(1).map(({ number, name }, i) => ({
      number,
      ...(name != "" && { name }),
      ...(taken(results, row, i + 1) ? one(i + 1) : { start: null, end: null, text: null }),
    })),
  }
}

function csvHead(groups: readonly Group[]): string {
  const names = groups.slice(1).map(({ number, name }) => name || `group ${number}`)
  return ["start", "end", "match", ...names].map(cell).join(",") + "\r\n"
}

// A group that took no part is an empty cell, and one that is empty a quoted one.
function csvRow(results: Results, row: number): string {
  const cells = results.groups.map((_, group) => (taken(results, row, group) ? cell(textOf(results, row, group)) || '""' : ""))
  return [results.store.startByte(row, 0), results.store.endByte(row, 0), ...cells].join(",") + "\r\n"
}

// RFC 4180.
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

// As code in a cell of a table, which a line end or a bar would end.
function code(text: string): string {
  if (text == "") return "(empty)"
  const shown = text.replaceAll("\n", "↵").replaceAll("\r", "␍").replaceAll("|", "\\|")
  let ticks = "`"
  while (shown.includes(ticks)) ticks += "`"
  const space = shown.startsWith("`") || shown.endsWith("`") ? " " : ""
  return ticks + space + shown + space + ticks
}
