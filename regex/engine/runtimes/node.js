// Runs patterns on V8's RegExp for regex/engine/runtime.go, which says what the messages mean.
// Run as: node -e "$(cat node.js)"
const fs = require("fs")
let have = Buffer.alloc(0)

// take returns the next n bytes, or a line without its newline when n is not given.
function take(n) {
  const parts = [have]
  let size = have.length
  while (n === undefined ? !parts[parts.length - 1].includes(10) : size < n) {
    const chunk = Buffer.allocUnsafe(1 << 16)
    const got = fs.readSync(0, chunk)
    if (got == 0) process.exit()
    parts.push(chunk.subarray(0, got))
    size += got
  }
  const all = Buffer.concat(parts), end = n ?? all.indexOf(10)
  have = all.subarray(n === undefined ? end + 1 : end)
  return all.subarray(0, end)
}

function write(buffer) {
  while (buffer.length > 0) buffer = buffer.subarray(fs.writeSync(1, buffer))
}

function send(header, body) {
  if (body?.length > 0) header.bytes = body.length
  const line = Buffer.from(JSON.stringify(header) + "\n")
  write(body?.length > 0 ? Buffer.concat([line, body]) : line)
}

let program, plain, key, groups, text, textID

// compile makes program and groups. V8 says "Invalid regular expression: /PATTERN/FLAGS: REASON".
function compile({ flags, pattern }) {
  if (key == flags + "/" + pattern) return
  const source = Buffer.from(pattern, "hex").toString()
  const make = (source) => {
    try {
      return new RegExp(source, [...new Set(flags + "gd")].join(""))
    } catch (e) {
      const start = "Invalid regular expression: /" + source + "/"
      const message = e.message.startsWith(start) ? e.message.slice(e.message.indexOf(": ", start.length) + 2) : e.message
      const kind = message.includes("Stack overflow") || message.includes("too large") ? "limit" : "pattern"
      throw { kind, message }
    }
  }
  key = undefined
  program = make(source)
  // The empty alternative matches at once, whatever the pattern is, and the result has all groups.
  groups = make("|" + source).exec("").length - 1
  plain = new RegExp(source, program.flags.replace("d", "")) // the places of groups cost much
  if (groups == 0) program = plain
  key = flags + "/" + pattern
}

const found = new Int32Array(1 << 15)

function search(id, { start, skip, max }) {
  let at = 0, early = 64, count = 0, flushed = performance.now()
  const body = () => Buffer.from(found.buffer, 0, at * 4)
  program.lastIndex = start
  for (let match; (match = program.exec(text)); ) {
    const { index, indices } = match, end = index + match[0].length
    // As matchAll does after an empty match.
    if (end == index) program.lastIndex += program.unicode || program.unicodeSets ? advance(end) : 1
    if (skip > 0) {
      skip--
      continue
    }
    if (at + 2 * groups + 2 > found.length) throw { kind: "limit", message: "the pattern has too many groups" }
    found[at++] = index
    found[at++] = end
    for (let i = 1; i <= groups; i++) {
      const span = indices[i]
      found[at++] = span ? span[0] : -1
      found[at++] = span ? span[1] : -1
    }
    if (++count == max) break
    // The first ones at once, then after a millisecond each.
    if (early > 0 || at + 2 * groups + 2 > found.length || performance.now() - flushed > 1) {
      if (early > 0) early--
      send({ id }, body())
      at = 0
      flushed = performance.now()
    }
  }
  send({ id, done: true }, body())
}

// measure is the loop that a user of the engine writes, with nothing of ours in it.
function measure(id, { repeat }) {
  let count
  plain.lastIndex = 0
  const start = performance.now()
  for (let i = 0; i < repeat; i++) {
    count = 0
    for (const match of text.matchAll(plain)) count++
  }
  send({ id, done: true, data: { count, seconds: (performance.now() - start) / 1000 } })
}

const advance = (at) => (text.codePointAt(at) > 0xffff ? 2 : 1)

function answer(id, request, size) {
  const body = take(size)
  if (request.op == "compile") {
    compile(request)
    send({ id, done: true, data: { groups } })
    return
  }
  if (request.sent) {
    text = body.toString()
    textID = request.text
  } else if (textID !== request.text) {
    send({ id, done: true, data: { resend: true } })
    return
  }
  compile(request)
  if (request.op == "measure") measure(id, request)
  else search(id, request)
}

// The places of groups are there from V8 9.0 on.
try {
  new RegExp("", "d")
} catch {
  send({ protocol: 1, error: `it is Node.js ${process.version}, and 16 is the first that tells the places of groups` })
  process.exit()
}
send({
  protocol: 1, name: "node", version: process.version,
  data: { program: process.execPath, note: "V8 " + process.versions.v8, unicode: process.versions.unicode ?? "" },
})
for (;;) {
  const { id, bytes, data } = JSON.parse(take())
  try {
    answer(id, data, bytes ?? 0)
  } catch (e) {
    send({ id, error: e.message ?? String(e), data: { kind: e.kind ?? "failed", offset: -1 } })
  }
}
