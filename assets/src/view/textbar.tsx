/// Above the text: what it is, and from match to match.
import { useRef } from "preact/hooks"
import { format } from "../state"
import { LongLine } from "../editor"
import { step } from "../app"
import { useApp } from "./context"
import { Icon } from "./icon"

export function TextBar() {
  const app = useApp()
  const { model } = app
  const input = useRef<HTMLInputElement>(null)
  const file = model.welcome.value?.file
  const limit = model.welcome.value?.limits.textBytes
  return (
    <div class="bar-row">
      <h2 class="bar-title">Test text</h2>
      <span class="muted" title={limit === undefined ? undefined : `The server takes up to ${format.size(limit)}`}>
        {model.loading.value === undefined ? format.size(model.textBytes.value) : `Loading ${model.loading.value}…`}
      </span>
      {model.longLine.value && (
        <span class="muted" title={`A line is longer than ${format.count(LongLine)} characters`}>
          not wrapped
        </span>
      )}
      <span class="muted note">{model.note.value}</span>
      <div class="spacer" />
      <button type="button" class="tool" aria-label="Go to previous match" title="Go to previous match (Shift+F3)" onClick={() => step(app.text, -1)}>
        <Icon name="previous" />
      </button>
      <button type="button" class="tool" aria-label="Go to next match" title="Go to next match (F3)" onClick={() => step(app.text, 1)}>
        <Icon name="next" />
      </button>
      {file && (
        <button type="button" class="tool" title={`Load ${file.name} (${format.size(file.bytes)}) again`} onClick={() => app.files.loadServerFile()}>
          {file.name}
        </button>
      )}
      <button type="button" class="tool" onClick={() => input.current!.click()}>
        <Icon name="file" />
        Open…
      </button>
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0]
          if (chosen) void app.files.open(chosen)
          event.currentTarget.value = ""
        }}
      />
    </div>
  )
}
