/// What a panel has from the server, also while that panel is not on screen.
import { effect } from "@preact/signals"
import type { Model } from "./model"

// An explanation takes some milliseconds, a template less; a server that is gone gives none.
const WaitMs = 3000

/// Has the server make the message of a panel until `fresh`, which reads signals, has
/// it; undefined when it does not come.
export async function wanted<T>(model: Model, panel: string, fresh: () => T | undefined): Promise<T | undefined> {
  model.needed.value = panel
  let stop = () => {}
  const found = await new Promise<T | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), WaitMs)
    stop = effect(() => {
      const msg = fresh()
      if (!msg) return
      clearTimeout(timer)
      resolve(msg)
    })
  })
  stop()
  model.needed.value = ""
  return found
}
