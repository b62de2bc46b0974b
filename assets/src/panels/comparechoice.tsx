/// Which engines are compared, those that this machine has and those it could have,
/// and with which flags besides the pattern's.
import { useState } from "preact/hooks"
import type { App } from "../app"
import { comparison, engineLabel } from "../state"
import type { Flavor } from "../wire"

export function CompareChoice({ app }: { app: App }) {
  const { comparing, model } = app
  const { looking = false } = model.welcome.value ?? {}
  const flavors = model.lentFlavors.value
  const { here, missing } = comparison.engineNames(flavors)
  const all = comparing.choice.value === undefined
  const compared = comparing.comparison.value?.msg.engines.map(({ engine }) => engine.name) ?? here
  const chosen = comparing.choice.value ?? [...new Set(compared)]
  const plain = new Set(chosen.filter((spec) => !spec.includes(":")))
  const extra = chosen.filter((spec) => spec.includes(":"))
  const toggle = (name: string) => comparing.choose([...here.filter((other) => (other == name) != plain.has(other)), ...extra])
  const count = here.filter((name) => plain.has(name)).length
  return (
    <details class="compare-choice">
      <summary>
        Engines{" "}
        <span class="muted">
          {[`${count} of ${here.length} chosen`, extra.length > 0 && `${extra.length} with other flags`, missing.length > 0 && `${missing.length} missing`].filter(Boolean).join(", ")}
        </span>
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
                  <input type="checkbox" checked={plain.has(engine.name)} onChange={() => toggle(engine.name)} />
                  {engineLabel(engine)}
                </label>
              ),
            )}
          </fieldset>
        ))}
      </div>
      <OtherFlags app={app} flavors={flavors} chosen={chosen} extra={extra} />
      <div class="compare-buttons">
        <button type="button" class="button" disabled={all} onClick={() => comparing.choose(undefined)}>
          All that are real
        </button>
        <button type="button" class="button" disabled={looking} title="Look again what engines this machine has" onClick={() => app.looking.refresh()}>
          {looking ? "Looking…" : "Look again"}
        </button>
        <span class="muted">The pattern’s flags are translated by what they mean.</span>
      </div>
    </details>
  )
}

interface OtherFlagsProps {
  app: App
  flavors: readonly Flavor[]
  chosen: readonly string[]
  extra: readonly string[]
}

/// Engines that are compared once more, with flags of their own.
function OtherFlags({ app, flavors, chosen, extra }: OtherFlagsProps) {
  const { comparing, model } = app
  const [asked, setEngine] = useState("")
  const [typed, setFlags] = useState("")
  const choices = flavors.flatMap((flavor) => flavor.engines.filter(({ missing }) => !missing).map(({ engine }) => ({ flavor, name: engine.name })))
  const choice = choices.find(({ name }) => name == asked) ?? choices.find(({ flavor }) => flavor.name == model.query.value.flavor) ?? choices[0]
  if (!choice) return null
  const letters = choice.flavor.flags.map(({ letter }) => letter)
  const flags = [...new Set(typed)].filter((letter) => letters.includes(letter)).join("")
  const wrong = [...typed].filter((letter) => !letters.includes(letter))
  const spec = `${choice.name}:${flags}`
  const add = (event: Event) => {
    event.preventDefault()
    if (flags == "" || wrong.length > 0 || chosen.includes(spec)) return
    comparing.choose([...chosen, spec])
    setFlags("")
  }
  return (
    <form class="compare-buttons" onSubmit={add}>
      <label>
        Once more{" "}
        <select aria-label="Engine with other flags" value={choice.name} onChange={(event) => setEngine(event.currentTarget.value)}>
          {choices.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        with the flags{" "}
        <input class="flags-input" aria-label="Flags of its own" placeholder={letters.join("")} size={8} value={typed} onInput={(event) => setFlags(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button" disabled={flags == "" || wrong.length > 0 || chosen.includes(spec)}>
        Add
      </button>
      {wrong.length > 0 && (
        <span class="bad" role="status">
          {choice.flavor.label} has no flag {wrong.join(", ")}.
        </span>
      )}
      {extra.map((other) => {
        const { name, flags } = comparison.ownFlags(other)
        return (
          <button key={other} type="button" class="button small" aria-label={`Leave out ${name} with ${flags}`} onClick={() => comparing.choose(chosen.filter((spec) => spec != other))}>
            {name} with {flags} ×
          </button>
        )
      })}
    </form>
  )
}
