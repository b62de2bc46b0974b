/// Which dialect, and its flags.
import { findFlavor, toggleFlag } from "../state"
import { useApp } from "./context"

export function QueryBar() {
  const app = useApp()
  const { query, welcome } = app.model
  const { flavor: name, flags } = query.value
  const flavors = welcome.value?.flavors ?? []
  const flavor = findFlavor(flavors, name)
  return (
    <div class="query-bar">
      <label class="flavor">
        <span>Flavor</span>
        <select value={name} onChange={(event) => app.setFlavor(event.currentTarget.value)}>
          {!flavor && <option value={name}>{name}</option>}
          {flavors.map((f) => (
            <option key={f.name} value={f.name} selected={f.name == name}>
              {f.engine ? f.label : `${f.label} (no engine)`}
            </option>
          ))}
        </select>
      </label>
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
      {flavor?.engine && (
        <p class="engine-note" title={flavor.engine.note}>
          {flavor.engine.name} {flavor.engine.version}
          {flavor.engine.note && <span> · {flavor.engine.note}</span>}
        </p>
      )}
      {flavor && !flavor.engine && <p class="engine-note">{flavor.missing}</p>}
    </div>
  )
}
