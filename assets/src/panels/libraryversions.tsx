/// The versions of an entry of the library, and what one of them has changed.
import { type App, type History, entryText } from "../app"
import { type Run, comparePatterns, compareTexts, format } from "../state"
import type { LibraryEntry } from "../wire"

export function Versions({ app, history }: { app: App; history: History }) {
  const { library } = app
  const { id, versions, chosen, newer } = history
  const current = library.current.value
  return (
    <div class="versions">
      <ol class="versions-list" aria-label="Versions">
        {versions.map((version, i) => (
          <li key={version.id}>
            <button type="button" class="version" aria-pressed={version.id == chosen} onClick={() => void library.choose(version.id)}>
              {`Version ${versions.length - i}`} <span class="muted">{new Date(version.saved).toLocaleString()}</span>
              {i == 0 && <span class="tag">latest</span>}
              {current?.id == id && current.version == version.id && <span class="tag">on screen</span>}
            </button>
          </li>
        ))}
      </ol>
      {chosen && newer && (
        <div class="version-shown">
          <Changes newer={newer} older={history.older} />
          <div class="library-buttons">
            <button type="button" class="button" onClick={() => void library.open(id, chosen)}>
              Open
            </button>
            {chosen != versions[0]?.id && (
              <button type="button" class="button" title="Saves it as the latest version; nothing in between is lost" onClick={() => void library.restore(id, chosen)}>
                Restore
              </button>
            )}
          </div>
        </div>
      )}
    </div>
  )
}

function Changes({ newer, older }: { newer: LibraryEntry; older: LibraryEntry | undefined }) {
  if (!older) {
    return (
      <p>
        <span class="muted">The first version:</span> <code>{newer.content.query.pattern || "(empty)"}</code>
      </p>
    )
  }
  const [a, b] = [older.content, newer.content]
  const settings: [string, string, string][] = [
    ["Flavor", a.query.flavor, b.query.flavor],
    ["Flags", a.query.flags, b.query.flags],
    ["Engine", a.engine ?? "", b.engine ?? ""],
  ]
  const texts: [string, string, string][] = [
    ["Pattern", a.query.pattern, b.query.pattern],
    ["Replacement", a.replace ?? "", b.replace ?? ""],
    ["List", a.list ?? "", b.list ?? ""],
  ]
  const before = entryText(older)
  const after = entryText(newer)
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
      {before != after && (
        <div>
          <dt>Text</dt>
          <dd>
            <TextChanges before={before} after={after} />
          </dd>
        </div>
      )}
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
