/// What becomes of the pattern in other flavors: whether they take it and find the
/// same, and how it has to be written there.
import type { App } from "../app"
import { engineLabel } from "../state"
import type { PortableFlavor } from "../wire"

interface Props {
  app: App
  /// Of the comparison that is shown.
  version: number
  done: boolean
}

export function ComparePortability({ app, version, done }: Props) {
  const about = app.comparing.portability.value
  const shown = about?.msg.version == version ? about : undefined
  return (
    <section aria-label="Portability" aria-busy={done && !shown}>
      <h3>In other flavors</h3>
      {!shown && <p class="muted">{done ? "Converting…" : "When the engines are compared, this follows."}</p>}
      {shown && (
        <ul class="portable">
          {shown.msg.flavors.map((f) => (
            <li key={f.flavor}>
              <Portable app={app} f={f} pattern={shown.query.pattern} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Portable({ app, f, pattern }: { app: App; f: PortableFlavor; pattern: string }) {
  const { conversion } = f
  const same = f.asItIs == "same" && conversion.pattern == pattern
  const changes = conversion.changes.filter(({ severity }) => severity != "hint")
  return (
    <>
      <p class="portable-head">
        <b>{f.label}</b> <span class={asItIsClass(f)}>{asItIs(f)}</span>
        {f.engine && <span class="muted"> {engineLabel(f.engine)}</span>}
      </p>
      {conversion.error && !same && <p class="muted">{conversion.error}</p>}
      {!conversion.error && !(same && f.exact) && (
        <div class="portable-conversion">
          <code class="excerpt">{conversion.pattern}</code>
          {conversion.flags && (
            <span class="muted">
              flags <b>{conversion.flags}</b>
            </span>
          )}
          <span class={f.exact && f.converted != "differs" ? "good" : "warn"}>{converted(f)}</span>
          <button
            type="button"
            class="button small"
            aria-label={`Use the pattern for ${f.label}`}
            onClick={() => app.takeQuery({ flavor: f.flavor, flags: conversion.flags, pattern: conversion.pattern })}
          >
            Use
          </button>
          {changes.map(({ message }) => (
            <p key={message} class="muted">
              {message}
            </p>
          ))}
        </div>
      )}
    </>
  )
}

function asItIs({ refused, asItIs }: PortableFlavor): string {
  if (refused) return `does not take it: ${refused.message}`
  switch (asItIs) {
    case "same":
      return "finds the same in this text"
    case "same-so-far":
      return "finds the same in this text, as far as it was searched"
    case "differs":
      return "finds something else in this text"
  }
  return "takes it; no engine ran it"
}

function asItIsClass({ refused, asItIs }: PortableFlavor): string {
  if (refused || asItIs == "differs") return "bad"
  return asItIs == "unknown" ? "muted" : "good"
}

function converted({ exact, converted }: PortableFlavor): string {
  const ran = { same: ", and finds the same in this text", "same-so-far": ", and finds the same as far as it was searched", differs: ", but finds something else in this text" }[converted] ?? ""
  return (exact ? "means the same" : "comes near") + ran
}
