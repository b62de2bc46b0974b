/// The page's state as the fragment of a link (design, section 7).
///
///   #flavor=go&flags=i&pattern=...&text=...   values percent-encoded
///   #z=...                                    the same, deflated, base64url
///   ...&saved=ID                              instead of text: kept in this browser
///   ...&panel=debug&step=N                 the Debug tab at that step
///   ...&engine=NAME                           of the flavor's engines, unless it is the first
///   ...&replace=TEXT&list=SEP             the replacement; what is between its results in a list
///   ...&tests=TOML                            the file of tests; the page keeps its own without it
///   ...&panel=tests                           the Tests tab
///   ...&inputs=lines                          the text is many inputs; or "set"
///
/// Values are the percent-encoded *bytes* of the text, so that bytes that are
/// not UTF-8 survive in a link as well.
import { decode, encode, fromBase64Url, toBase64Url } from "../codec"
import { InputsLines, InputsSet } from "../wire"

export interface LinkState {
  flavor: string
  flags: string
  pattern: string
  /// The engine that is to run it; absent for the flavor's first.
  engine?: string
  /// The replacement, and what is between the parts of the result that is a list;
  /// absent for none, and for a result that is no list.
  replace?: string
  list?: string
  /// The step of the debugger, whose tab is open; absent when another one is.
  step?: number
  /// The file of tests; absent when the link says nothing of one.
  tests?: string
  /// How the text is many inputs; absent for one document.
  inputs?: string
  /// Whether the Tests tab is open.
  testing?: boolean
  /// Absent when the text is not in the link; see `saved`.
  text?: string
  /// Under which name this browser keeps the text.
  saved?: string
  /// What a link that was read says besides, of which the page understands nothing: its parts as they are in it.
  unread?: string[]
}

/// Longer fragments are compressed. 2,000 is what mail programs and chats carry
/// without cutting a link.
export const PlainLimit = 2000

/// The longest fragment. Browsers take megabytes, but the address is copied on
/// every navigation and shown in history: 100 KB is where that starts to be felt.
export const FragmentLimit = 100_000

/// A longer text (in UTF-16 units) need not even be tried: compressing it at every
/// pause in the typing costs more than a frame, and few such texts would fit.
export const TryLimit = 256 * 1024

/// The fragment of a state, without "#"; undefined when it exceeds FragmentLimit.
export async function toFragment(state: LinkState): Promise<string | undefined> {
  const plain = toQuery(state)
  if (plain.length <= PlainLimit) return plain
  const packed = "z=" + toBase64Url(await pipe(new TextEncoder().encode(plain), new CompressionStream("deflate-raw")))
  return packed.length <= FragmentLimit ? packed : undefined
}

/// The state that a fragment (with or without "#") says, or undefined when that is
/// empty. Throws an Error that says what is wrong with it when it cannot be read.
export async function fromFragment(fragment: string): Promise<LinkState | undefined> {
  const query = fragment.replace(/^#/, "")
  if (query == "") return undefined
  return fromQuery(query.startsWith("z=") ? await unpack(query.slice(2)) : query)
}

async function unpack(packed: string): Promise<string> {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = fromBase64Url(packed)
  } catch {
    throw new Error("what is behind z= is not base64url")
  }
  try {
    const query = await pipe(bytes, new DecompressionStream("deflate-raw"))
    return new TextDecoder("utf-8", { fatal: true }).decode(query)
  } catch {
    throw new Error("what is behind z= was changed, or ends in the middle")
  }
}

