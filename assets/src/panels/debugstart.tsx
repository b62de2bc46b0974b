/// Where the run begins: all of the text, or one attempt at the caret or a match.
import { type App, type Debugged, unitsWords } from "../app"
import { matchAtCaret, presentRange, shownResults } from "../editor"
import { UnitSwitch } from "./unitswitch"

export function DebugStart({ app, debugged }: { app: App; debugged: Debugged }) {
  const { debugging, text, model } = app
  const start = debugging.start.value
  const here = () => debugging.startAt(text.state.selection.main.head)
  const match = () => {
    const shown = text.state.field(shownResults)
    const row = shown.active >= 0 ? shown.active : matchAtCaret(text.state)
    if (!shown.results || row < 0) model.notify("info", "Select a match first, in the text or in the list.")
    else debugging.startAt(presentRange(shown, row).from)
  }
  return (
    <div class="debug-row debug-start" role="group" aria-label="Where to start">
      <button type="button" class="segment" aria-pressed={start === undefined} title="All attempts, from the start of the text" onClick={() => debugging.startAt(undefined)}>
        Everywhere
      </button>
      <button type="button" class="segment" title="One attempt, at the caret in the text" onClick={here}>
        Start here
      </button>
      <button type="button" class="segment" title="One attempt, where the selected match begins" onClick={match}>
        At this match
      </button>
      {start !== undefined && <span class="muted">one attempt, at offset {unitsWords(app, debugged, start)}</span>}
      <span class="spacer" />
      <UnitSwitch model={model} />
    </div>
  )
}
