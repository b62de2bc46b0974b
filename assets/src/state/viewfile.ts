/// What is on screen as a file of its own: a page without script that opens anywhere.
import * as format from "./format"
import type { ExplanationItem } from "./outline"
import type { Results } from "./search"
import type { Tokens } from "./tokens"

/// Beyond these a file is no longer looked at: browsers take seconds to lay out
/// more marks, and nobody reads more rows.
export const FileText = 200_000 // UTF-16 units of the text
export const FileMatches = 2000

export interface View {
  flavor: string
  engine: string
  flags: string
  pattern: string
  tokens: Tokens | undefined
  /// The search's outcome in words.
  outcome: string
  results: Results | undefined
  count: number
  text: string
  explanation: readonly ExplanationItem[]
  summary: readonly string[]
  /// The link that opens this state in a running regexdbg, or "".
  link: string
  made: Date
}

export function viewFile(view: View): string {
  const { flavor, engine, flags, pattern, outcome, explanation, summary, link, made } = view
  const title = `${pattern.length > 60 ? pattern.slice(0, 60) + "…" : pattern} – regexdbg`
  const about = [flavor, engine, flags && `flags ${flags}`].filter((part) => part != "").join(" · ")
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${styles}</style>
<h1>Regular expression</h1>
<pre class="pattern">${patternHtml(pattern, view.tokens)}</pre>
<p>${escapeHtml(about)}</p>
<p><b>${escapeHtml(outcome)}</b></p>
<h2>Text</h2>
${textHtml(view)}
${matchesHtml(view)}
${explanation.length == 0 ? "" : `<h2>Explanation</h2>\n${summary.map((line) => `<p>${escapeHtml(line)}</p>\n`).join("")}${treeHtml(explanation, pattern)}`}
<footer>Made by regexdbg, ${escapeHtml(made.toISOString())}.${link == "" ? "" : ` To open it there, append this to the address of your own: <code>${escapeHtml(link)}</code>`}</footer>
</html>
`
}

function patternHtml(pattern: string, tokens: Tokens | undefined): string {
  if (!tokens) return escapeHtml(pattern)
  let html = ""
  for (let i = 0; i < tokens.count; i++) {
    const text = escapeHtml(pattern.slice(tokens.from(i), tokens.to(i)))
    const group = tokens.group(i)
    html += group > 0 ? `<span class="g${1 + ((group - 1) % 8)}" title="group ${group}">${text}</span>` : `<span class="${escapeHtml(tokens.kind(i))}">${text}</span>`
  }
  return html
}

function textHtml({ text, results, count }: View): string {
  const end = Math.min(text.length, FileText)
  let html = ""
  let at = 0
  let marked = 0
  for (let row = 0; results && row < Math.min(count, FileMatches); row++) {
    const [from, to] = [results.store.start(row, 0), results.store.end(row, 0)]
    if (to > end) break
    if (from < at) continue // an engine that goes back
    html += `${visible(text.slice(at, from))}<mark class="m${row % 2}" title="match ${row + 1}">${from == to ? "<i></i>" : visible(text.slice(from, to))}</mark>`
    at = to
    marked++
  }
  html += visible(text.slice(at, end))
  const notes = [
    end < text.length && `The text goes on: these are its first ${format.count(end)} characters of ${format.count(text.length)}.`,
    marked < count && `${format.plural(marked, "match is", "matches are")} marked, of ${format.count(count)}.`,
  ].filter((note) => note !== false)
  return `<pre class="text">${html}</pre>${notes.map((note) => `\n<p class="note">${note}</p>`).join("")}`
}

function matchesHtml({ results, count, text }: View): string {
  if (!results || count == 0) return ""
  const { store, groups } = results
  const heads = ["#", "bytes", "match", ...groups.slice(1).map(({ number, name }) => (name == "" || name == String(number) ? String(number) : `${number} ${name}`))]
  const rows: string[] = []
  for (let row = 0; row < Math.min(count, FileMatches); row++) {
    const cells = groups.map((_, group) => (store.start(row, group) < 0 ? "<td>–" : `<td><code>${visible(text.slice(store.start(row, group), store.end(row, group)))}</code>`))
    rows.push(`<tr><td>${row + 1}<td>${store.startByte(row, 0)}–${store.endByte(row, 0)}${cells.join("")}`)
  }
  const more = count > FileMatches ? `\n<p class="note">… and ${format.count(count - FileMatches)} more.</p>` : ""
  return `<h2>Matches</h2>\n<div class="wide"><table><thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}`).join("")}</thead><tbody>\n${rows.join("\n")}\n</tbody></table></div>${more}`
}

