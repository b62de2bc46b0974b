/// Which of the flavor's engines runs the pattern.
import { engineLabel } from "../state"
import { useApp } from "./context"
import { Icon } from "./icon"

export function EnginePicker() {
  const app = useApp()
  const { model } = app
  const choices = model.engineChoices.value
  const { choice } = model.engine.value
  const looking = model.welcome.value?.looking ?? false
  return (
    <div class="engine">
      <label class={choices.length > 1 ? "picker" : "picker quiet"}>
        <span>Engine</span>
        <select
          value={choice?.id ?? ""}
          title={choice?.engine.note}
          onChange={(event) => app.setEngine(event.currentTarget.value)}
        >
          {!choice && <option value="">{looking ? "being looked for…" : "none"}</option>}
          {choices.map(({ id, engine, missing }) => (
            <option key={id} value={id} disabled={missing !== undefined} selected={id == choice?.id}>
              {missing === undefined ? engineLabel(engine) : `${engine.name} is missing: ${missing}`}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class={looking ? "tool busy" : "tool"}
        aria-label="Look for engines again"
        title={looking ? "Looking for engines…" : "Look for engines again"}
        disabled={looking || model.connection.value.state != "connected"}
        onClick={() => app.looking.refresh()}
      >
        <Icon name="refresh" />
      </button>
    </div>
  )
}

/// What is to be said of the engine: that it is not the one that was asked for, or
/// that there is none, or what it is.
export function EngineNote() {
  const { engine, flavor, welcome } = useApp().model
  const { choice, absent } = engine.value
  if (!welcome.value) return null
  if (absent !== undefined && !welcome.value.looking) {
    return (
      <p class="engine-note absent" role="note">
        <Icon name="warning" />
        {absent} is not on this machine: {choice ? `${engineLabel(choice.engine)} is used instead.` : "nothing is searched."}
      </p>
    )
  }
  const note = choice ? choice.engine.note : flavor.value?.missing
  return note ? <p class="engine-note">{note}</p> : null
}
