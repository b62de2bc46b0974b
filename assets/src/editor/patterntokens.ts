/// Colours the pattern by what its parts are for, as the server's parser says, and
/// shows the other half of the bracket at the caret. Until the analysis of an edit
/// comes, the colours move with the text.
import { type ChangeDesc, type EditorState, type Extension, type Range, RangeSet, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view"
import { type Span, type Tokens, difference, mapSpan } from "../state"
import { groupClass } from "./drawing"
import { onScreen, setOnScreen } from "./onscreen"

/// Patterns of more tokens stay plain: they are data, not reading matter.
const TokenLimit = 20_000

/// With more tokens only what is on screen has colours, and there the inside of classes
/// has one: each piece of text costs its layout and painting at every key, 10 ms for the
/// 1,000 pieces of a pattern of 2,000 characters.
const PieceLimit = 600

/// With more capture groups their numbers are left out: laying out 70 of them and
/// painting them takes 4 ms of each key.
const NumberLimit = 40

interface Shown {
  tokens: Tokens | undefined
  /// From the pattern of the tokens to the present one; absent when they are one.
  changes: ChangeDesc | undefined
  /// What is on screen; absent before that is known.
  screen: Span | undefined
  colors: DecorationSet
}

/// The tokens of a pattern, which may be an older one.
export const setTokens = StateEffect.define<{ tokens: Tokens; pattern: string }>()

const shownTokens = StateField.define<Shown>({
  create: () => ({ tokens: undefined, changes: undefined, screen: undefined, colors: Decoration.none }),
  update(shown, tr) {
    if (tr.docChanged) {
      const { desc } = tr.changes
      const changes = shown.tokens && (shown.changes?.composeDesc(desc) ?? desc)
      const screen = shown.screen && { from: desc.mapPos(shown.screen.from, -1), to: desc.mapPos(shown.screen.to, 1) }
      shown = { ...shown, changes, screen, colors: shown.colors.map(desc) }
    }
    for (const effect of tr.effects) {
      if (effect.is(setTokens)) {
        const { tokens, pattern } = effect.value
        shown = withColors({ ...shown, tokens, changes: difference(pattern, tr.newDoc.toString()) })
      } else if (effect.is(setOnScreen)) {
        shown = { ...shown, screen: effect.value }
        if (shown.tokens && shown.tokens.count > PieceLimit) shown = withColors(shown)
      }
    }
    return shown
  },
  provide: (field) => [
    EditorView.decorations.from(field, (shown) => shown.colors),
    EditorView.decorations.compute([field, "selection"], (state) => {
      const { tokens, changes } = state.field(field)
      const { main } = state.selection
      if (!tokens || !main.empty) return Decoration.none
      const brackets = tokens.bracketsAt(changes ? changes.invertedDesc.mapPos(main.head, -1) : main.head)
      if (!brackets) return Decoration.none
      const spans = brackets.map((token) => mapSpan({ from: tokens.from(token), to: tokens.to(token) }, changes))
      return Decoration.set(
        spans.filter(({ from, to }) => from < to).map(({ from, to }) => bracket.range(from, to)),
        true,
      )
    }),
  ],
})

/// Whether a position is in a class, as far as is known.
export function inClassAt(state: EditorState, pos: number): boolean {
  const { tokens, changes } = state.field(shownTokens)
  return tokens?.inClass(changes ? changes.invertedDesc.mapPos(pos, -1) : pos) ?? false
}

const bracket = Decoration.mark({ class: "rx-bracket" })

// By kind of token; a kind that is not here has the colour of plain text.
const classes: Record<string, string> = {
  escape: "rx-escape",
  "class-escape": "rx-set",
  anchor: "rx-anchor",
  "group-open": "rx-group",
  "group-close": "rx-group",
  alternation: "rx-operator",
  "class-open": "rx-class",
  "class-close": "rx-class",
  "class-operator": "rx-class",
  repeat: "rx-operator",
  reference: "rx-reference",
  flags: "rx-mode",
  verb: "rx-mode",
  quote: "rx-mode",
  comment: "rx-comment",
  space: "rx-comment",
  error: "rx-error",
}

/// The class of a kind of tokens, or "".
export function tokenClass(kind: string): string {
  return classes[kind] ?? ""
}

// With the colours of its tokens.
function withColors(shown: Shown): Shown {
  const { tokens, changes, screen } = shown
  if (!tokens) return shown
  const inverted = changes?.invertedDesc
  const part = screen && inverted ? { from: inverted.mapPos(screen.from, -1), to: inverted.mapPos(screen.to, 1) } : screen
  const colors = colorsOf(tokens, tokens.count > PieceLimit ? part : undefined)
  return { ...shown, colors: changes ? colors.map(changes) : colors }
}

// The colours of the tokens that touch a span, or of all.
function colorsOf(tokens: Tokens, part: Span | undefined): DecorationSet {
  if (tokens.count > TokenLimit) return Decoration.none
  const ranges: Range<Decoration>[] = []
  const numbered = tokens.captures <= NumberLimit
  let depth = 0 // of classes in classes
  let from = 0
  let last = ""
  // Neighbours that look the same are one mark.
  const close = (to: number) => {
    if (last != "" && from < to) ranges.push(colored(last).range(from, to))
  }
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kind(i)
    if (kind == "class-open") depth++
    const plain = part !== undefined && (tokens.to(i) <= part.from || tokens.from(i) >= part.to)
    const coarse = depth > 0 && tokens.count > PieceLimit
    const look = plain ? "" : [coarse ? "" : (classes[kind] ?? ""), depth > 0 ? "rx-in-class" : ""].join(" ").trim()
    const group = plain ? 0 : tokens.group(i)
    if (kind == "class-close") depth = Math.max(0, depth - 1)
    if (group > 0 || look != last) {
      close(tokens.from(i))
      from = tokens.from(i)
      last = look
    }
    if (group == 0) continue
    last = ""
    ranges.push(parenthesis(group, kind == "group-open" && numbered).range(tokens.from(i), tokens.to(i)))
  }
  if (tokens.count > 0) close(tokens.to(tokens.count - 1))
  return RangeSet.of(ranges)
}

const marks = new Map<string, Decoration>()

function colored(className: string): Decoration {
  let mark = marks.get(className)
  if (!mark) marks.set(className, (mark = Decoration.mark({ class: className })))
  return mark
}

// A parenthesis of a capture group, in the group's colours; the number stands
// above the first.
function parenthesis(group: number, numbered: boolean): Decoration {
  const key = `${group} ${numbered}`
  let mark = marks.get(key)
  if (!mark) {
    const className = `rx-capture ${groupClass(group)}`
    mark = Decoration.mark({ class: className, ...(numbered && { attributes: { "data-capture": String(group) } }) })
    marks.set(key, mark)
  }
  return mark
}

export const patternTokens: Extension = [shownTokens, onScreen]
