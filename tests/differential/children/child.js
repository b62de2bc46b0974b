// Asks V8 about patterns. Run as: node -e "$(cat child.js)"
// A request's body has a line for each pattern, FLAGS TAB BASE64, or for a search FLAGS TAB BASE64 TAB TEXT,TEXT... with
// the texts in base64; so has the answer: see readAnswer in child.go and readFound in search.go.
const fs = require("fs")
let have = Buffer.alloc(0)

// take returns the next n bytes, or a line without its newline when n is not given.
function take(n) {
  const parts = [have]
  for (let size = have.length; n === undefined ? !parts.at(-1).includes(10) : size < n; size += parts.at(-1).length) {
    const chunk = Buffer.allocUnsafe(1 << 16)
    const got = fs.readSync(0, chunk)
    if (got == 0) process.exit()
    parts.push(chunk.subarray(0, got))
  }
  const all = Buffer.concat(parts), end = n ?? all.indexOf(10)
  have = all.subarray(n === undefined ? end + 1 : end)
  return all.subarray(0, end)
}

function write(buffer) {
  while (buffer.length > 0) buffer = buffer.subarray(fs.writeSync(1, buffer))
}

const base64 = (s) => Buffer.from(s).toString("base64")

// reason is an error's text without the pattern. V8 says "Invalid regular expression: /PATTERN/FLAGS: REASON".
function reason(e, pattern) {
  const start = "Invalid regular expression: /" + pattern + "/"
  return e.message.startsWith(start) ? e.message.slice(e.message.indexOf(": ", start.length) + 2) : e.message
}

function answer(flags, pattern) {
  try {
    new RegExp(pattern, flags)
  } catch (e) {
    const message = reason(e, pattern)
    const exhausted = message.includes("Stack overflow") || message.includes("too large")
    return `${exhausted ? "!" : "-"}\t-1\t${base64(message)}\t0\t`
  }
  // The empty alternative matches at once, whatever the pattern is, and the result has all groups.
  let found
  try {
    found = new RegExp("|" + pattern, flags).exec("")
  } catch (e) {
    return `!\t-1\t${base64("accepted, but: " + reason(e, "|" + pattern))}\t0\t`
  }
  // Nothing tells a group's number, but the names are in the order of their groups.
  const names = Object.keys(found.groups ?? {}).map((name) => "0:" + base64(name))
  return `+\t-1\t\t${found.length - 1}\t${names.join(",")}`
}

// places returns, for each UTF-16 unit of a text and for its end, the offset in bytes. One within a character, where
// patterns without u and v may match, is in the middle of the four bytes.
function places(text) {
  const at = []
  let bytes = 0
  for (const character of text) {
    at.push(bytes)
    if (character.length == 2) at.push(bytes + 2)
    bytes += Buffer.byteLength(character)
  }
  return [...at, bytes]
}

function search(flags, pattern, texts) {
  let regexp
  try {
    regexp = new RegExp(pattern, flags + "dg")
  } catch (e) {
    return `-\t${base64(reason(e, pattern))}`
  }
  const found = texts.map((text) => {
    const at = places(text), matches = []
    regexp.lastIndex = 0
    for (let m; matches.length < 4 && (m = regexp.exec(text)); ) {
      matches.push(m.indices.map((span) => (span ? at[span[0]] + "," + at[span[1]] : "-1,-1")).join(","))
      if (m[0] == "") break
    }
    return matches.join(" ")
  })
  return `+\t${found.join(";")}`
}

const text = (encoded) => Buffer.from(encoded, "base64").toString()

write(Buffer.from(JSON.stringify({ protocol: 1, name: "node", version: process.versions.node }) + "\n"))
for (;;) {
  const request = JSON.parse(take()), lines = take(request.bytes ?? 0).toString().split("\n")
  lines.pop()
  const answers = lines.map((line) => {
    const [flags, pattern, texts] = line.split("\t")
    return (texts === undefined ? answer(flags, text(pattern)) : search(flags, text(pattern), texts.split(",").map(text))) + "\n"
  })
  const body = Buffer.from(answers.join(""))
  write(Buffer.from(JSON.stringify({ id: request.id, done: true, bytes: body.length }) + "\n"))
  write(body)
}
