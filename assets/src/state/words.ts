/// The state of the search in words.
import {
  OutcomeCancelled,
  OutcomeError,
  OutcomeLimit,
  OutcomeMatch,
  OutcomeNoMatch,
  OutcomeTimeout,
  type Done,
} from "../wire"
import { engineLabel } from "./engines"
import { duration, matchCount, plural, size } from "./format"
import type { Status } from "./search"

export interface Words {
  outcome: string
  details: string[]
}

export function sentence(status: Status, offline: boolean, loading: string | undefined): Words {
  if (loading !== undefined) return { outcome: `Loading ${loading}…`, details: [] }
  if (offline) {
    return { outcome: "Not connected", details: ["what you type is kept; results are from before, and may be out of date"] }
  }
  switch (status.phase) {
    case "idle":
      return { outcome: "No pattern", details: ["type a regular expression"] }
    case "invalid":
      return { outcome: "Not valid", details: engine(status) }
    case "no-engine":
      return { outcome: "No engine", details: [status.missing!] }
    case "waiting":
      return { outcome: "Waiting for a free worker…", details: [] }
    case "pending":
    case "running":
      return { outcome: status.cancelling ? "Cancelling…" : "Searching…", details: [] }
    case "done":
      return finished(status, status.done!)
  }
}

/// What is known of matches when a search has ended without one: only one that has
/// seen all of the text knows that there is none.
export function withoutMatch(done: Done): string {
  if (done.outcome == OutcomeNoMatch) return "No match in the text."
  const known = done.searched > 0 ? `There is no match in the first ${size(done.searched)}; what follows was not searched.` : "Whether there is a match is not known."
  return `${outcome(done)}. ${known}`
}

function finished(status: Status, done: Done): Words {
  const details: string[] = []
  if (done.outcome != OutcomeMatch && done.outcome != OutcomeNoMatch) {
    details.push(matchCount(done.count))
    if (done.searched < done.bytes) details.push(`searched ${size(done.searched)} of ${size(done.bytes)}`)
  }
  const unknown = status.native ? " (no CPU time: browsers do not tell)" : ""
  const cpu = done.cpuMs === undefined ? unknown : ` (CPU ${duration(done.cpuMs)})`
  details.push(duration(done.wallMs) + cpu)
  // The engine's own limit, in its words; others can be gone beyond.
  if (done.outcome == OutcomeLimit && !done.canContinue && done.message) details.push(done.message)
  // Worth a word once a person would notice it.
  if (done.queueMs >= 100) details.push(`waited ${duration(done.queueMs)}`)
  return { outcome: outcome(done), details: [...details, ...engine(status)] }
}

function outcome(done: Done): string {
  switch (done.outcome) {
    case OutcomeMatch:
      return matchCount(done.count)
    case OutcomeNoMatch:
      return "No match"
    case OutcomeTimeout:
      return "Timed out"
    case OutcomeLimit:
      return "Limit reached"
    case OutcomeCancelled:
      return "Cancelled"
    case OutcomeError:
      return "Error"
    default:
      return plural(done.count, "match", "matches")
  }
}

function engine({ engine }: Status): string[] {
  return engine && engine.name != "" ? [engineLabel(engine)] : []
}
