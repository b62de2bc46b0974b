/// Patterns that teach something, each with a text on which it shows.
import type { Query } from "../wire"

export interface Example extends Query {
  title: string
  teaches: string
  text: string
  /// The panel that shows best what it is about.
  panel: string
}

export const examples: readonly Example[] = [
  {
    title: "Groups with names in a log",
    teaches: "Named groups, an optional part, and what a group that took no part looks like.",
    flavor: "go",
    flags: "m",
    pattern: String.raw`^(?P<time>\d\d:\d\d:\d\d) (?P<level>INFO|WARN|ERROR)(?: \[(?P<job>\w+)\])? (?P<message>.*)$`,
    text: "09:14:02 INFO [import] 120 rows read\n09:14:03 WARN disk is 91 % full\n09:14:07 ERROR [import] row 87: not a date: 2026-13-01\nthis line is none\n",
    panel: "matches",
  },
  {
    title: "Greedy or lazy",
    teaches: "Why a pattern takes too much: step through it, and make .* lazy or write what it may not cross.",
    flavor: "python",
    flags: "",
    pattern: String.raw`<b>(.*)</b>`,
    text: "one <b>bold</b> word, and <b>another</b> one\n",
    panel: "debug",
  },
  {
    title: "Lookaround: what stands beside it",
    teaches: "Prices without their currency, and no version numbers: conditions that take no characters.",
    flavor: "js",
    flags: "",
    pattern: String.raw`(?<=[$€] ?)\d+(?:[.,]\d\d)?(?![.\d])`,
    text: "The plan is $ 12.50 a month or €120 a year; version 2.10 is free, and so is $0.\n",
    panel: "explain",
  },
  {
    title: "Brackets inside brackets",
    teaches: "Recursion: the pattern calls itself, so that every bracket has its partner.",
    flavor: "pcre2",
    flags: "",
    pattern: String.raw`\((?:[^()]++|(?R))*\)`,
    text: "f(a, g(b, h(c)), d) and (one) but not (this\n",
    panel: "debug",
  },
  {
    title: "Dates the other way round",
    teaches: "A replacement with groups, live, in the syntax of the engine's own function.",
    flavor: "perl",
    flags: "",
    pattern: String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`,
    text: "from 2026-01-31 to 2026-02-28\n",
    panel: "replace",
  },
  {
    title: "The same pattern, another engine",
    teaches: "What \\d, \\w and $ match differs from engine to engine: Compare says where, and why.",
    flavor: "dotnet",
    flags: "",
    pattern: String.raw`^\w+: \d+$`,
    text: "größe: ٤٢\n",
    panel: "compare",
  },
  {
    title: "A catastrophe",
    teaches: "Two repeats that share their letters: each letter more doubles the work. The page stays quick; see who multiplies whom, and mend it.",
    flavor: "python",
    flags: "",
    pattern: String.raw`^(\w+\s?)+$`,
    text: "this line ends in something that is no letter!\n",
    panel: "debug",
  },
]
