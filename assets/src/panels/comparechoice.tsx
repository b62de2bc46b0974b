/// Which engines are compared, those that this machine has and those it could have.
import type { App } from "../app"
import { comparison, engineLabel, format } from "../state"

export function CompareChoice({ app }: { app: App }) {
  const { comparing, model } = app
  const { flavors = [], looking = false } = model.welcome.value ?? {}
  const { here, missing } = comparison.engineNames(flavors)
  const all = comparing.choice.value === undefined
  const compared = comparing.comparison.value?.msg.engines.map(({ engine }) => engine.name) ?? here
  const chosen = new Set(comparing.choice.value ?? compared)
  const toggle = (name: string) => comparing.choose(here.filter((other) => (other == name) != chosen.has(other)))
  const count = here.filter((name) => chosen.has(name)).length
  return (
    <details class="compare-choice">
      <summary>
        Engines <span class="muted">{`${count} of ${here.length} chosen${missing.length > 0 ? `, ${missing.length} missing` : ""}`}</span>
      </summary>
      <div class="compare-flavors" role="group" aria-label="Engines to compare">
        {flavors.map(({ name, label, engines }) => (
          <fieldset key={name}>
            <legend>{label}</legend>
            {engines.map(({ engine, missing }) =>
              missing ? (
                <p key={engine.name} class="compare-missing">
                  <b>{engine.name}</b> is not on this machine: {missing}.
                </p>
              ) : (
                <label key={engine.name} title={engine.note}>
                  <input type="checkbox" checked={chosen.has(engine.name)} onChange={() => toggle(engine.name)} />
                  {engineLabel(engine)}
                </label>
              ),
            )}
          </fieldset>
        ))}
      </div>
      <div class="compare-buttons">
        <button type="button" class="button" disabled={all} onClick={() => comparing.choose(undefined)}>
          All that are real
        </button>
        <button type="button" class="button" disabled={looking} title="Look again what engines this machine has" onClick={() => app.refreshEngines()}>
          {looking ? "Looking…" : "Look again"}
        </button>
        <span class="muted">{format.plural(count, "engine")} chosen; flags are translated by their meaning</span>
      </div>
    </details>
  )
}
