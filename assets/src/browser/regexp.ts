/// The worker that runs RegExp: nothing else is done on its thread.
import { Matcher } from "./matcher"
import type { ToRegExp } from "./messages"

// A message to oneself lets those in that are there already.
const turns: (() => void)[] = []
const channel = new MessageChannel()
channel.port2.onmessage = () => turns.shift()?.()

// The page says nothing but which port leads to the searcher.
onmessage = ({ data: searcher }: MessageEvent<MessagePort>) => {
  const matcher = new Matcher({
    post: (message, transfer) => searcher.postMessage(message, { transfer }),
    turn: () =>
      new Promise((resolve) => {
        turns.push(resolve)
        channel.port1.postMessage(0)
      }),
    now: () => performance.now(),
  })
  searcher.onmessage = (event: MessageEvent<ToRegExp>) => matcher.receive(event.data)
}
