/// What could be typed next in a pattern: from the feature table, the names of
/// properties and classes, and the groups that are there.
import type { Feature, Names } from "../wire"

/// What is being typed at the caret.
export interface Place {
  kind: "escape" | "group" | "property" | "posix" | "reference"
  /// Where what is typed begins.
  from: number
  typed: string
  /// What ends the name, when it is one.
  close: string
}

export interface Suggestion {
  /// As it is written, such as "(?<name>...)".
  label: string
  detail: string
  /// Sentences that say more.
  info: readonly string[]
  /// What is inserted, and where in it the caret is then.
  insert: string
  caret: number
}

// An odd number of backslashes: the last one escapes what follows.
const escaped = String.raw`(?:^|[^\\])(?:\\\\)*`
const places: readonly { kind: Place["kind"]; at: RegExp; close?: Record<string, string> }[] = [
  { kind: "property", at: new RegExp(String.raw`${escaped}\\[pP]\{\^?(?<typed>[\w=&. -]*)$`), close: { "{": "}" } },
  {
    kind: "reference",
    at: new RegExp(String.raw`${escaped}\\[kg](?<open>[<'{])(?<typed>\w*)$`),
    close: { "<": ">", "'": "'", "{": "}" },
  },
  { kind: "reference", at: /(?<open>\(\?P=|\(\?P>|\(\?&)(?<typed>\w*)$/, close: { "(?P=": ")", "(?P>": ")", "(?&": ")" } },
  { kind: "reference", at: /\(\?\((?<open>[<'])(?<typed>\w*)$/, close: { "<": ">)", "'": "')" } },
  { kind: "posix", at: /\[:\^?(?<typed>\w*)$/ },
  { kind: "escape", at: new RegExp(String.raw`${escaped}(?<typed>\\[A-Za-z]?)$`) },
  { kind: "group", at: new RegExp(String.raw`${escaped}(?<typed>\((?:\?[^\s)\w]{0,3}|\*\w*))$`) },
]

/// What is being typed before the caret, or undefined when nothing could help.
export function placeOf(before: string, inClass: boolean): Place | undefined {
  for (const { kind, at, close } of places) {
    if (inClass ? kind == "group" || kind == "reference" : kind == "posix") continue
    const groups = at.exec(before)?.groups
    if (!groups) continue
    const typed = groups["typed"]!
    const open = groups["open"] ?? "{"
    return { kind, from: before.length - typed.length, typed, close: kind == "posix" ? ":]" : (close?.[open] ?? "") }
  }
  return undefined
}

export interface Sources {
  features: readonly Feature[]
  names: Names
  /// Of the capture groups in the pattern; "" for those without one.
  groups: readonly { number: number; name: string }[]
  flavor: string
  flags: string
  inClass: boolean
  /// What follows the caret: what is there already is not inserted again.
  after: string
}

/// The suggestions for a place, in the order in which they are shown.
export function suggestions(place: Place, sources: Sources): Suggestion[] {
  switch (place.kind) {
    case "escape":
    case "group":
      return syntaxFor(place.kind, place.typed, sources)
    case "property":
      return properties(place, sources)
    case "posix":
      return sources.names.posix
        .filter((name) => name.startsWith(place.typed))
        .map((name) => named(name, "POSIX class", place, sources))
    case "reference":
      return sources.groups
        .filter(({ name }) => name != "" && name.startsWith(place.typed))
        .map(({ name, number }) => named(name, `group ${number}`, place, sources))
  }
}

function named(name: string, detail: string, { close }: Place, { after }: Sources): Suggestion {
  const insert = after.startsWith(close) ? name : name + close
  return { label: name, detail, info: [], insert, caret: name.length + close.length }
}

function properties(place: Place, sources: Sources): Suggestion[] {
  // Without u or v, JavaScript takes \p for the letter.
  if (sources.flavor == "js" && !/[uv]/.test(sources.flags)) return []
  const typed = place.typed.toLowerCase()
  const begins = (name: string | undefined) => name?.toLowerCase().startsWith(typed) ?? false
  const inside = (name: string) => typed.length > 1 && name.toLowerCase().includes(typed)
  const { names } = sources
  const first = names.properties.filter(({ name, also }) => begins(name) || begins(also))
  const more = names.properties.filter(({ name, also }) => !begins(name) && !begins(also) && inside(name))
  return [...first, ...more].map(({ name, kind, also }) =>
    named(name, [also?.replaceAll("_", " "), kind].filter(Boolean).join(", "), place, sources),
  )
}

function syntaxFor(kind: "escape" | "group", typed: string, sources: Sources): Suggestion[] {
  const { features, flavor, flags, inClass, after, groups } = sources
  const out: Suggestion[] = []
  const seen = new Set<string>()
  for (const feature of features) {
    if (!feature.flavors.includes(flavor)) continue
    if (flavor == "js" && feature.id.startsWith("property") && !/[uv]/.test(flags)) continue
    if (inClass && !inClasses.has(feature.category)) continue
    const note = feature.notes.find((note) => note.flavor == flavor)?.text
    for (const label of spellings(feature, kind)) {
      const { text, caret } = template(label)
      if (!label.startsWith(typed) || text == typed || seen.has(text)) continue
      seen.add(text)
      // A parenthesis or brace that is there already closes this one.
      const last = text.slice(-1)
      const insert = caret == text.length - 1 && last != "" && after.startsWith(last) ? text.slice(0, -1) : text
      out.push({ label, detail: feature.title, info: note ? [feature.meaning, note] : [feature.meaning], insert, caret })
    }
  }
  if (kind == "escape" && typed == "\\" && !inClass) {
    for (const { number, name } of groups.filter(({ number }) => number < 10)) {
      const label = `\\${number}`
      out.push({ label, detail: name ? `Group ${number}, ${name}` : `Group ${number}`, info: [], insert: label, caret: label.length })
    }
  }
  return out
}

// What means something in a class.
const inClasses = new Set(["Characters", "Character classes"])

// Rows about what another row's spelling may hold.
const special = new Set([
  "escape-literal",
  "duplicate-names",
  "lookbehind-alternatives",
  "lookbehind-nested",
  "lookbehind-bounded",
  "lookbehind-unbounded",
  "verb",
])

// The spellings of a feature that begin as the kind of place does.
function spellings({ id, syntax }: Feature, kind: "escape" | "group"): string[] {
  if (special.has(id)) return []
  return syntax.split(" ").filter((spelling) => {
    if (kind == "escape") return /^\\[A-Za-z]/.test(spelling)
    return /^\([?*]/.test(spelling) && balanced(spelling)
  })
}

function balanced(spelling: string): boolean {
  return spelling.split("(").length == spelling.split(")").length && spelling.split("[").length == spelling.split("]").length
}

// What of a spelling stands for something else.
const holes = new RegExp(
  [
    String.raw`\.\.\.`,
    String.raw`(?<=[<'{&(]|\(\?P[=>])(?:name|other|expression)\b`,
    String.raw`(?<=-)other`,
    String.raw`\b(?:yes|no)\b`,
    String.raw`(?<=[:"{])(?:text|NAME)`,
    String.raw`(?<=\\[xuUoNpPgk]\{)[^}]*`, // a code, a property, a group
    String.raw`(?<=\\[xuU])[0-9A-F]+$`,
    String.raw`(?<=\\c|\\[CM]-)[Aa]$`,
    String.raw`(?<=\\[pP])L$`,
  ].join("|"),
  "g",
)

/// What is inserted for a spelling, and where in it the caret is: at the first of
/// what is left out, or behind it.
export function template(spelling: string): { text: string; caret: number } {
  let caret = -1
  const text = spelling.replace(holes, (_, at: number) => {
    if (caret < 0) caret = at
    return ""
  })
  return { text, caret: caret < 0 ? text.length : caret }
}
