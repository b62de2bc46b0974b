/// Saved patterns: a list that is searched, what the page's state is called, and the versions of an entry.
import { useEffect, useRef, useState } from "preact/hooks"
import type { App, Filter } from "../app"
import { format } from "../state"
import type { LibraryRow } from "../wire"
import { ConflictBox } from "./libraryconflict"
import { EntryForm } from "./libraryform"
import { Versions } from "./libraryversions"
import type { Panel } from "./panel"

export const library: Panel = { id: "library", View: LibraryView }

function LibraryView({ app }: { app: App }) {
  const { library } = app
  const list = library.list.value
  const connected = app.model.connection.value.state == "connected"
  const failed = library.failed.value
  return (
    <div class="library">
      <Here app={app} />
      {library.conflict.value && library.current.value && <ConflictBox app={app} conflict={library.conflict.value} />}
      {library.form.value && <EntryForm app={app} form={library.form.value} />}
      {failed != "" && <p class="library-failed">{failed}</p>}
      {!list && failed == "" && <p class="empty">{connected ? "Reading the library…" : "There is no connection to the server, which has the library."}</p>}
      {list && list.all == 0 && (
        <p class="empty">
          Nothing is saved yet. <b>Save…</b> keeps the pattern with its flavor, flags, engine, replacement, text, inputs and tests; each save of it is a
          version that can be restored. It is on this machine only, in {list.path == ":memory:" ? "memory, until the server stops" : list.path}.
        </p>
      )}
      {list && list.all > 0 && <Find app={app} />}
      {list && list.all > 0 && <Rows app={app} />}
      <Files app={app} />
    </div>
  )
}

// What is on screen, as the library knows it.
function Here({ app }: { app: App }) {
  const { library } = app
  const entry = library.current.value
  const edited = library.edited.value
  const busy = library.busy.value
  const decide = library.conflict.value !== undefined // in the box below
  const newer = decide ? undefined : library.newer.value
  return (
    <div class="library-here">
      <p>
        {entry ? (
          <>
            <b>{entry.about.name}</b> <span class="muted">{edited ? "– changed since it was saved" : "– saved"}</span>
            {newer && <span class="library-newer"> – another page has saved it at {new Date(newer.saved).toLocaleTimeString()}</span>}
          </>
        ) : (
          <span class="muted">What is on screen is not in the library.</span>
        )}
      </p>
      <div class="library-buttons" hidden={decide}>
        <button type="button" class="button primary" disabled={busy || (entry !== undefined && !edited)} title="Ctrl+S" onClick={() => library.saveNow()}>
          {entry ? "Save" : "Save…"}
        </button>
        {entry && (
          <>
            <button type="button" class="button" disabled={busy} onClick={() => library.openForm("new")}>
              Save as new…
            </button>
            {newer && (
              <button type="button" class="button" disabled={busy} title="Undo brings back what is on screen" onClick={() => void library.open(entry.id)}>
                Open its version
              </button>
            )}
            {edited && (
              <button type="button" class="button" disabled={busy} onClick={() => void library.open(entry.id, entry.version)}>
                Revert
              </button>
            )}
          </>
        )}
      </div>
    </div>
  )
}

function Find({ app }: { app: App }) {
  const { library } = app
  const filter = library.filter.value
  const list = library.list.value!
  const set = (change: Partial<Filter>) => (library.filter.value = { ...filter, ...change })
  return (
    <div class="library-find">
      <input
        type="search"
        aria-label="Search the library"
        placeholder="Search names, tags, patterns, texts"
        value={filter.words}
        onInput={(event) => set({ words: event.currentTarget.value })}
      />
      <button type="button" class="chip" aria-pressed={filter.favourite} onClick={() => set({ favourite: !filter.favourite })}>
        ★ Favourites
      </button>
      {list.tags.length > 0 && (
        <div class="library-tags" role="group" aria-label="Tags">
          {list.tags.slice(0, 20).map(({ name, entries }) => (
            <button key={name} type="button" class="chip" aria-pressed={filter.tag == name} onClick={() => set({ tag: filter.tag == name ? "" : name })}>
              {name} <span class="muted">{format.count(entries)}</span>
            </button>
          ))}
        </div>
      )}
      <p class="muted" role="status" aria-label="Library">
        {list.total == list.all ? format.plural(list.all, "entry", "entries") : `${format.count(list.total)} of ${format.plural(list.all, "entry", "entries")}`}
      </p>
    </div>
  )
}

