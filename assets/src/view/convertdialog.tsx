/// The pattern in another flavor: what it would be there, what of it changes, and
/// a button that takes it over.
import { useEffect, useRef, useState } from "preact/hooks"
import type { App } from "../app"
import { type About, sameQuery } from "../state"
import type { Change, Conversion, Conversions } from "../wire"
import { useApp } from "./context"
import { useDialog } from "./dialog"

const Id = "conversions"

export function ConvertDialog() {
  const app = useApp()
  const { model } = app
  const open = model.menu.value == Id
  const offered = model.welcome.value?.panels.some(({ id }) => id == Id)
  const { ref, onClose, close } = useDialog(open, () => {
    if (model.menu.peek() == Id) model.menu.value = ""
  })
  if (!offered) return null
  return (
    <>
      <button
        type="button"
        class="button"
        aria-haspopup="dialog"
        disabled={model.blank.value}
        onClick={() => (model.menu.value = Id)}
      >
        Convert to…
      </button>
      <dialog ref={ref} class="convert" aria-labelledby="convert-title" onClose={onClose}>
        {open && <Content app={app} close={close} />}
      </dialog>
    </>
  )
}

function Content({ app, close }: { app: App; close(): void }) {
  const { model } = app
  const query = model.query.value
  const about = model.conversions.value
  const failed = model.analysisFailed.value
  const flavors = model.welcome.value?.flavors ?? []
  const label = (name: string) => flavors.find((flavor) => flavor.name == name)?.label ?? name
  const fresh = about && sameQuery(about.query, query) ? about : undefined
  const why = failed && sameQuery(failed.query, query) && ["", Id].includes(failed.msg.panel) ? failed.msg.message : undefined
  return (
    <>
      <div class="convert-head">
        <h2 id="convert-title">Convert from {label(query.flavor)}</h2>
        <button type="button" class="button" onClick={close}>
          Close
        </button>
      </div>
      {fresh ? <Choice app={app} about={fresh} label={label} close={close} /> : <p class="empty">{why ?? "Converting…"}</p>}
    </>
  )
}

interface ChoiceProps {
  app: App
  about: About<Conversions>
  label(flavor: string): string
  close(): void
}

function Choice({ app, about, label, close }: ChoiceProps) {
  const all = about.msg.conversions
  const [chosen, setChosen] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const shown = all[chosen]
  useEffect(() => list.current!.querySelector<HTMLElement>("[aria-selected=true]")?.focus(), [])
  if (!shown) return null
  const choose = (to: number) => {
    const next = Math.max(0, Math.min(all.length - 1, to))
    setChosen(next)
    ;(list.current!.children[next] as HTMLElement).focus()
  }
  const keydown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, ArrowRight: chosen + 1, ArrowLeft: chosen - 1, Home: 0, End: all.length - 1 }
    const to = steps[event.key]
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    choose(to)
    event.preventDefault()
  }
  return (
    <div class="convert-body">
      <div class="convert-flavors" role="tablist" aria-label="To flavor" aria-orientation="vertical" ref={list} onKeyDown={keydown}>
        {all.map((conversion, i) => (
          <button
            key={conversion.flavor}
            type="button"
            role="tab"
            class="convert-flavor"
            id={`convert-to-${conversion.flavor}`}
            aria-selected={i == chosen}
            aria-controls="conversion"
            tabIndex={i == chosen ? 0 : -1}
            onClick={() => setChosen(i)}
          >
            <b>{label(conversion.flavor)}</b> <span class={`verdict ${worst(conversion)}`}>{verdict(conversion)}</span>
          </button>
        ))}
      </div>
      <div class="conversion" role="tabpanel" id="conversion" aria-labelledby={`convert-to-${shown.flavor}`} tabIndex={0}>
        <Result app={app} conversion={shown} pattern={about.query.pattern} label={label(shown.flavor)} close={close} />
      </div>
    </div>
  )
}

interface ResultProps {
  app: App
  conversion: Conversion
  pattern: string
  label: string
  close(): void
}

function Result({ app, conversion, pattern, label, close }: ResultProps) {
  const { model } = app
  const { flavor, flags, changes, error } = conversion
  if (error) return <p>Not possible: {error}.</p>
  const flagNames = model.welcome.value?.flavors.find((f) => f.name == flavor)?.flags ?? []
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(conversion.pattern)
      model.notify("info", `Copied: the pattern for ${label}.`)
      close()
    } catch {
      model.notify("error", "The browser refused the clipboard.")
    }
  }
  return (
    <>
      <pre class="conversion-pattern">{conversion.pattern}</pre>
      <p>
        {flags == ""
          ? "No flags."
          : "Flags: " + [...flags].map((letter) => `${letter} (${flagNames.find((f) => f.letter == letter)?.name ?? "?"})`).join(", ") + "."}
      </p>
      <div class="conversion-buttons">
        <button
          type="button"
          class="button primary"
          onClick={() => {
            close()
            app.takeQuery({ flavor, flags, pattern: conversion.pattern })
            app.pattern.focus()
          }}
        >
          Use it in {label}
        </button>
        <button type="button" class="button" onClick={() => void copy()}>
          Copy
        </button>
      </div>
      {changes.length == 0 && <p class="muted">It is written and means the same.</p>}
      {kinds.map(({ severity, title }) => (
        <Changes key={severity} title={title} severity={severity} changes={changes.filter((c) => c.severity == severity)} pattern={pattern} />
      ))}
    </>
  )
}

const kinds = [
  { severity: "error", title: "Lost" },
  { severity: "warning", title: "May match something else" },
  { severity: "hint", title: "Written otherwise, and means the same" },
]

function Changes({ title, severity, changes, pattern }: { title: string; severity: string; changes: readonly Change[]; pattern: string }) {
  if (changes.length == 0) return null
  return (
    <section class={`changes ${severity}`}>
      <h3>{title}</h3>
      <ul>
        {changes.map(({ span, message }, i) => (
          <li key={i}>
            <code>{excerpt(pattern.slice(span.from, span.to))}</code> {message}
          </li>
        ))}
      </ul>
    </section>
  )
}

function excerpt(text: string): string {
  return text.length > 60 ? text.slice(0, 59) + "…" : text
}

function worst({ changes, error }: Conversion): string {
  if (error) return "error"
  return kinds.find(({ severity }) => changes.some((change) => change.severity == severity))?.severity ?? "none"
}

function verdict(conversion: Conversion): string {
  if (conversion.error) return "not possible"
  switch (worst(conversion)) {
    case "error":
      return "loses something"
    case "warning":
      return "may differ"
    case "hint":
      return "written otherwise"
    default:
      return "the same"
  }
}
