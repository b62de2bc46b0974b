/// Which panel is open, for as long as this tab is: a reload comes back to it.
import { effect } from "@preact/signals"
import type { Model } from "./model"

const Key = "regexdbg.panel"

/// Opens the panel that was open before the page was loaded anew.
export function reopenPanel({ panel }: Model): void {
  try {
    panel.value = sessionStorage.getItem(Key) ?? panel.value
  } catch {
    // Storage is switched off: the first one, as in a new tab.
  }
}

/// From now on the open panel is kept.
export function keepPanel({ panel }: Model): void {
  effect(() => {
    const open = panel.value
    try {
      sessionStorage.setItem(Key, open)
    } catch {
      // Then a reload opens the first one.
    }
  })
}
