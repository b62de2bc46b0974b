/// The matches as files, and as a table for an issue or a review.
import { useState } from "preact/hooks"
import { type App, download, saveView } from "../app"
import { type ExportFormat, exportMatches, findFlavor, markdownMatches } from "../state"
import { Menu } from "./menu"

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
  const { results, count } = model.listed.value
  if (!results || count == 0) return null
  const save = (format: ExportFormat, type: string) => {
    download(`matches.${format == "text" ? "txt" : format}`, new Blob(exportMatches(results, count, format), { type }))
  }
  const copy = async () => {
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
    <Menu label="Export the matches" open={open} onOpen={setOpen} look="tool" face="Export…">
      {files.map(([format, label, type]) => (
        <Item key={format} label={label} run={() => save(format, type)} />
      ))}
      <Item label="Copy as a Markdown table" run={() => void copy()} />
      <Item label="Save all of this as a page (HTML)" run={() => void saveView(app)} />
    </Menu>
  )
}

function Item({ label, run }: { label: string; run(): void }) {
  return (
    <button type="button" role="menuitem" class="menu-item" tabIndex={-1} onClick={run}>
      {label}
    </button>
  )
}
