/// Everything that is to be said against a pattern, and where it is said: what
/// the engine refuses it for in the alert, the rest in a list.
import type { Analysis, Diagnostic, Fix, Warnings } from "../wire"
import { type About, sameQuery } from "./analysis"
import type { Status } from "./search"

export interface Problem {
  diagnostic: Diagnostic
  /// The pattern that its positions are in; newer keys may have been typed since.
  pattern: string
}

export interface Problems {
  /// Underlined in the pattern.
  marked: readonly Problem[]
  /// Listed below it: all that the alert does not say.
  listed: readonly Problem[]
}

export interface Known {
  /// The search, as it is on screen.
  status: Pick<Status, "query" | "phase">
  /// What the alert says.
  error: Diagnostic | undefined
  analysis: About<Pick<Analysis, "errors">> | undefined
  warnings: About<Pick<Warnings, "warnings">> | undefined
}

export function findProblems({ status, error, analysis, warnings }: Known): Problems {
  const about = (query: { pattern: string }) => (diagnostic: Diagnostic): Problem => ({ diagnostic, pattern: query.pattern })
  const errors = analysis?.msg.errors ?? []
  const hints = errors.length == 0 && warnings ? warnings.msg.warnings.map(about(warnings.query)) : []
  const alerted = error && status.query ? [about(status.query)(error)] : []
  if (!analysis) return { marked: [...alerted, ...hints], listed: hints }
  const judged = status.query && sameQuery(status.query, analysis.query)
  const problem = about(analysis.query)
  // The parser is quicker: the engine's word comes a moment later.
  if (!judged) return { marked: [...errors.map(problem), ...hints], listed: hints }
  if (status.phase == "running" || status.phase == "done") {
    const doubts = errors.map((e) => problem(doubt(e)))
    return { marked: [...doubts, ...hints], listed: [...doubts, ...hints] }
  }
  const others = error ? errors.filter((e) => e != error && !touch(e.span, error.span)) : errors
  const more = others.map(problem)
  const known = status.phase == "invalid" || status.phase == "no-engine"
  return { marked: [...alerted, ...more, ...hints], listed: known ? [...more, ...hints] : hints }
}

/// An engine's error without a place, at the place where the parser finds the pattern
/// wrong: the engine has the word, the parser knows where and what to write instead.
export function placed(error: Diagnostic, errors: readonly Diagnostic[]): Diagnostic {
  const seen = errors[0]
  return seen ? { ...seen, message: error.message, severity: error.severity } : error
}

/// Whether these are the same ones, said of the same patterns.
export function sameProblems(a: readonly Problem[], b: readonly Problem[]): boolean {
  return a.length == b.length && a.every(({ diagnostic, pattern }, i) => diagnostic == b[i]!.diagnostic && pattern == b[i]!.pattern)
}

/// What can be written instead: the engine does not say, the parser may.
export function fixOf(error: Diagnostic, analysis: Known["analysis"]): Fix | undefined {
  return error.fix ?? analysis?.msg.errors.find((e) => e.fix && touch(e.span, error.span))?.fix
}

// The engine decides: what it takes is no error, whatever the parser says.
function doubt(error: Diagnostic): Diagnostic {
  const message = `The engine takes this, but this program's own parser does not: ${error.message}`
  return { ...error, severity: "hint", message }
}

function touch(a: { from: number; to: number }, b: { from: number; to: number }): boolean {
  return a.from <= b.to && b.from <= a.to
}

/// How many there are of each severity, in words.
export function countOf(problems: readonly Problem[]): string {
  const count = new Map<string, number>()
  for (const { diagnostic } of problems) count.set(diagnostic.severity, (count.get(diagnostic.severity) ?? 0) + 1)
  return ["error", "warning", "hint"]
    .filter((severity) => count.has(severity))
    .map((severity) => `${count.get(severity)} ${severity}${count.get(severity) == 1 ? "" : "s"}`)
    .join(", ")
}
