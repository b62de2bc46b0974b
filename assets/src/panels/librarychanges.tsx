/// What differs between two versions of an entry.
import type { ComponentType } from "preact"
import { entryText } from "../app"
import { type Run, comparePatterns, compareTexts, format } from "../state"
import { InputsLines, InputsSet, type LibraryEntry } from "../wire"

const divisions: Record<string, string> = { "": "one document", [InputsLines]: "an input a line", [InputsSet]: "a set of inputs" }

export function Changes({ newer, older }: { newer: LibraryEntry; older: LibraryEntry }) {
  const [a, b] = [older.content, newer.content]
  const parts: [name: string, before: string, after: string, View: ComponentType<Change>][] = [
    ["Flavor", a.query.flavor, b.query.flavor, Setting],
    ["Flags", a.query.flags, b.query.flags, Setting],
    ["Engine", a.engine ?? "", b.engine ?? "", Setting],
    ["The text is", divisions[a.inputs ?? ""] ?? "", divisions[b.inputs ?? ""] ?? "", Setting],
    ["Pattern", a.query.pattern, b.query.pattern, PatternChanges],
    ["Replacement", a.replace ?? "", b.replace ?? "", PatternChanges],
    ["List", a.list ?? "", b.list ?? "", PatternChanges],
    ["Text", entryText(older), entryText(newer), TextChanges],
    ["Tests", a.tests ?? "", b.tests ?? "", TextChanges],
  ]
  return (
    <dl class="version-changes">
      {parts
        .filter(([, before, after]) => before != after)
        .map(([name, before, after, View]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <View before={before} after={after} />
            </dd>
          </div>
        ))}
    </dl>
  )
}

interface Change {
  before: string
  after: string
}

function Setting({ before, after }: Change) {
  return (
    <>
      <del>{before || "none"}</del> <ins>{after || "none"}</ins>
    </>
  )
}

function PatternChanges({ before, after }: Change) {
  return <Pieces pieces={comparePatterns(before, after)} />
}

function TextChanges({ before, after }: Change) {
  const found = compareTexts(before, after)
  return (
    <>
      <p class="muted">{`${format.count(before.length)} characters before, ${format.count(after.length)} after`}</p>
      <Pieces pieces={found?.pieces} />
      {found?.cut && <p class="muted">There are more changes; these are the first.</p>}
    </>
  )
}

function Pieces({ pieces }: { pieces: readonly Run[] | undefined }) {
  if (!pieces) return <p class="muted">The two are too different to be compared here: open them one after the other.</p>
  return (
    <pre class="pieces" tabIndex={0} aria-label="What has changed">
      {pieces.map(({ kind, text }, i) => (kind == "old" ? <del key={i}>{text}</del> : kind == "new" ? <ins key={i}>{text}</ins> : text))}
    </pre>
  )
}
