import { useEffect, useState } from "preact/hooks"
import type { Theme } from "../app"
import type { Kept } from "../state"
import { FaultProtocol, FaultTooBig } from "../wire"
import { useApp } from "./context"
import { Icon } from "./icon"

const nextTheme: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" }

export function Header() {
  const app = useApp()
  const { model } = app
  const theme = model.theme.value
  const everything = model.everything.value
  const linkable = model.linkable.value
  return (
    <header class="header">
      <h1 class="brand">
        <Icon name="brand" />
        regexdbg
      </h1>
      <ConnectionState />
      <KeptSign />
      <div class="spacer" />
      <div class="tools" role="toolbar" aria-label="Page">
        <button
          type="button"
          class="tool"
          aria-label="Show invisibles"
          title="Show spaces, tabs, no-break spaces and line ends"
          aria-pressed={everything}
          onClick={() => app.settings.setEverything(!everything)}
        >
          <Icon name="invisibles" />
          <span class="wide-only">Show invisibles</span>
        </button>
        <button
          type="button"
          class="tool"
          aria-label="Copy link"
          title={linkable ? "Copy a link to this state" : "This is too long for a link (more than 100 KB compressed): a file has all of it"}
          onClick={() => void app.keeper.copyLink()}
        >
          <Icon name="link" />
          <span class="wide-only">{linkable ? "Copy link" : "Copy link…"}</span>
        </button>
        <button type="button" class="tool" aria-label="Examples" title="Examples that teach" onClick={() => (model.dialog.value = "examples")}>
          <Icon name="examples" />
          <span class="wide-only">Examples</span>
        </button>
        <button type="button" class="tool" aria-label="Commands" title="Everything that can be done (Ctrl+K)" onClick={() => (model.dialog.value = "commands")}>
          <Icon name="commands" />
        </button>
        <button type="button" class="tool" aria-label="Settings" title="Settings" onClick={() => (model.dialog.value = "settings")}>
          <Icon name="settings" />
        </button>
        <button
          type="button"
          class="tool"
          aria-label={`Theme: ${theme}`}
          title={`Theme: ${theme}`}
          onClick={() => model.setTheme(nextTheme[theme])}
        >
          <Icon name={theme} />
        </button>
        <button
          type="button"
          class="tool"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts"
          onClick={() => (model.dialog.value = "help")}
        >
          ?
        </button>
      </div>
    </header>
  )
}

const keptWords: Record<Kept, [words: string, title: string]> = {
  keeping: ["keeping…", "What was typed last is not on the disk yet"],
  kept: ["kept", "What is on screen and what can be undone is on the disk, in this browser's storage: no crash loses it"],
  failed: ["not kept", "This browser's storage is full or switched off: when the page ends, only its address is left"],
}

// Not a status region, which would speak at every pause in the typing.
function KeptSign() {
  const kept = useApp().model.kept.value
  const [words, title] = keptWords[kept]
  return (
    <p class={`kept ${kept}`} title={title}>
      {words}
    </p>
  )
}

function ConnectionState() {
  const app = useApp()
  const { state, retryAt, fault } = app.model.connection.value
  const seconds = useCountdown(retryAt)
  if (state == "connected") {
    return (
      <p class="connection" title={`Server ${app.model.welcome.value?.server ?? ""}`}>
        <span class="dot ok" />
        connected
      </p>
    )
  }
  if (state == "connecting") {
    return (
      <p class="connection">
        <span class="dot busy" />
        connecting…
      </p>
    )
  }
  const why = fault ? `: ${fault.message}` : ""
  return (
    <p class="connection bad">
      <span class="dot off" />
      <span>
        disconnected{why}
        {retryAt !== undefined && ` · trying again in ${seconds} s`}
        {fault?.code == FaultTooBig && " · shorten it, then reconnect"}
      </span>
      {fault?.code == FaultProtocol ? (
        <button type="button" class="button" onClick={() => location.reload()}>
          Reload the page
        </button>
      ) : (
        <button type="button" class="button" onClick={() => app.reconnect()}>
          Reconnect now
        </button>
      )}
    </p>
  )
}

// Whole seconds until a time.
function useCountdown(until: number | undefined): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (until === undefined) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [until])
  return until === undefined ? 0 : Math.max(0, Math.ceil((until - now) / 1000))
}
