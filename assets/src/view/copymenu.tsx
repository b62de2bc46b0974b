/// The pattern as a literal in source code, to be copied.
import { useLayoutEffect, useRef } from "preact/hooks"
import type { App } from "../app"
import { sameQuery } from "../state"
import type { Literal } from "../wire"
import { useApp } from "./context"
import { Icon } from "./icon"

const Id = "literals"

export function CopyMenu() {
  const app = useApp()
  const { model } = app
  const open = model.menu.value == Id
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const offered = model.welcome.value?.panels.some(({ id }) => id == Id)
  useLayoutEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (!box.current!.contains(event.target as Node | null)) close(app)
    }
    document.addEventListener("pointerdown", outside)
    return () => document.removeEventListener("pointerdown", outside)
  }, [open])
  if (!offered) return null
  return (
    <div
      class="menu-box"
      ref={box}
      onFocusOut={(event) => {
        if (event.relatedTarget && !box.current!.contains(event.relatedTarget as Node)) close(app)
      }}
      onKeyDown={(event) => {
        if (event.key == "ArrowDown" && !open) {
          model.menu.value = Id
          event.preventDefault()
        }
        if (event.key != "Escape" || !open) return
        close(app)
        button.current!.focus()
        event.preventDefault()
        event.stopPropagation() // it cancels no search
      }}
    >
      <button
        type="button"
        class="button"
        ref={button}
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={model.blank.value}
        onClick={() => (model.menu.value = open ? "" : Id)}
      >
        Copy as…
        <Icon name="next" />
      </button>
      {open && <Menu app={app} />}
    </div>
  )
}

function close(app: App): void {
  if (app.model.menu.value == Id) app.model.menu.value = ""
}

function Menu({ app }: { app: App }) {
  const { model } = app
  const about = model.literals.value
  const failed = model.analysisFailed.value
  const fresh = about && sameQuery(about.query, model.query.value) ? about.msg.literals : undefined
  const menu = useRef<HTMLDivElement>(null)
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])]
  useLayoutEffect(() => void items()[0]?.focus(), [fresh !== undefined])
  if (!fresh) {
    const why = failed && sameQuery(failed.query, model.query.value) && ["", Id].includes(failed.msg.panel)
    return <p class="menu muted">{why ? failed.msg.message : "Writing…"}</p>
  }
  const keydown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    let to: HTMLElement | undefined
    if (event.key == "ArrowDown") to = all[(at + 1) % all.length]
    else if (event.key == "ArrowUp") to = all[(at - 1 + all.length) % all.length]
    else if (event.key == "Home") to = all[0]
    else if (event.key == "End") to = all[all.length - 1]
    else if (event.key.length == 1 && event.key != " ") {
      const begins = (item: HTMLElement) => item.textContent.toLowerCase().startsWith(event.key.toLowerCase())
      to = [...all.slice(at + 1), ...all].find(begins)
    } else return
    to?.focus()
    event.preventDefault()
  }
  const own = fresh.filter((literal) => literal.own)
  return (
    <div class="menu" role="menu" aria-label="Copy as" ref={menu} onKeyDown={keydown}>
      {own.map((literal) => (
        <Item key={literal.style} app={app} literal={literal} />
      ))}
      <p class="menu-heading" role="presentation">
        Elsewhere, the same pattern: it is not converted
      </p>
      {fresh
        .filter((literal) => !literal.own)
        .map((literal) => (
          <Item key={literal.style} app={app} literal={literal} />
        ))}
    </div>
  )
}

function Item({ app, literal }: { app: App; literal: Literal }) {
  const { label, text, missing, error } = literal
  return (
    <button
      type="button"
      role="menuitem"
      class="menu-item"
      tabIndex={-1}
      aria-disabled={error ? true : undefined}
      onClick={() => {
        if (error) return
        app.model.menu.value = ""
        void copy(app, literal)
        app.pattern.focus()
      }}
    >
      <span class="menu-label">{label}</span>
      {error ? <span class="muted">{error}</span> : <code>{text}</code>}
      {missing && <span class="menu-note">without {flagWords(missing)}: set in the code</span>}
    </button>
  )
}

async function copy({ model }: App, { label, text, missing }: Literal): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    const rest = missing ? ` It cannot carry ${flagWords(missing)}: the code has to set ${missing.length == 1 ? "it" : "them"}.` : ""
    model.notify("info", `Copied: ${label}.${rest}`)
  } catch {
    model.notify("error", `The browser refused the clipboard. This is the ${label}: ${text}`)
  }
}

function flagWords(letters: string): string {
  return `the flag${letters.length == 1 ? "" : "s"} ${[...letters].join(", ")}`
}
