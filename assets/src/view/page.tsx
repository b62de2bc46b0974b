/// The page: what is where. Every part reads the signals it needs, so that a key
/// in an editor renders nothing but what it changes.
import { useEffect, useRef } from "preact/hooks"
import type { App } from "../app"
import { AppProvider } from "./context"
import { CommandPalette } from "./commandpalette"
import { ConvertDialog } from "./convertdialog"
import { CopyMenu } from "./copymenu"
import { Dropping } from "./dropping"
import { Examples } from "./examples"
import { Header } from "./header"
import { Help } from "./help"
import { Mount } from "../panels"
import { Notices } from "./notices"
import { QueryBar } from "./querybar"
import { SettingsDialog } from "./settings"
import { Splitter } from "./splitter"
import { StatusBar } from "./statusbar"
import { Tabs } from "./tabs"
import { TextBar } from "./textbar"

export function Page({ app }: { app: App }) {
  const split = useRef<HTMLElement>(null)
  const { model } = app
  useEffect(() => {
    return model.theme.subscribe((theme) => {
      document.documentElement.dataset["theme"] = theme
    })
  }, [])
  return (
    <AppProvider value={app}>
      <Header />
      <section class="query" aria-label="Pattern">
        <QueryBar />
        <div class="pattern-row">
          <Mount class="pattern-box" view={app.pattern} />
          <CopyMenu />
          <ConvertDialog />
        </div>
      </section>
      <StatusBar />
      <main class="split" ref={split}>
        <section class="pane text-pane" aria-label="Text">
          <TextBar />
          <Mount class="text-box" view={app.text} />
        </section>
        <Splitter container={split} />
        <Tabs />
      </main>
      <Notices />
      <Dropping />
      <Help />
      <SettingsDialog />
      <CommandPalette />
      <Examples />
    </AppProvider>
  )
}
