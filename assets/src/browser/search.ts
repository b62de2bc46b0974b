/// The worker between the page and the one that runs RegExp.
import type { FromRegExp, FromSearcher, ToRegExp, ToSearcher, ToStarter } from "./messages"
import { Searcher } from "./searcher"

// How many workers have been started.
let children = 0
let fail: (why: string) => void = () => {}

function post(message: FromSearcher | ToStarter, transfer: Transferable[]): void {
  postMessage(message, { transfer })
}

const searcher = new Searcher({
  post,
  spawn: (receive, failed) => {
    const { port1, port2 } = new MessageChannel()
    fail = failed
    port1.onmessage = (event: MessageEvent<FromRegExp>) => receive(event.data)
    post({ type: "spawn", child: ++children, port: port2 }, [port2])
    return {
      postMessage: (message: ToRegExp) => port1.postMessage(message),
      terminate: () => {
        port1.close()
        post({ type: "kill" }, [])
      },
    }
  },
  now: () => performance.now(),
})

onmessage = ({ data }: MessageEvent<ToSearcher>) => {
  if (data.type != "failed") searcher.receive(data)
  else if (data.child == children) fail(data.why)
}
