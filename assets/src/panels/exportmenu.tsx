/// The matches as files, and as a table for an issue or a review.
import { useLayoutEffect, useRef, useState } from "preact/hooks"
import { type App, download, saveView } from "../app"
import { type ExportFormat, exportMatches, findFlavor, markdownMatches } from "../state"

// A longer table is read by nobody, and some sites refuse it.
const MarkdownRows = 100

const files: readonly [ExportFormat, string, string][] = [
  ["json", "Save as JSON", "application/json"],
  ["csv", "Save as CSV, a row for each match", "text/csv"],
  ["text", "Save as text, a line for each match", "text/plain"],
]

export function ExportMenu({ app }: { app: App }) {
  const { model } = app
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const { results, count } = model.listed.value
  useLayoutEffect(() => {
    if (!open) return
    box.current!.querySelector<HTMLElement>("[role=menuitem]")!.focus()
    const outside = (event: Event) => {
      if (!box.current!.contains(event.target as Node | null)) setOpen(false)
    }
    document.addEventListener("pointerdown", outside)
    return () => document.removeEventListener("pointerdown", outside)
  }, [open])
  if (!results || count == 0) return null
  const close = () => {
    setOpen(false)
    box.current!.querySelector("button")!.focus()
  }
  const keydown = (event: KeyboardEvent) => {
    const items = [...box.current!.querySelectorAll<HTMLElement>("[role=menuitem]")]
    const at = items.indexOf(document.activeElement as HTMLElement)
    if (event.key == "Escape" && open) close()
    else if (event.key == "ArrowDown" && open) items[(at + 1) % items.length]!.focus()
    else if (event.key == "ArrowUp" && open) items[(at - 1 + items.length) % items.length]!.focus()
    else if (event.key == "ArrowDown") setOpen(true)
    else return
    event.preventDefault()
    event.stopPropagation() // Escape cancels no search
  }
  const save = (format: ExportFormat, type: string) => {
    close()
    download(`matches.${format == "text" ? "txt" : format}`, new Blob(exportMatches(results, count, format), { type }))
  }
  const copy = async () => {
    close()
    const { flavor, flags, pattern } = model.query.value
    const label = findFlavor(model.welcome.value?.flavors ?? [], flavor)?.label ?? flavor
    const engine = model.status.value.engine
    const about = { pattern, flags, flavor: label, engine: engine ? `${engine.name} ${engine.version}` : "" }
    try {
      await navigator.clipboard.writeText(markdownMatches(results, count, about, MarkdownRows))
      model.notify("info", count > MarkdownRows ? `Copied: the first ${MarkdownRows} matches.` : "Copied: a table of the matches.")
    } catch {
      model.notify("error", "The browser refused the clipboard.")
    }
  }
  return (
    <div
      class="menu-box"
      ref={box}
      onKeyDown={keydown}
      onFocusOut={(event) => {
        if (event.relatedTarget && !box.current!.contains(event.relatedTarget as Node)) setOpen(false)
      }}
    >
      <button type="button" class="tool" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        Export…
      </button>
      {open && (
        <div class="menu" role="menu" aria-label="Export the matches">
          {files.map(([format, label, type]) => (
            <button key={format} type="button" role="menuitem" class="menu-item" tabIndex={-1} onClick={() => save(format, type)}>
              {label}
            </button>
          ))}
          <button type="button" role="menuitem" class="menu-item" tabIndex={-1} onClick={() => void copy()}>
            Copy as a Markdown table
          </button>
          <button
            type="button"
            role="menuitem"
            class="menu-item"
            tabIndex={-1}
            onClick={() => {
              close()
              void saveView(app)
            }}
          >
            Save all of this as a page (HTML)
          </button>
        </div>
      )}
    </div>
  )
}
