/// The numbers and names of a pattern's groups. RegExp tells how many there are and
/// which names, but not which number a name has; that is where it is written.
import type { GroupName } from "./messages"

/// The groups of a pattern that RegExp has taken. The names are left out where they
/// are not those that RegExp found.
export function groupsOf(pattern: string, flags: string): GroupName[] {
  // The empty alternative matches at once, whatever the pattern is, and the result
  // has all groups.
  const empty = new RegExp("|" + pattern, flags.replace(/[gy]/g, "")).exec("")!
  const names = written(pattern, flags.includes("v"))
  const known = new Set(Object.keys(empty.groups ?? {}))
  const good = names.length == empty.length && new Set(names.filter((name) => name != "")).size == known.size
  return Array.from(empty, (_, number) => {
    const name = good ? names[number]! : ""
    return { number, name: known.has(name) ? name : "" }
  })
}

// The names by number, "" for those without. Only what opens a group and what hides
// a parenthesis has to be seen in a pattern that is known to be valid.
function written(pattern: string, nested: boolean): string[] {
  const names = [""]
  let depth = 0 // of classes, which are nested with the flag v alone
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]
    if (c == "\\") i++
    else if (c == "[" && (depth == 0 || nested)) depth++
    else if (c == "]" && depth > 0) depth--
    else if (c == "(" && depth == 0) {
      const name = /^\(\?<([^=!>][^>]*)>/.exec(pattern.slice(i, i + MaxName))
      if (name) names.push(unescaped(name[1]!))
      else if (pattern[i + 1] != "?") names.push("")
    }
  }
  return names
}

// Looking further for the end of a name would make a long pattern cost the square
// of its length. A longer name is left out, with the others.
const MaxName = 1000

function unescaped(name: string): string {
  // A pair of escapes is one character, as two units of a string are.
  return name.replace(/\\u(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{4}))/g, (_, point: string | undefined, unit: string) =>
    point ? String.fromCodePoint(parseInt(point, 16)) : String.fromCharCode(parseInt(unit, 16)),
  )
}
