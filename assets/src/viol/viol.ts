// The page's half of viol (ui/viol): sends the events of elements that carry a
// data-viol-… attribute, and does to the page what the server says. It has no
// dependencies and makes no code from strings, so it runs under a strict content
// security policy.

import "./viol.css"

interface Operation {
  op: string
  target?: string
  value?: unknown
}

type Values = Record<string, string[]>

const retryFirst = 250 // ms; doubles up to retryLast
const retryLast = 5000

const domEvents = ["click", "submit", "input", "change"] as const

const address = new URL("ws", document.baseURI)
address.protocol = address.protocol === "https:" ? "wss:" : "ws:"

let socket: WebSocket
let retry = retryFirst

function connect(): void {
  socket = new WebSocket(address)
  socket.onopen = () => {
    retry = retryFirst
    document.documentElement.dataset.violConnection = "connected"
    send("document_ready", {})
  }
  socket.onmessage = (event) => perform(JSON.parse(event.data as string) as Operation)
  socket.onclose = () => {
    document.documentElement.dataset.violConnection = "disconnected"
    setTimeout(connect, retry)
    retry = Math.min(2 * retry, retryLast)
  }
}

function send(route: string, values: Values): boolean {
  if (socket.readyState !== WebSocket.OPEN) return false
  socket.send(JSON.stringify({ route, values }))
  return true
}

function perform({ op, target, value }: Operation): void {
  switch (op) {
    case "log":
      console.log(value)
      return
    case "fault":
      console.error("viol: " + String(value))
      return
    case "send":
      document.dispatchEvent(new CustomEvent("viol", { detail: value }))
      return
  }
  const elements = find(target ?? "")
  if (elements.length === 0) console.warn(`viol: ${op}: nothing matches "${target}"`)
  for (const element of elements) change(element, op, String(value ?? ""))
}

function find(selector: string): HTMLElement[] {
  try {
    return [...document.querySelectorAll<HTMLElement>(selector)]
  } catch {
    console.error(`viol: "${selector}" is no selector`)
    return []
  }
}

function change(element: HTMLElement, op: string, value: string): void {
  switch (op) {
    case "set-text":
      element.textContent = value
      break
    case "set-html":
      element.innerHTML = value
      break
    case "append-html": {
      const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 4
      element.insertAdjacentHTML("beforeend", value)
      if (atEnd) element.scrollTop = element.scrollHeight
      break
    }
    case "set-val":
      if ("value" in element) element.value = value
      break
    case "show":
      element.hidden = false
      break
    case "hide":
      element.hidden = true
      break
    default:
      console.error(`viol: unknown operation ${op}`)
  }
}

// valuesOf are those of the element's form as the browser would submit them,
// and the element's own.
function valuesOf(element: HTMLElement, submitter: HTMLElement | null): Values {
  const values: Values = {}
  const form = element instanceof HTMLFormElement ? element : (element as HTMLInputElement).form ?? null
  if (form) {
    const data = submitter instanceof HTMLButtonElement || submitter instanceof HTMLInputElement
      ? new FormData(form, submitter)
      : new FormData(form)
    for (const [name, value] of data) if (typeof value === "string") (values[name] ??= []).push(value)
  }
  const { name, value } = element as HTMLInputElement
  if (name && typeof value === "string" && !(name in values)) values[name] = [value]
  return values
}

for (const type of domEvents) {
  document.addEventListener(type, (event) => {
    const attribute = `data-viol-${type}`
    const element = (event.target as Element | null)?.closest<HTMLElement>(`[${attribute}]`)
    if (!element) return
    if (type === "submit" || (type === "click" && !(element instanceof HTMLInputElement))) event.preventDefault()
    const sent = send(element.getAttribute(attribute) ?? "", valuesOf(element, (event as SubmitEvent).submitter ?? null))
    if (sent && type === "submit" && element.hasAttribute("data-viol-reset")) (element as HTMLFormElement).reset()
  })
}

connect()
