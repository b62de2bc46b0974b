/// The versions of an entry of the library, and what one of them has changed.
import type { App, History } from "../app"
import type { LibraryEntry } from "../wire"
import { Changes } from "./librarychanges"

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
          {history.older ? <Changes newer={newer} older={history.older} /> : <First entry={newer} />}
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

function First({ entry: { content } }: { entry: LibraryEntry }) {
  return (
    <p>
      <span class="muted">The first version:</span> <code>{content.query.pattern || "(empty)"}</code>
    </p>
  )
}
