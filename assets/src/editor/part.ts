/// The pattern and what is said of it elsewhere on the page, in sync both ways:
/// the part of the pattern that a panel points at, and the place in the pattern
/// that the caret or the pointer is at.
import { type Extension, StateEffect, StateField } from "@codemirror/state"
import { Decoration, EditorView } from "@codemirror/view"
import { difference, mapSpan } from "../state"

export interface Part {
  from: number
  to: number
  /// The pattern that the positions are in.
  pattern: string
}

/// Marks a part, or none.
export const setPart = StateEffect.define<Part | undefined>()

const part = Decoration.mark({ class: "rx-part", inclusive: true })
// What has no width of its own: between two characters.
const place = Decoration.mark({ class: "rx-part rx-part-empty" })

const markedPart = StateField.define<{ from: number; to: number } | undefined>({
  create: () => undefined,
  update(marked, tr) {
    if (marked && tr.docChanged) marked = mapSpan(marked, tr.changes.desc)
    for (const effect of tr.effects) {
      if (!effect.is(setPart)) continue
      marked = effect.value && mapSpan(effect.value, difference(effect.value.pattern, tr.newDoc.toString()))
    }
    return marked
  },
  provide: (field) =>
    EditorView.decorations.from(field, (marked) => (view) => {
      if (!marked) return Decoration.none
      const { length } = view.state.doc
      const from = Math.min(marked.from, length)
      const to = Math.min(marked.to, length)
      if (from < to) return Decoration.set(part.range(from, to))
      if (length == 0) return Decoration.none
      return Decoration.set(from < length ? place.range(from, from + 1) : place.range(from - 1, from))
    }),
})

/// A place in the pattern: the position before the character that is meant.
export interface Place {
  pos: number
  by: "caret" | "pointer"
}

/// Marks parts, and tells where the pointer is; undefined when it is elsewhere.
export function parts(onPointer: (place: Place | undefined) => void): Extension {
  let last = -1
  const point = (pos: number) => {
    if (pos == last) return
    last = pos
    onPointer(pos < 0 ? undefined : { pos, by: "pointer" })
  }
  return [
    markedPart,
    EditorView.domEventHandlers({
      mousemove: ({ clientX, clientY, buttons }, view) => {
        if (buttons != 0) return
        const at = view.posAndSideAtCoords({ x: clientX, y: clientY })
        point(at ? (at.assoc < 0 ? at.pos - 1 : at.pos) : -1)
      },
      mouseleave: () => point(-1),
    }),
  ]
}
