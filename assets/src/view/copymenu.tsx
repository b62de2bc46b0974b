/// The pattern as a literal in source code, to be copied.
import type { App } from "../app"
import { Menu } from "../panels"
import { sameQuery } from "../state"
import type { Literal } from "../wire"
import { useApp } from "./context"
import { Icon } from "./icon"

const Id = "literals"

export function CopyMenu() {
  const app = useApp()
  const { model } = app
  if (!model.welcome.value?.panels.some(({ id }) => id == Id)) return null
  const query = model.query.value
  const about = model.literals.value
  const fresh = about && sameQuery(about.query, query) ? about.msg.literals : undefined
  const failed = model.analysisFailed.value
  const why = failed && sameQuery(failed.query, query) && ["", Id].includes(failed.msg.panel) ? failed.msg.message : "Writing…"
  const shown = (own: boolean) =>
    fresh?.filter((literal) => literal.own == own).map((literal) => <Item key={literal.style} app={app} literal={literal} />)
  return (
    <Menu
      label="Copy as"
      open={model.menu.value == Id}
      onOpen={(open) => {
        if (open) model.menu.value = Id
        else if (model.menu.value == Id) model.menu.value = ""
      }}
      look="button"
      face={
        <>
          Copy as…
          <Icon name="next" />
        </>
      }
      disabled={model.blank.value}
      waiting={fresh ? undefined : why}
    >
      {shown(true)}
      <p class="menu-heading" role="presentation">
        Elsewhere, the same pattern: it is not converted
      </p>
      {shown(false)}
    </Menu>
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
