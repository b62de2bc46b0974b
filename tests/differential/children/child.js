// Asks V8 about patterns. Run as: node -e "$(cat child.js)"
// A request's body has a line for each pattern, FLAGS TAB BASE64; so has the answer: see readAnswer in child.go.
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

write(Buffer.from(JSON.stringify({ protocol: 1, name: "node", version: process.versions.node }) + "\n"))
for (;;) {
  const request = JSON.parse(take()), lines = take(request.bytes ?? 0).toString().split("\n")
  lines.pop()
  const answers = lines.map((line) => {
    const [flags, pattern] = line.split("\t")
    return answer(flags, Buffer.from(pattern, "base64").toString()) + "\n"
  })
  const body = Buffer.from(answers.join(""))
  write(Buffer.from(JSON.stringify({ id: request.id, done: true, bytes: body.length }) + "\n"))
  write(body)
}
