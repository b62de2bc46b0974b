/// What the page, the searcher and the worker that runs RegExp say to each other.
///
///   page ──► searcher ──► regexp        a worker each; both keep the text
///
/// The searcher is never busy, so that it can have a worker ended that is. The page starts
/// and ends that worker for it and knows nothing else of it: "new Worker" in a worker waits
/// for the page's thread, and in Firefox, with tools attached, sometimes for ever. The
/// searcher answers the page with what a server sends (SearchMessage, and frames of
/// matches).
import type { SearchMessage } from "../codec"
import type { Done, Engine, Limits } from "../wire"

/// Replaces [from, to) of the text before, in UTF-16 units; those of one message
/// ascend and do not overlap.
export interface TextEdit {
  from: number
  to: number
  insert: string
}

/// The text is another one: whole, or by its edits.
export type TextMessage = { type: "text"; text: string } | { type: "edit"; edits: readonly TextEdit[] }

/// What a run is for: its groups, its matches, or the time of the loop that a user
/// writes, `repeat` times.
export interface Purpose {
  op: "compile" | "search" | "measure"
  repeat: number
}

export interface SearchRequest {
  type: "search"
  /// A search, when it is absent.
  purpose?: Purpose
  version: number
  flags: string
  pattern: string
  engine: Engine
  /// Length of the text, in bytes of UTF-8.
  bytes: number
  limits: Pick<Limits, "matches" | "spans" | "budgetMs" | "maxBudgetMs">
}

export type ToSearcher =
  | TextMessage
  | SearchRequest
  | { type: "cancel" | "continue"; version: number }
  /// What runs is not wanted any more.
  | { type: "drop" }
  /// The page has dealt with a frame.
  | { type: "taken" }
  /// The worker of that number failed.
  | { type: "failed"; child: number; why: string }

/// What a searcher asks of the page besides: to start the worker that runs RegExp and to
/// hand it this port, after having ended the one before, or to end it.
export type ToStarter = { type: "spawn"; child: number; port: MessagePort } | { type: "kill" }

/// How a run ended; after a measurement with the step of the clock, in milliseconds.
export type Ended = Done & { clockMs?: number }

export type FromSearcher = Exclude<SearchMessage, Done> | Ended | Uint8Array<ArrayBuffer>

/// A place in a search to go on from: all matches before are known.
export interface Cursor {
  /// The RegExp's lastIndex, and the same in bytes.
  unit: number
  byte: number
  /// How many matches there are before.
  count: number
}

export interface RunRequest {
  type: "run"
  run: number
  purpose?: Purpose
  version: number
  flags: string
  pattern: string
  bytes: number
  from: Cursor
  budgetMs: number
  /// After how many matches and how many spans (see Limits) to pause.
  matches: number
  spans: number
}

export type ToRegExp = TextMessage | RunRequest | { type: "stop" } | { type: "taken" }

export interface GroupName {
  number: number
  name: string
}

/// Each names the run that it is about.
export type FromRegExp = { run: number } & (
  | { type: "ready"; groups: GroupName[] }
  | { type: "refused"; message: string }
  /// More is searched, with the time that the run has taken.
  | { type: "found"; frame: Uint8Array<ArrayBuffer>; cursor: Cursor; spentMs: number }
  | ({ type: "end"; cursor: Cursor; spentMs: number; clockMs?: number } & Ending)
)

export type Ending =
  /// All is searched, or the run was told to stop, or its time or its matches are
  /// spent.
  | { how: "over" | "stopped" | "timeout" | "matches" }
  /// The engine gives up, or fails.
  | { how: "limit" | "error"; message: string }

/// The text after the message.
export function nextText(text: string, message: TextMessage): string {
  if (message.type == "text") return message.text
  let next = ""
  let at = 0
  for (const { from, to, insert } of message.edits) {
    next += text.slice(at, from) + insert
    at = to
  }
  return next + text.slice(at)
}

/// The code of a pattern that RegExp refuses, in its own words and without a place.
export const RefusedCode = "refused"

/// How many frames may be on their way to the page. What finds more than it can take
/// fills one more, and waits then.
export const FramesAhead = 4
