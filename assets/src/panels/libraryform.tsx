/// What an entry of the library is called.
import { useLayoutEffect, useRef } from "preact/hooks"
import type { App, Form } from "../app"

const titles: Record<Form["what"], string> = { new: "Save as a new entry", describe: "Edit the entry" }

export function EntryForm({ app, form }: { app: App; form: Form }) {
  const { library } = app
  const box = useRef<HTMLFormElement>(null)
  const { what, id, about, error } = form
  useLayoutEffect(() => {
    box.current!.querySelector<HTMLElement>(`[name="${error?.field || "name"}"]`)?.focus()
    box.current!.scrollIntoView({ block: "nearest" })
  }, [what, id, error])
  const submit = (event: Event) => {
    event.preventDefault()
    const data = new FormData(box.current!)
    const text = (name: string) => String(data.get(name) ?? "")
    const tags = text("tags").split(",").map((tag) => tag.trim()).filter((tag) => tag != "")
    void library.submit({ name: text("name"), description: text("description"), tags, favourite: about.favourite })
  }
  const message = (field: string) => error?.field == field && error.message
  return (
    <form
      class="library-form"
      ref={box}
      aria-label={titles[what]}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key != "Escape") return
        library.form.value = undefined
        event.preventDefault()
        event.stopPropagation() // it cancels no search
      }}
    >
      <h3>{titles[what]}</h3>
      <label>
        <span>Name</span>
        <input type="text" name="name" defaultValue={about.name} autocomplete="off" aria-invalid={error?.field == "name"} aria-describedby="library-error" />
      </label>
      <label>
        <span>Tags</span>
        <input type="text" name="tags" defaultValue={about.tags.join(", ")} placeholder="log, date" autocomplete="off" aria-invalid={error?.field == "tags"} aria-describedby="library-error" />
      </label>
      <label>
        <span>Description</span>
        <textarea name="description" rows={2} defaultValue={about.description} aria-invalid={error?.field == "description"} aria-describedby="library-error" />
      </label>
      {error && (
        <p id="library-error" class="library-failed" role="alert">
          {message(error.field)}
        </p>
      )}
      <div class="library-buttons">
        <button class="button primary" disabled={library.busy.value}>
          {what == "describe" ? "Keep changes" : "Save"}
        </button>
        <button type="button" class="button" onClick={() => (library.form.value = undefined)}>
          Cancel
        </button>
      </div>
    </form>
  )
}
