// The protocol in node: a child that the tests use. Run as: node -e "$(cat child.js)"
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

function send(header, body) {
  write(Buffer.from(JSON.stringify(body ? { ...header, bytes: body.length } : header) + "\n"))
  if (body) write(body)
}

send({ protocol: 1, name: "node", version: process.versions.node })
for (;;) {
  const request = JSON.parse(take()), body = take(request.bytes ?? 0)
  const id = request.id, { op = "echo", n = 0, data } = request.data ?? {}
  if (op == "echo") send({ id, done: true, data }, body)
  else if (op == "count") {
    for (let i = 0; i < n; i++) send({ id, data: i }, body)
    send({ id, done: true })
  } else if (op == "pid") send({ id, done: true, data: process.pid })
  else if (op == "spin") for (;;);
  else if (op == "alloc") send({ id, done: true, data: Buffer.alloc(n, 1).length })
  else send({ id, error: "no such op: " + op })
}