// Items come in the order of the pattern, each before the items in it.
function treeHtml(items: readonly ExplanationItem[], pattern: string): string {
  let html = "<ul>"
  let depth = 0
  items.forEach(({ depth: own, title, details, from, to, error }, i) => {
    if (i > 0) html += own > depth ? "<ul>" : "</li>" + "</ul></li>".repeat(depth - own)
    depth = own
    const words = [title, ...(details ?? []), ...(error ? [error] : [])].map(escapeHtml).join(" – ")
    html += `\n<li><code>${escapeHtml(pattern.slice(from, to))}</code> ${words}`
  })
  return html + "</li>" + "</ul></li>".repeat(depth) + "</ul>"
}

// Controls, and bytes that are not UTF-8, as pictures or numbers of themselves.
function visible(text: string): string {
  return escapeHtml(
    text
      .replace(/[\0-\x08\x0b-\x1f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
      .replace(/[\udc80-\udcff]/gu, (c) => `\\x${(c.charCodeAt(0) - 0xdc00).toString(16).toUpperCase()}`),
  )
}

export function escapeHtml(text: string): string {
  return text.toWellFormed().replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}

const styles = `
body { max-width: 1000px; margin: 24px auto; padding: 0 16px; font: 15px/1.5 system-ui, sans-serif; background: light-dark(#fff, #1b1f26); color: light-dark(#1a1f28, #e3e7ee) }
h1, h2 { font-size: 16px; margin: 22px 0 6px }
pre, code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 14px }
pre { padding: 10px 12px; border: 1px solid light-dark(#d3d8e0, #363d49); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere }
.pattern { font-size: 16px }
mark { border-radius: 2px; color: inherit }
.m0 { background: light-dark(#d3e4ff, #1f3a63); box-shadow: inset 0 -2px light-dark(#3f73d0, #6ea0f2) }
.m1 { background: light-dark(#ffe6bd, #4b3a17); box-shadow: inset 0 -2px light-dark(#b87a10, #dba94a) }
mark i { border-left: 2px solid light-dark(#3f73d0, #6ea0f2) }
.wide { overflow-x: auto }
table { border-collapse: collapse }
th, td { padding: 3px 12px 3px 0; border-bottom: 1px solid light-dark(#d3d8e0, #363d49); text-align: left; vertical-align: top; font-weight: 400 }
ul { padding-left: 20px }
li > code { padding: 0 4px; border-radius: 3px; background: light-dark(#eceff3, #262b34); overflow-wrap: anywhere }
.note, footer { color: light-dark(#57606f, #9aa5b5); font-size: 13px }
footer { margin: 26px 0; overflow-wrap: anywhere }
.g1 { color: light-dark(#0b6b3a, #62d394) } .g2 { color: light-dark(#a3195b, #ff8fc0) } .g3 { color: light-dark(#6a3cb8, #c3a3ff) } .g4 { color: light-dark(#a23b00, #ffa36b) }
.g5 { color: light-dark(#00657a, #5fd0e6) } .g6 { color: light-dark(#5f6400, #d3d95f) } .g7 { color: light-dark(#7c1fa0, #e79bff) } .g8 { color: light-dark(#9c2020, #ff9a9a) }
`
