/// The keys of the step debugger: some everywhere while its tab is open, the single
/// letters outside of text fields only.
import type { App } from "./app"

type Way = (app: App) => void

// By event.key; those of the left column work in the editors too.
const everywhere: Record<string, Way> = {
  F8: ({ debugging }) => debugging.continue(false),
  "Shift+F8": ({ debugging }) => debugging.continue(true),
  F9: ({ debugging }) => debugging.forward(),
  "Shift+F9": ({ debugging }) => debugging.back(),
  F10: ({ debugging }) => debugging.by("over", false),
}

const outside: Record<string, Way> = {
  ArrowRight: ({ debugging }) => debugging.forward(),
  ArrowLeft: ({ debugging }) => debugging.back(),
  Home: ({ debugging }) => debugging.rewind(),
  End: ({ debugging }) => debugging.end(),
  o: ({ debugging }) => debugging.by("over", false),
  O: ({ debugging }) => debugging.by("over", true),
  u: ({ debugging }) => debugging.by("out", false),
  U: ({ debugging }) => debugging.by("out", true),
  m: ({ debugging }) => debugging.by("match", false),
  M: ({ debugging }) => debugging.by("match", true),
  f: ({ debugging }) => debugging.by("failure", false),
  F: ({ debugging }) => debugging.by("failure", true),
  g: ({ debugging }) => debugging.by("groupfailure", false),
  G: ({ debugging }) => debugging.by("groupfailure", true),
  a: ({ debugging }) => debugging.by("attempt", false),
  A: ({ debugging }) => debugging.by("attempt", true),
  t: ({ debugging }) => debugging.toCurrentToken(false),
  T: ({ debugging }) => debugging.toCurrentToken(true),
  c: ({ debugging }) => debugging.continue(false),
  C: ({ debugging }) => debugging.continue(true),
  n: ({ debugging }) => debugging.search(false),
  N: ({ debugging }) => debugging.search(true),
  "/": () => document.getElementById("debug-search")?.focus(),
  b: ({ debugging }) => debugging.toggleBreakpoint(),
  p: ({ debugging }) => debugging.play(),
}

export const debugShortcuts: readonly [keys: string, what: string][] = [
  ["F9, Shift+F9", "In the debugger, also from the editors: step forward, step back"],
  ["F10", "Step over a group"],
  ["F8, Shift+F8", "Continue to a breakpoint, reverse-continue"],
  ["← → Home End", "Outside of the editors: step back and forward, rewind, run to the end"],
  ["O, U, M, F, G, A", "Step over, step out, next match, failure, failure in this group, attempt; with Shift the way back"],
  ["/, N", "Search the steps, next step like that; with Shift the one before"],
  ["T, B, C, P", "Next time at this token, breakpoint on it, continue, play; T and C with Shift back"],
]

/// Does what a key means to the debugger. False when it means nothing.
export function handleDebug(app: App, event: KeyboardEvent): boolean {
  if (!app.debugging.open.value || event.ctrlKey || event.metaKey || event.altKey) return false
  const far = everywhere[(event.shiftKey ? "Shift+" : "") + event.key]
  if (far) {
    far(app)
    return true
  }
  const target = event.target instanceof Element ? event.target : document.body
  if (target.closest("[contenteditable=true], input, select, textarea, [role=tree], dialog")) return false
  // Arrows, Home and End go from tab to tab; letters mean nothing there.
  if (event.key.length > 1 && target.closest("[role=tablist]")) return false
  const near = outside[event.key]
  if (!near || (event.shiftKey && event.key.length > 1)) return false
  near(app)
  return true
}
