/// All that can be done by a name: what the command palette lists.
import { step } from "./navigate"
import { examples } from "./examples"
import type { App } from "./app"
import { format } from "../state"

export interface Command {
  label: string
  keys?: string
  run(): void
}

/// The commands that make sense now.
export function commands(app: App): Command[] {
  const { model, settings, library } = app
  const welcome = model.welcome.peek()
  const tabs = (welcome?.panels ?? []).filter(({ menu }) => !menu)
  const { everything, unit } = model
  return [
    { label: "Go to the pattern", keys: "Ctrl+Enter", run: () => app.pattern.focus() },
    { label: "Go to the text", keys: "Ctrl+Enter", run: () => app.text.focus() },
    { label: "Next match", keys: "F3", run: () => step(app.text, 1) },
    { label: "Previous match", keys: "Shift+F3", run: () => step(app.text, -1) },
    ...tabs.map(({ id, label }) => ({ label: `Open ${label}`, run: () => openPanel(app, id) })),
    ...(library.offered.peek() ? [{ label: "Save to the library", keys: "Ctrl+S", run: () => library.saveNow() }] : []),
    ...(model.panel.peek() == "replace" ? [{ label: "Replace in the text", run: () => void app.replacing.put() }] : []),
    { label: "Copy a link to this state", run: () => void app.keeper.copyLink() },
    { label: "Save this state as a file", run: () => app.keeper.saveFile() },
    { label: "Cancel the search", keys: "Escape", run: () => app.cancel() },
    { label: "Look for engines again", run: () => app.looking.refresh() },
    ...(welcome?.flavors ?? []).map(({ name, label }) => ({ label: `Flavor: ${label}`, run: () => app.setFlavor(name) })),
    ...examples.map(({ title }, i) => ({ label: `Example: ${title}`, run: () => showExample(app, i) })),
    { label: "Theme: system", run: () => model.setTheme("system") },
    { label: "Theme: light", run: () => model.setTheme("light") },
    { label: "Theme: dark", run: () => model.setTheme("dark") },
    { label: "Colours: standard", run: () => settings.setPalette("standard") },
    { label: "Colours: for every eye", run: () => settings.setPalette("safe") },
    { label: "Larger text", run: () => settings.resize(1) },
    { label: "Smaller text", run: () => settings.resize(-1) },
    { label: settings.wrap.peek() ? "Do not wrap long lines" : "Wrap long lines", run: () => settings.setWrap(!settings.wrap.peek()) },
    { label: everything.peek() ? "Hide spaces and line ends" : "Show spaces and line ends", run: () => settings.setEverything(!everything.peek()) },
    ...(["bytes", "utf16", "runes"] as const)
      .filter((other) => other != unit.peek())
      .map((other) => ({ label: `Positions in ${other == "utf16" ? "UTF-16 units" : other}`, run: () => model.setUnit(other) })),
    { label: "Settings", run: () => (model.dialog.value = "settings") },
    { label: "Examples", run: () => (model.dialog.value = "examples") },
    { label: "Keyboard shortcuts", keys: "?", run: () => (model.dialog.value = "help") },
  ]
}

/// The commands whose letters have those of the words, in that order: the best first.
export function findCommands(all: readonly Command[], words: string): Command[] {
  const wanted = words.toLowerCase().replace(/\s+/g, "")
  return all
    .map((command, i) => ({ command, i, cost: cost(command.label.toLowerCase(), wanted) }))
    .filter(({ cost }) => cost < Infinity)
    .sort((a, b) => a.cost - b.cost || a.i - b.i)
    .map(({ command }) => command)
}

// How far the letters are from each other, a word's first letter being nearer; Infinity when they are not there.
function cost(label: string, wanted: string): number {
  let total = 0
  let at = -1
  for (const letter of wanted) {
    const next = label.indexOf(letter, at + 1)
    if (next < 0) return Infinity
    const begins = next == 0 || label[next - 1] == " "
    if (next != at + 1) total += begins ? 1 : 2 + Math.min(next - at, 8)
    at = next
  }
  return total
}

/// Shows an example, and the panel that it is about.
export function showExample(app: App, index: number): void {
  const { flavor, flags, pattern, text, panel } = examples[index]!
  app.tryExample({ flavor, flags, pattern, text })
  if (panel == "replace" && app.replacing.text.peek() == "") app.replacing.apply("$+{day}.$+{month}.$+{year}", undefined)
  openPanel(app, panel)
}

function openPanel(app: App, id: string): void {
  if (app.model.welcome.peek()?.panels.some((panel) => panel.id == id)) app.model.panel.value = id
}

/// A time as the settings say it.
export function timeoutWords(ms: number, server: number): string {
  return ms == 0 ? `${format.duration(server)} (the server's)` : ms < 60_000 ? `${ms / 1000} s` : `${ms / 60_000} min`
}
