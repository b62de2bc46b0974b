/// The worker between the page and the one that runs RegExp.
import type { FromRegExp, ToSearcher } from "./messages"
import { Searcher } from "./searcher"

const searcher = new Searcher({
  post: (message, transfer) => postMessage(message, { transfer }),
  spawn: (receive, failed) => {
    const worker = new Worker(new URL("regexp.js", location.href))
    worker.onmessage = (event: MessageEvent<FromRegExp>) => receive(event.data)
    worker.onerror = (event) => failed(event.message || "its script was not loaded")
    return worker
  },
  now: () => performance.now(),
})

onmessage = (event: MessageEvent<ToSearcher>) => searcher.receive(event.data)
