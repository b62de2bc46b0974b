/// An entry that another page has saved since it was opened in this one.
import type { App, Conflict } from "../app"
import { Changes } from "./librarychanges"

export function ConflictBox({ app, conflict }: { app: App; conflict: Conflict }) {
  const { library } = app
  const { latest, compared } = conflict
  const busy = library.busy.value
  const entry = library.current.value!
  return (
    <section class="library-conflict" role="alert" aria-label="Saved in another page">
      <p>
        <b>Not saved yet: another page has saved this entry</b>, at {new Date(latest.saved).toLocaleTimeString()}. Whatever you do, both can be had:
        what is saved stays as a version, and what is on screen stays in its undo.
      </p>
      <div class="library-buttons">
        <button type="button" class="button primary" disabled={busy} title="As a version after theirs" onClick={() => library.overrule()}>
          Save mine as the latest
        </button>
        <button type="button" class="button" disabled={busy} title="Undo brings back what is on screen" onClick={() => void library.open(entry.id)}>
          Open theirs
        </button>
        <button type="button" class="button" disabled={busy} onClick={() => library.openForm("new")}>
          Save mine as new…
        </button>
        {!compared && (
          <button type="button" class="button" onClick={() => void library.compare()}>
            What differs
          </button>
        )}
      </div>
      {compared && (
        <>
          <p class="muted">From theirs to what is on screen:</p>
          <Changes older={compared.theirs} newer={compared.mine} />
        </>
      )}
    </section>
  )
}
