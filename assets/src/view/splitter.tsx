/// Divides the width between text and panel, by pointer or by arrow keys.
import type { RefObject } from "preact"
import { useState } from "preact/hooks"

const Least = 25
const Most = 80
const Start = 60

export function Splitter({ container }: { container: RefObject<HTMLElement | null> }) {
  const [share, setShare] = useState(Start)
  const set = (percent: number) => {
    const value = Math.round(Math.max(Least, Math.min(Most, percent)))
    setShare(value)
    container.current!.style.setProperty("--share", `${value}%`)
  }
  return (
    <div
      class="splitter"
      role="separator"
      aria-label="Width of the text"
      aria-orientation="vertical"
      aria-valuemin={Least}
      aria-valuemax={Most}
      aria-valuenow={share}
      tabIndex={0}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        const box = container.current!.getBoundingClientRect()
        set((100 * (event.clientX - box.left)) / box.width)
      }}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return
        if (event.key == "ArrowLeft") set(share - 2)
        else if (event.key == "ArrowRight") set(share + 2)
        else return
        event.preventDefault()
      }}
    />
  )
}
