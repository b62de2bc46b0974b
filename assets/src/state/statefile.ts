/// The page's state as a file: what a link says, of any length. docs/protocol.md has its form.
import { decode, encode, fromBase64Url, toBase64 } from "../codec"
import type { LinkState } from "./fragment"

/// The end of such a file's name.
export const StateSuffix = ".regexdbg.json"

const Format = "regexdbg state"
const Version = 1

// The parts that may have bytes that are not UTF-8; those are in base64, in a field whose name ends in _b64.
const texts = ["pattern", "replace", "list", "tests", "text"] as const
const names = ["flavor", "flags", "engine", "inputs"] as const

export function toStateFile(state: LinkState): string {
  const file: Record<string, string | number> = { format: Format, version: Version }
  for (const name of names) {
    const value = state[name]
    if (value !== undefined) file[name] = value
  }
  for (const name of texts) {
    const value = state[name]
    if (value === undefined) continue
    if (value.isWellFormed()) file[name] = value
    else file[`${name}_b64`] = toBase64(encode(value))
  }
  return JSON.stringify(file) + "\n"
}

/// Whether a file begins as one of these.
export function isStateFile(head: Uint8Array): boolean {
  return /^\s*\{\s*"format"\s*:\s*"regexdbg state"/.test(new TextDecoder().decode(head.subarray(0, 200)))
}

/// Reads such a file. Throws an Error that says what is wrong with it.
export function fromStateFile(bytes: Uint8Array): LinkState {
  const file = parse(bytes)
  const version = file["version"]
  if (typeof version != "number" || version < 1) throw new Error("it has no version")
  if (version > Version) throw new Error(`it has version ${version} of the format, and this page reads version ${Version}`)
  const known = new Set<string>(["format", "version", ...names, ...texts, ...texts.map((name) => `${name}_b64`)])
  for (const [key, value] of Object.entries(file)) {
    if (!known.has(key)) throw new Error(`it has a field ${JSON.stringify(key)}, which is none of this format`)
    if (key != "version" && typeof value != "string") throw new Error(`${key} has to be a string`)
  }
  const values = file as Record<string, string | undefined>
  const text = (name: string) => {
    const packed = values[`${name}_b64`]
    return packed === undefined ? values[name] : decode(unpack(name, packed))
  }
  const pattern = text("pattern")
  if (pattern === undefined) throw new Error("it has no pattern")
  const state: LinkState = { flavor: values["flavor"] ?? "", flags: values["flags"] ?? "", pattern, text: text("text") ?? "" }
  for (const name of ["engine", "inputs"] as const) if (values[name]) state[name] = values[name]
  for (const name of ["replace", "list", "tests"] as const) {
    const value = text(name)
    if (value !== undefined) state[name] = value
  }
  return state
}

function parse(bytes: Uint8Array): Record<string, unknown> {
  let file: unknown
  try {
    file = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    throw new Error("it is not JSON in UTF-8, or ends in the middle")
  }
  return file as Record<string, unknown> // it begins with a brace
}

function unpack(name: string, packed: string): Uint8Array {
  try {
    return fromBase64Url(packed)
  } catch {
    throw new Error(`${name}_b64 is not base64`)
  }
}
