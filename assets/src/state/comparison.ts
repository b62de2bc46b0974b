/// What engines find, compared, in words and signs.
import type { Class, ComparedEngine, Engine, Flavor } from "../wire"
import { duration, matchCount, plural } from "./format"

/// A letter for those that find the same; after Z come numbers.
export function className(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : String(index + 1)
}

/// The class of an engine, or -1 when it has found nothing to compare.
export function classOf(classes: readonly Class[], engine: number): number {
  return classes.findIndex(({ members }) => members.includes(engine))
}

export type Relation = "same" | "differs" | "unknown"

export function relation(classes: readonly Class[], a: number, b: number): Relation {
  const [x, y] = [classOf(classes, a), classOf(classes, b)]
  return x < 0 || y < 0 ? "unknown" : x == y ? "same" : "differs"
}

/// What an engine has found, in words.
export function resultOf({ outcome, count, message }: ComparedEngine): string {
  switch (outcome) {
    case "":
      return "running…"
    case "match":
      return matchCount(count)
    case "no-match":
      return "no match"
    case "refused":
      return "refuses the pattern"
    case "timeout":
      return `stopped in time, ${matchCount(count)} until then`
    case "limit":
      return `stopped at a limit, ${matchCount(count)} until then${message ? `: ${message}` : ""}`
  }
  return message ?? outcome
}

export function timeOf({ outcome, wallMs }: ComparedEngine): string {
  return ["match", "no-match", "timeout", "limit"].includes(outcome) ? duration(wallMs) : ""
}

/// The comparison in a sentence.
export function verdict(engines: readonly ComparedEngine[], classes: readonly Class[], done: boolean): string {
  const known = engines.filter(({ outcome }) => outcome != "").length
  if (known < engines.length) return `Comparing: ${known} of ${engines.length} engines are done.`
  const ran = classes.reduce((sum, { members }) => sum + members.length, 0)
  const others = engines.length - ran
  const rest = others > 0 ? ` ${plural(others, "engine")} did not run it.` : ""
  if (ran == 0) return "No engine runs this pattern."
  if (classes.length > 1) return `${plural(ran, "engine")}, ${classes.length} different results.${done ? "" : " Looking for what makes them differ…"}${rest}`
  return ran == 1 ? `One engine runs this pattern.${rest}` : `All ${plural(ran, "engine")} that ran find the same.${rest}`
}

/// A side as its engine and flags, which several sides may share but for one.
export function sideName({ engine, flags }: ComparedEngine): string {
  return flags == "" ? engine.name : `${engine.name} ${flags}`
}

/// The flags that an engine of the choice has of its own: "u" of "node:u".
export function ownFlags(spec: string): { name: string; flags: string } {
  const colon = spec.indexOf(":")
  return colon < 0 ? { name: spec, flags: "" } : { name: spec.slice(0, colon), flags: spec.slice(colon + 1) }
}

/// The flavors with the engines that a page compares and measures: the browser's own
/// RegExp is one of JavaScript's, the first.
export function withNative(flavors: readonly Flavor[], native: Engine): Flavor[] {
  return flavors.map((flavor) => (flavor.name == NativeFlavor ? { ...flavor, engines: [{ engine: native }, ...flavor.engines] } : flavor))
}

const NativeFlavor = "js"

/// The engines there are to choose from, by flavor.
export function engineNames(flavors: readonly Flavor[]): { here: string[]; missing: string[] } {
  const all = flavors.flatMap(({ engines }) => engines)
  return {
    here: all.filter(({ missing }) => !missing).map(({ engine }) => engine.name),
    missing: all.filter(({ missing }) => missing).map(({ engine }) => engine.name),
  }
}
