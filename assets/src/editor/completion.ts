/// Completion in the pattern: a list of what could be typed next, which takes no
/// key that means something else as long as nothing in it has been chosen.
import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  acceptCompletion,
  autocompletion,
  closeCompletion,
  completionStatus,
  moveCompletionSelection,
  startCompletion,
} from "@codemirror/autocomplete"
import { type Extension, Prec } from "@codemirror/state"
import { keymap } from "@codemirror/view"
import { type Sources, type Suggestion, placeOf, suggestions } from "../state"
import { placeInfo } from "./completioninfo"
import { inClassAt } from "./patterntokens"

/// What the page knows, once it is here.
export type Known = Omit<Sources, "inClass" | "after">

// More is scrolled by nobody.
const Most = 300

export function completion(known: () => Promise<Known | undefined>): Extension {
  return completionFrom((context) => complete(context, known))
}

/// The list of a source, with the keys of every list here.
export function completionFrom(source: CompletionSource): Extension {
  return [
    autocompletion({
      override: [source],
      // Enter and Tab keep their meaning until an arrow has chosen something.
      selectOnOpen: false,
      interactionDelay: 0,
      defaultKeymap: false,
      icons: false,
      maxRenderedOptions: Most,
      tooltipClass: () => "completions",
      positionInfo: (view, list, option, info, space) =>
        placeInfo(list, option, info, space, view.coordsAtPos(view.state.selection.main.head)),
    }),
    Prec.highest(
      keymap.of([
        { key: "Ctrl-Space", run: startCompletion },
        { key: "ArrowDown", run: moveCompletionSelection(true) },
        { key: "ArrowUp", run: moveCompletionSelection(false) },
        { key: "PageDown", run: moveCompletionSelection(true, "page") },
        { key: "PageUp", run: moveCompletionSelection(false, "page") },
        { key: "Enter", run: acceptCompletion },
        { key: "Tab", run: acceptCompletion },
        // It cancels no search while it closes the list.
        { key: "Escape", run: (view) => completionStatus(view.state) !== null && closeCompletion(view), stopPropagation: true },
      ]),
    ),
  ]
}

async function complete(context: CompletionContext, known: () => Promise<Known | undefined>): Promise<CompletionResult | null> {
  const { state, pos } = context
  const before = state.sliceDoc(Math.max(0, pos - 200), pos)
  const inClass = inClassAt(state, pos)
  const place = placeOf(before, inClass)
  if (!place) return null
  const sources = await known()
  if (!sources || context.aborted) return null
  const after = state.sliceDoc(pos, pos + 2)
  const options = suggestions(place, { ...sources, inClass, after }).slice(0, Most).map(option)
  if (options.length == 0) return null
  return { from: pos - place.typed.length, options, filter: false }
}

function option(suggestion: Suggestion): Completion {
  const { label, detail, info, insert, caret } = suggestion
  return {
    label,
    detail,
    ...(info.length > 0 && { info: () => words(info) }),
    apply: (view, _, from, to) => {
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + caret },
        userEvent: "input.complete",
        scrollIntoView: true,
      })
      // The braces of \p{} and the like want a name next.
      if (caret < insert.length) startCompletion(view)
    },
  }
}

function words(info: readonly string[]): HTMLElement {
  const dom = document.createElement("div")
  for (const sentence of info) {
    const p = document.createElement("p")
    p.textContent = sentence
    dom.append(p)
  }
  return dom
}
