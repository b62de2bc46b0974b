/// What stands in the place of a match: the same as regex/replace's Expander in Go;
/// a test compares the two.
import { decode, fromBase64Url } from "../codec"
import type { Template, TemplatePart } from "../wire"
import { applyCase, otherCase } from "./casing"

/// A match and the text around it, in UTF-16 units; groups are by number.
export interface Matched {
  start(group: number): number // -1 where it took no part
  end(group: number): number
  slice(from: number, to: number): string
  length: number // of the text
}

/// Expands the matches of one search, in their order: PCRE2's \U without \E goes on
/// in the replacement of the next match.
export class Expander {
  private readonly parts: readonly TemplatePart[]
  private readonly utf: boolean
  private readonly states: boolean
  private match!: Matched
  private out = ""
  // For the next character, and for those behind it.
  private now = "none"
  private then = "none"

  /// `last` is the highest number of a group.
  constructor(
    { parts, utf }: Pick<Template, "parts" | "utf">,
    private readonly last: number,
  ) {
    this.parts = parts
    this.utf = utf
    this.states = hasState(parts)
  }

  expand(match: Matched): string {
    this.match = match
    this.out = ""
    this.add(this.parts)
    return this.out
  }

  private add(parts: readonly TemplatePart[]): void {
    for (const part of parts) {
      switch (part.kind) {
        case "state":
          this.now = part.case ?? "none"
          this.then = this.now == "first-upper" || this.now == "first-lower" ? "none" : this.now
          break
        case "case": {
          const before = this.out
          this.out = ""
          this.add(part.parts ?? [])
          this.out = before + applyCase(part.case ?? "none", this.out)
          break
        }
        case "if":
          this.add((this.took(part) >= 0 ? part.parts : part.else) ?? [])
          break
        case "default":
          if (this.took(part) >= 0) this.write(this.stands(part))
          else this.add(part.else ?? [])
          break
        default:
          this.write(this.stands(part))
      }
    }
  }

  // The first of a part's groups that took part, or -1.
  private took({ groups }: TemplatePart): number {
    for (const group of groups ?? []) if (this.match.start(group) >= 0) return group
    return -1
  }

  private stands(part: TemplatePart): string {
    const { match } = this
    switch (part.kind) {
      case "text":
        return part.textBase64 ? decode(fromBase64Url(part.textBase64)) : (part.text ?? "")
      case "before":
        return match.slice(0, match.start(0))
      case "after":
        return match.slice(match.end(0), match.length)
      case "input":
        return match.slice(0, match.length)
      case "last":
        for (let group = this.last; group > 0; group--) if (match.start(group) >= 0) return this.group(group)
        return ""
    }
    const group = this.took(part)
    return group < 0 ? "" : this.group(group)
  }

  private group(group: number): string {
    return this.match.slice(this.match.start(group), this.match.end(group))
  }

  private write(text: string): void {
    if (!this.states || this.now == "none") {
      this.out += text
      return
    }
    let at = 0
    for (const char of text) {
      if (this.now == "none") break
      this.out += otherCase(char, this.now == "upper" || this.now == "first-upper", this.utf)
      at += char.length
      this.now = this.then
    }
    this.out += text.slice(at)
  }
}

function hasState(parts: readonly TemplatePart[]): boolean {
  return parts.some((part) => part.kind == "state" || hasState(part.parts ?? []) || hasState(part.else ?? []))
}
