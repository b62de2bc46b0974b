/// What differs between two versions of an entry.
import { entryText } from "../app"
import { type Run, comparePatterns, compareTexts, format } from "../state"
import { InputsLines, InputsSet, type LibraryEntry } from "../wire"

const divisions: Record<string, string> = { "": "one document", [InputsLines]: "an input a line", [InputsSet]: "a set of inputs" }

export function Changes({ newer, older }: { newer: LibraryEntry; older: LibraryEntry }) {
  const [a, b] = [older.content, newer.content]
  const settings: [string, string, string][] = [
    ["Flavor", a.query.flavor, b.query.flavor],
    ["Flags", a.query.flags, b.query.flags],
    ["Engine", a.engine ?? "", b.engine ?? ""],
    ["The text is", divisions[a.inputs ?? ""] ?? "", divisions[b.inputs ?? ""] ?? ""],
  ]
  const texts: [string, string, string][] = [
    ["Pattern", a.query.pattern, b.query.pattern],
    ["Replacement", a.replace ?? "", b.replace ?? ""],
    ["List", a.list ?? "", b.list ?? ""],
  ]
  const long: [string, string, string][] = [
    ["Text", entryText(older), entryText(newer)],
    ["Tests", a.tests ?? "", b.tests ?? ""],
  ]
  return (
    <dl class="version-changes">
      {settings
        .filter(([, x, y]) => x != y)
        .map(([name, x, y]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <del>{x || "none"}</del> <ins>{y || "none"}</ins>
            </dd>
          </div>
        ))}
      {texts
        .filter(([, x, y]) => x != y)
        .map(([name, x, y]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Pieces pieces={comparePatterns(x, y)} />
            </dd>
          </div>
        ))}
      {long
        .filter(([, x, y]) => x != y)
        .map(([name, x, y]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <TextChanges before={x} after={y} />
            </dd>
          </div>
        ))}
    </dl>
  )
}

function TextChanges({ before, after }: { before: string; after: string }) {
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
