/// Which dialect, on which engine, and its flags.
import { engineChoices, toggleFlag } from "../state"
import { useApp } from "./context"
import { EngineNote, EnginePicker } from "./enginepicker"

export function QueryBar() {
  const app = useApp()
  const { model } = app
  const flavors = model.welcome.value?.flavors ?? []
  const name = model.flavorName.value
  const flavor = model.flavor.value
  const flags = model.flags.value
  return (
    <div class="query-bar">
      <label class="picker">
        <span>Flavor</span>
        <select value={name} onChange={(event) => app.setFlavor(event.currentTarget.value)}>
          {!flavor && <option value={name}>{name}</option>}
          {flavors.map((f) => (
            <option key={f.name} value={f.name} selected={f.name == name}>
              {engineChoices(f, model.native).some(({ missing }) => !missing) ? f.label : `${f.label} (no engine)`}
            </option>
          ))}
        </select>
      </label>
      <EnginePicker />
      <EngineNote />
      <div class="flags" role="group" aria-label="Flags">
        {flavor?.flags.map((flag) => (
          <button
            key={flag.letter}
            type="button"
            class="flag"
            aria-pressed={flags.includes(flag.letter)}
            aria-label={`${flag.letter}: ${flag.name}`}
            title={`${flag.letter}: ${flag.name}${flag.description ? " – " + flag.description : ""}`}
            onClick={() => app.setFlags(toggleFlag(flavor, flags, flag.letter))}
          >
            <b>{flag.letter}</b>
            <span class="flag-name">{flag.name}</span>
          </button>
        ))}
      </div>
    </div>
  )
}