function toQuery(state: LinkState): string {
  let query = `flavor=${quote(state.flavor)}&flags=${quote(state.flags)}&pattern=${quote(state.pattern)}`
  if (state.engine !== undefined) query += `&engine=${quote(state.engine)}`
  if (state.replace !== undefined) query += `&replace=${quote(state.replace)}`
  if (state.list !== undefined) query += `&list=${quote(state.list)}`
  if (state.step !== undefined) query += `&panel=debug&step=${state.step}`
  if (state.testing) query += "&panel=tests"
  if (state.inputs !== undefined) query += `&inputs=${quote(state.inputs)}`
  if (state.tests !== undefined) query += `&tests=${quote(state.tests)}`
  if (state.text !== undefined) query += `&text=${quote(state.text)}`
  if (state.saved !== undefined) query += `&saved=${quote(state.saved)}`
  return query
}

// A link that has none of these says no state.
const stateKeys = ["flavor", "flags", "pattern", "engine", "replace", "list", "tests", "text", "saved"]

function fromQuery(query: string): LinkState {
  const values = new Map<string, string>()
  const parts = new Map<string, string>() // as they are in the link, by their keys
  const unread: string[] = []
  for (const part of query.split("&")) {
    const at = part.indexOf("=")
    const key = part.slice(0, Math.max(at, 0))
    if (![...stateKeys, "panel", "step", "inputs"].includes(key)) {
      if (part != "") unread.push(part)
      continue
    }
    if (parts.has(key)) unread.push(parts.get(key)!) // the last one counts
    parts.set(key, part)
    values.set(key, unquote(part.slice(at + 1)))
  }
  if (!stateKeys.some((key) => values.has(key))) throw new Error("it has neither pattern= nor another part of a state")
  const state: LinkState = {
    flavor: values.get("flavor") ?? "",
    flags: values.get("flags") ?? "",
    pattern: values.get("pattern") ?? "",
  }
  const engine = values.get("engine")
  if (engine) state.engine = engine
  const replace = values.get("replace")
  if (replace !== undefined) state.replace = replace
  const list = values.get("list")
  if (list !== undefined) state.list = list
  const panel = values.get("panel") ?? ""
  const step = values.get("step") ?? "0"
  if (!["", "debug", "tests"].includes(panel)) unread.push(parts.get("panel")!)
  if (panel == "debug" && /^\d+$/.test(step) && Number.isSafeInteger(Number(step))) state.step = Number(step)
  else if (values.has("step")) unread.push(parts.get("step")!)
  const tests = values.get("tests")
  if (tests !== undefined) state.tests = tests
  const inputs = values.get("inputs")
  if (inputs && [InputsLines, InputsSet].includes(inputs)) state.inputs = inputs
  else if (inputs) unread.push(parts.get("inputs")!)
  if (panel == "tests") state.testing = true
  const saved = values.get("saved")
  if (saved !== undefined) state.saved = saved
  const text = values.get("text") ?? (saved === undefined ? "" : undefined)
  if (text !== undefined) state.text = text
  if (unread.length > 0) state.unread = unread
  return state
}

function quote(value: string): string {
  if (value.isWellFormed()) return encodeURIComponent(value)
  let out = ""
  for (const byte of encode(value)) {
    const char = String.fromCharCode(byte)
    out += byte < 0x80 ? encodeURIComponent(char) : "%" + byte.toString(16).toUpperCase()
  }
  return out
}

function unquote(value: string): string {
  // What is not percent-encoded stands for its own UTF-8 bytes.
  const raw = encode(value)
  const bytes = new Uint8Array(raw.length)
  let n = 0
  for (let i = 0; i < raw.length; i++) {
    const hex = raw[i] == 0x25 ? hexByte(raw, i + 1) : -1
    if (hex >= 0) i += 2
    bytes[n++] = hex >= 0 ? hex : raw[i]!
  }
  return decode(bytes.subarray(0, n))
}

function hexByte(raw: Uint8Array, at: number): number {
  const digits = String.fromCharCode(raw[at] ?? 0, raw[at + 1] ?? 0)
  return /^[0-9a-f]{2}$/i.test(digits) ? parseInt(digits, 16) : -1
}

async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: ReadableWritablePair<Uint8Array<ArrayBuffer>, BufferSource>,
): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(through)
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
