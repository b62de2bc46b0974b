/// Colours the pattern by a plain scan that fits every flavor: escapes, classes,
/// groups, quantifiers and the rest. It helps reading and decides nothing; what a
/// pattern means is the engine's word.
import { type Range } from "@codemirror/state"
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view"

/// Longer patterns stay plain: they are data, not reading matter.
const ColorLimit = 20_000

const escape = String.raw`\\(?:[pP]\{[^}]*\}|x\{[^}]*\}|x[0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|k<[^>]*>|Q|E|[^])`
const token = new RegExp(
  [
    `(?<escape>${escape})`,
    String.raw`(?<class>\[\^?\]?(?:\[:\^?\w+:\]|${escape}|[^\]\\])*\]?)`,
    String.raw`(?<group>\((?:\?(?:P?<[A-Za-z_]\w*>|'\w+'|<?[=!]|[>|]|[a-zA-Z]*(?:-[a-zA-Z]+)?[:)]|#[^)]*\)))?|\))`,
    String.raw`(?<repeat>[*+?][?+]?|\{\d*,?\d*\}[?+]?)`,
    String.raw`(?<anchor>[\^$.|])`,
  ].join("|"),
  "gu",
)

const marks = Object.fromEntries(
  ["escape", "class", "group", "repeat", "anchor"].map((name) => [name, Decoration.mark({ class: `rx-${name}` })]),
)

function colors(view: EditorView): DecorationSet {
  const { doc } = view.state
  if (doc.length > ColorLimit) return Decoration.none
  const ranges: Range<Decoration>[] = []
  for (const match of doc.toString().matchAll(token)) {
    const name = Object.entries(match.groups!).find(([, text]) => text !== undefined)![0]
    ranges.push(marks[name]!.range(match.index, match.index + match[0].length))
  }
  return Decoration.set(ranges)
}

export const patternColors = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = colors(view)
    }
    update(update: ViewUpdate): void {
      if (update.docChanged) this.decorations = colors(update.view)
    }
  },
  { decorations: (value) => value.decorations },
)
