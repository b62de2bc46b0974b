// Measures in the page, from a key to what it brings to the screen. A sample is
// made for each keydown that gives the page's state a new version.
(() => {
  const root = document.documentElement
  let pending // a key whose version is not known yet
  const open = []

  // After the frame in which this is called; outside of a frame, after the next.
  const channel = new MessageChannel()
  const posted = []
  channel.port1.onmessage = () => posted.shift()()
  const post = (f) => {
    posted.push(f)
    channel.port2.postMessage(0)
  }
  const presented = (f) => requestAnimationFrame(() => post(f))

  globalThis.stopwatch = {
    samples: open,
    keydown: (event) => {
      // Input that waits for the main thread counts.
      if (event.isTrusted) pending = { key: Math.min(event.timeStamp, performance.now()) }
    },
    // Milliseconds from the keys to what `field` says, of the samples that have it.
    times: (field) => open.filter((s) => s[field] !== undefined).map((s) => s[field] - s.key),
  }
  addEventListener("keydown", stopwatch.keydown, { capture: true })

  // On the way: when the update was sent, and when the first answer came.
  const heard = new WeakSet()
  const { send } = WebSocket.prototype
  WebSocket.prototype.send = function (data) {
    // In the middle of a key's task the observer below has not heard of it.
    const last = pending ?? open.at(-1)
    if (last && last.sent === undefined) last.sent = performance.now()
    if (!heard.has(this)) {
      heard.add(this)
      this.addEventListener("message", () => {
        const last = open.at(-1)
        if (last?.sent !== undefined) last.heard ??= performance.now()
      })
    }
    return send.call(this, data)
  }

  new MutationObserver((records) => {
    const now = performance.now()
    const changed = new Set(records.map((r) => r.attributeName))
    if (changed.has("data-version") && pending) {
      pending.version = Number(root.dataset.version)
      pending.edited = now
      open.push(pending)
      pending = undefined
    }
    for (const s of open) {
      if (s.first === undefined && Number(root.dataset.first) == s.version) {
        s.first = now
        post(() => (s.frame = performance.now()))
        presented(() => (s.shown = performance.now()))
      }
      for (const mark of ["colored", "explained"]) {
        if (s[mark] !== undefined || Number(root.dataset[mark]) != s.version) continue
        s[mark] = now
        presented(() => (s[mark + "Shown"] = performance.now()))
      }
      if (s.painted === undefined && Number(root.dataset.painted) == s.version) {
        s.painted = now
        presented(() => (s.final = performance.now()))
      }
    }
  }).observe(root, { attributes: true, attributeFilter: ["data-version", "data-first", "data-painted", "data-colored", "data-explained"] })
})()
