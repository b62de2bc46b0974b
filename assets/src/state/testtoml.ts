/// Patterns and inputs of a file of tests as TOML: the same that regextest's
/// Write makes of them (docs/tests.md), which a test of both compares.
import type { TestInput, TestMatch, TestPattern } from "../wire"

/// A pattern's table, without its inputs and without a line end.
export function patternBlock(p: TestPattern): string {
  const lines = ["[[pattern]]"]
  if (p.name !== undefined) lines.push(key("name", p.name))
  lines.push(key("flavor", p.flavor))
  if (p.engine) lines.push(key("engine", p.engine))
  if (p.flags) lines.push(key("flags", p.flags))
  lines.push(key("pattern", p.pattern))
  if (p.replacement !== undefined) lines.push(key("replacement", p.replacement))
  lines.push(...budget(p))
  if (p.linear) lines.push("linear = true")
  return lines.join("\n")
}

/// An input's table, without a line end.
export function inputBlock(input: TestInput): string {
  const lines = ["[[pattern.input]]"]
  if (input.name !== undefined) lines.push(key("name", input.name))
  if (input.textBase64 !== undefined) lines.push(key("text_base64", input.textBase64))
  else lines.push(key("text", input.text))
  if (input.times !== undefined) lines.push(`times = ${input.times}`)
  if (input.match !== undefined) lines.push(`match = ${input.match}`)
  if (input.first) lines.push(`first = ${matchTable(input.first)}`)
  if (input.all && input.matches.length == 0) lines.push("matches = []")
  else if (input.all) lines.push("matches = [", ...input.matches.map((match) => `  ${matchTable(match)},`), "]")
  if (input.replaced !== undefined) lines.push(key("replaced", input.replaced))
  return [...lines, ...budget(input)].join("\n")
}

function budget({ steps, msPerMB }: Pick<TestPattern, "steps" | "msPerMB">): string[] {
  const lines: string[] = []
  if (steps !== undefined) lines.push(`steps = ${steps}`)
  if (msPerMB !== undefined) lines.push(`ms_per_mb = ${decimal(msPerMB)}`)
  return lines
}

// With a point, and never with an exponent, which JavaScript writes from 1e21 and
// below 1e-6 on.
function decimal(number: number): string {
  const [, digits, fraction = "", exponent] = /^([0-9]+)(?:\.([0-9]+))?(?:e([+-][0-9]+))?$/.exec(String(number))!
  const shift = Number(exponent ?? 0)
  let all = digits! + fraction
  let point = digits!.length + shift
  if (point <= 0) {
    all = "0".repeat(1 - point) + all
    point = 1
  }
  all = all.padEnd(point, "0")
  return `${all.slice(0, point)}.${all.slice(point) || "0"}`
}

function matchTable({ span, text, groups }: TestMatch): string {
  const parts: string[] = []
  if (span) parts.push(`span = ${spanText(span)}`)
  if (text !== undefined) parts.push(`text = ${line(text)}`)
  if (groups.length > 0) {
    const values = groups.map((g) => `${bareOrQuoted(g.key)} = ${g.none ? "[]" : g.span ? spanText(g.span) : line(g.text ?? "")}`)
    parts.push(`groups = { ${values.join(", ")} }`)
  }
  return `{ ${parts.join(", ")} }`
}

function spanText(span: readonly number[]): string {
  return `[${span[0]}, ${span[1]}]`
}

function key(name: string, value: string): string {
  return `${name} = ${text(value)}`
}

// As a person would: between single quotes, where a \ is a \; between three of them
// on several lines; and with escapes where it has to be.
function text(value: string): string {
  const s = value.toWellFormed()
  if ((s.includes("'") || s.includes("\n")) && !/[\x00-\x08\x0b-\x1f\x7f]/.test(s) && !s.includes("'''") && !s.endsWith("'")) {
    return s.includes("\n") ? `'''\n${s}'''` : `'''${s}'''`
  }
  return line(s)
}

function line(value: string): string {
  const s = value.toWellFormed()
  if (!/[\x00-\x08\x0a-\x1f\x7f']/.test(s)) return `'${s}'`
  const escaped = s.replace(/["\\\x00-\x1f\x7f]/g, (c) => {
    const known = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" }[c]
    return known ?? "\\u" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")
  })
  return `"${escaped}"`
}

function bareOrQuoted(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : line(key)
}