function Rows({ app }: { app: App }) {
  const { library } = app
  const { rows, total } = library.list.value!
  if (rows.length == 0) {
    return (
      <p class="empty">
        No entry is like that.{" "}
        <button type="button" class="button" onClick={() => (library.filter.value = { words: "", tag: "", favourite: false })}>
          Show all
        </button>
      </p>
    )
  }
  return (
    <>
      <ul class="library-list" aria-label="Entries">
        {rows.map((row) => (
          <Row key={row.id} app={app} row={row} />
        ))}
      </ul>
      {rows.length < total && (
        <button type="button" class="button library-more" onClick={() => void library.find(rows.length)}>
          {`Show more (${format.count(total - rows.length)} left)`}
        </button>
      )}
    </>
  )
}

function Row({ app, row }: { app: App; row: LibraryRow }) {
  const { library } = app
  const { id, about, flavor, flags, pattern, cut, textBytes, versions, changed } = row
  const [asked, setAsked] = useState(false)
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (asked) keep.current?.focus()
  }, [asked])
  const here = library.current.value?.id == id
  const history = library.history.value?.id == id ? library.history.value : undefined
  const label = app.model.welcome.value?.flavors.find(({ name }) => name == flavor)?.label ?? flavor
  return (
    <li class={here ? "library-row here" : "library-row"} aria-current={here ? "true" : undefined}>
      <div class="library-row-head">
        <button
          type="button"
          class="star"
          aria-pressed={about.favourite}
          aria-label={`Favourite: ${about.name}`}
          title={about.favourite ? "No longer a favourite" : "Make it a favourite"}
          onClick={() => void library.mark(id, !about.favourite)}
        >
          {about.favourite ? "★" : "☆"}
        </button>
        <button type="button" class="library-open" title="Open it: one step of undo" onClick={() => void library.open(id)}>
          {about.name}
        </button>
        {about.tags.map((tag) => (
          <span key={tag} class="tag">
            {tag}
          </span>
        ))}
        <time class="muted" dateTime={new Date(changed).toISOString()} title={new Date(changed).toLocaleString()}>
          {format.when(changed, Date.now())}
        </time>
      </div>
      <p class="library-pattern">
        <span class="muted">{label}</span> <code>{pattern == "" ? "(empty)" : pattern + (cut ? "…" : "")}</code>
        {flags && <span class="muted"> flags {flags}</span>}
        {textBytes > 0 && <span class="muted"> · text of {format.size(textBytes)}</span>}
      </p>
      {about.description && <p class="library-description">{about.description}</p>}
      {asked ? (
        <div class="library-buttons" role="group" aria-label={`Delete ${about.name}?`}>
          <span>{`Delete it and its ${format.plural(versions, "version")} for good?`}</span>
          <button type="button" class="button" ref={keep} onClick={() => setAsked(false)}>
            Keep
          </button>
          <button type="button" class="button danger" onClick={() => void library.remove(id, about.name)}>
            Delete
          </button>
        </div>
      ) : (
        <div class="library-buttons">
          <button
            type="button"
            class="button"
            aria-expanded={history !== undefined}
            onClick={() => (history ? (library.history.value = undefined) : void library.showHistory(id))}
          >
            {format.plural(versions, "version")}
          </button>
          <button type="button" class="button" onClick={() => library.openForm("describe", id, about)}>
            Edit…
          </button>
          <button type="button" class="button" onClick={() => setAsked(true)}>
            Delete…
          </button>
        </div>
      )}
      {history && <Versions app={app} history={history} />}
    </li>
  )
}

function Files({ app }: { app: App }) {
  const { library } = app
  const input = useRef<HTMLInputElement>(null)
  return (
    <div class="library-buttons library-files">
      <button type="button" class="button" disabled={!library.list.value?.all} onClick={() => void library.exportAll()}>
        Export all…
      </button>
      <button type="button" class="button" onClick={() => input.current!.click()}>
        Import…
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File to import"
        accept=".jsonl,.json"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ""
          if (file) void library.importFile(file)
        }}
      />
      {library.list.value && <span class="muted">{library.list.value.path}</span>}
    </div>
  )
}
