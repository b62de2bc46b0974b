/// Characters that cannot be seen, as small labelled boxes. Controls, characters
/// of no width and bytes that are not UTF-8 are always shown: they decide whether
/// a pattern matches. Spaces, tabs, no-break spaces and line ends only on demand.
import { Compartment, type Extension, Prec, type Range } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view"

const Names: Record<number, string> = {
  0x00: "NUL",
  0x07: "BEL",
  0x08: "BS",
  0x0b: "VT",
  0x0c: "FF",
  0x0d: "CR",
  0x1b: "ESC",
  0x7f: "DEL",
  0x85: "NEL",
  0xa0: "NBSP",
  0xad: "SHY",
  0x200b: "ZWSP",
  0x200c: "ZWNJ",
  0x200d: "ZWJ",
  0x200e: "LRM",
  0x200f: "RLM",
  0x2028: "LS",
  0x2029: "PS",
  0x202f: "NNBSP",
  0x2060: "WJ",
  0xfeff: "BOM",
}

const controls = "\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f"
const noWidth = "\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb"
// With the u flag these ranges hold lone surrogates only, never halves of a pair.
const lone = "\\ud800-\\udfff"
const blanks = "\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000"
const always = new RegExp(`[${controls}${noWidth}${lone}]`, "gu")
const all = new RegExp(`[${controls}${noWidth}${lone}${blanks}\\t]| +`, "gu")
const inLists = new RegExp(`[${controls}${noWidth}${lone}${blanks}\\t\\n]`, "gu")

/// The label of an invisible character: a name, a byte, or its code point.
export function label(code: number): string {
  const name = Names[code]
  if (name) return name
  if (code >= 0xdc80 && code <= 0xdcff) return "\\x" + hex(code - 0xdc00, 2)
  return code < 0x100 ? "\\x" + hex(code, 2) : "U+" + hex(code, 4)
}

function hex(n: number, digits: number): string {
  return n.toString(16).toUpperCase().padStart(digits, "0")
}

export type Piece = string | { label: string }

/// A text for one line of a list: plain parts, and labels for what cannot be seen.
export function visiblePieces(text: string): Piece[] {
  const out: Piece[] = []
  let from = 0
  for (const match of text.matchAll(inLists)) {
    if (match.index > from) out.push(text.slice(from, match.index))
    from = match.index + match[0].length
    out.push({ label: match[0] == "\n" ? "↵" : match[0] == "\t" ? "⇥" : label(match[0].codePointAt(0)!) })
  }
  if (from < text.length) out.push(text.slice(from))
  return out
}

class Box extends WidgetType {
  constructor(readonly label: string) {
    super()
  }
  override eq(other: Box): boolean {
    return other.label == this.label
  }
  toDOM(): HTMLElement {
    const dom = document.createElement("span")
    dom.className = "inv"
    dom.textContent = this.label
    return dom
  }
  override ignoreEvent(): boolean {
    return false
  }
}

const boxes = new Map<number, Decoration>()

function box(code: number): Decoration {
  let deco = boxes.get(code)
  if (!deco) boxes.set(code, (deco = Decoration.replace({ widget: new Box(label(code)) })))
  return deco
}

const space = Decoration.mark({ class: "inv-space" })
const tab = Decoration.mark({ class: "inv-tab" })

function build(view: EditorView, visible: RegExp): DecorationSet {
  const ranges: Range<Decoration>[] = []
  for (const { from, to } of view.visibleRanges) {
    for (const match of view.state.sliceDoc(from, to).matchAll(visible)) {
      const at = from + match.index
      const code = match[0].codePointAt(0)!
      const deco = code == 0x20 ? space : code == 0x09 ? tab : box(code)
      ranges.push(deco.range(at, at + match[0].length))
    }
  }
  return Decoration.set(ranges)
}

function plugin(visible: RegExp): Extension {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = build(view, visible)
      }
      update(update: ViewUpdate): void {
        if (update.docChanged || update.viewportChanged) this.decorations = build(update.view, visible)
      }
    },
    { decorations: (value) => value.decorations },
  )
}

// Of the highest precedence, so that the marks of matches and groups are drawn
// around the boxes.
const compartment = new Compartment()
const shown = [Prec.highest(plugin(all)), EditorView.editorAttributes.of({ class: "show-invisibles" })]
const hidden = Prec.highest(plugin(always))

export function invisibles(everything: boolean): Extension {
  return compartment.of(everything ? shown : hidden)
}

export function showInvisibles(everything: boolean) {
  return compartment.reconfigure(everything ? shown : hidden)
}
