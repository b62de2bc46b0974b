// What the tests need inside of the page. It runs before the page's own scripts,
// in the page's world, and changes nothing there.
(() => {
  const patience = 30_000 // a test that hangs says where; nothing is measured by it

  // The roles that elements have without saying so, as far as the page uses them.
  const implicit = {
    alert: "[role=alert]",
    button: "button:not([role]), [role=button]",
    checkbox: "input[type=checkbox]",
    combobox: "select, [role=combobox]",
    dialog: "dialog[open], [role=dialog]",
    textbox: "[role=textbox], input[type=text], textarea",
    list: "ul:not([role]), ol:not([role]), [role=list]",
    searchbox: "input[type=search]",
    listitem: "li:not([role]), [role=listitem]",
  }

  function visible(element) {
    return element.checkVisibility({ visibilityProperty: true })
  }

  function name(element) {
    const label = element.getAttribute("aria-label")
    if (label !== null) return label
    const by = element.getAttribute("aria-labelledby")
    if (by) return by.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim()
    if (element.labels?.length) return element.labels[0].querySelector("span")?.textContent ?? element.labels[0].textContent
    return element.textContent.trim()
  }

  // The first visible element of a role; wanted is its name, or its beginning
  // when it ends in "*".
  function find(role, wanted) {
    for (const element of document.querySelectorAll(implicit[role] ?? `[role=${role}]`)) {
      if (!visible(element)) continue
      if (wanted === undefined || name(element) == wanted) return element
      if (wanted.endsWith("*") && name(element).startsWith(wanted.slice(0, -1))) return element
    }
    return null
  }

  // Resolves with the first truthy value of f, which is asked after every change
  // of the document, and now and then. Rejects when that takes too long.
  function until(f, what) {
    return new Promise((resolve, reject) => {
      let last
      const check = () => {
        let value
        try {
          value = f()
        } catch (error) {
          last = error
        }
        if (!value) return
        stop()
        resolve(value)
      }
      const observer = new MutationObserver(check)
      const timer = setInterval(check, 25)
      const giveUp = setTimeout(() => {
        stop()
        reject(new Error(`still waiting for: ${what}\n${last ?? ""}\n${state()}`))
      }, patience)
      const stop = () => {
        observer.disconnect()
        clearInterval(timer)
        clearTimeout(giveUp)
      }
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
      check()
    })
  }

  function state() {
    const text = (selector) => [...document.querySelectorAll(selector)].map((e) => e.textContent.slice(0, 300)).join(" | ")
    return [
      `url: ${location.href.slice(0, 200)}`,
      `data: ${JSON.stringify(document.documentElement.dataset)}`,
      `status: ${text("[role=status]")}`,
      `alert: ${text("[role=alert]")}`,
      `marks: ${document.querySelectorAll("[data-match]").length}`,
      `connection: ${text(".connection")}`,
      `notices: ${text("[aria-live=polite]")}`,
    ].join("\n")
  }

  const data = () => document.documentElement.dataset

  // Styles follow the focus within a few frames, not at once.
  const settleLook = () => new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => resolve()), 50))

  // Red, green, blue and alpha of a CSS colour, by drawing it.
  function rgba(color) {
    const context = new OffscreenCanvas(1, 1).getContext("2d")
    context.fillStyle = color
    context.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }

  // As WCAG defines it.
  function luminance([r, g, b]) {
    const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }

  // What is behind an element's text, by the backgrounds that it lies on.
  function behind(element) {
    const layers = []
    for (let e = element; e; e = e.parentElement) {
      layers.push(rgba(getComputedStyle(e).backgroundColor))
      if (layers.at(-1)[3] == 1) break
    }
    return layers.reduceRight(([r, g, b], [x, y, z, a]) => [r + (x - r) * a, g + (y - g) * a, b + (z - b) * a], [255, 255, 255])
  }

  globalThis.probe = {
    luminance: (color) => luminance(rgba(color)),
    contrast: (element) => {
      const [one, two] = [luminance(rgba(getComputedStyle(element).color)), luminance(behind(element))]
      return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05)
    },
    find,
    name,
    until,
    state,
    data,
    connected: () => data().connection == "connected",
    // Whether what is on screen is the final result of what was typed.
    settled: () => data().connection == "connected" && data().version > 0 && data().painted == data().version,
    status: () => find("status").textContent,
    alert: () => find("alert").textContent,
    // The lines of an editor that are in the document.
    lines: (name) => [...find("textbox", name).querySelectorAll(".cm-line")].map((line) => line.textContent),
    text: (name) => probe.lines(name).join("\n"),
    // What is highlighted on screen: one string for each match, in order.
    marks: () => {
      const found = new Map()
      for (const mark of find("textbox", "Test text").querySelectorAll("[data-match]")) {
        const index = Number(mark.dataset.match)
        found.set(index, (found.get(index) ?? "") + mark.textContent)
      }
      return [...found].sort((a, b) => a[0] - b[0]).map(([, text]) => text)
    },
    groups: () =>
      [...find("textbox", "Test text").querySelectorAll("[data-group]")].map((g) => `${g.dataset.group}:${g.textContent}`),
    items: () => [...find("list", "Matches").querySelectorAll("[role=listitem], li")],
    list: () => probe.items().map((item) => item.innerText.replace(/\s+/g, " ").trim()),
    // Waits until it can be seen where the focus is: something about the focused
    // element, or what it is in, looks different without it.
    focusSeen: async () => {
      const element = document.activeElement
      const look = () => {
        const seen = []
        for (let e = element; e && seen.length < 4; e = e.parentElement) {
          const s = getComputedStyle(e)
          seen.push([s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor].join())
        }
        return seen.join("|")
      }
      element.blur()
      await settleLook()
      const blurred = look()
      element.focus({ focusVisible: true })
      await until(() => look() != blurred, `seeing that the focus is on ${name(element)}`)
    },
    // The middle of an element, for the mouse.
    middle: (element) => {
      element.scrollIntoView({ block: "nearest", inline: "nearest" })
      const box = (element.getClientRects()[0] ?? element.getBoundingClientRect())
      return [box.x + box.width / 2, box.y + box.height / 2]
    },
  }
})()
