/// What happened that needs a word, below on the page. Not a status or alert
/// region: those belong to the search and the pattern.
import { useLayoutEffect, useRef } from "preact/hooks"
import { useApp } from "./context"
import { Icon } from "./icon"

export function Notices() {
  const app = useApp()
  const { model } = app
  const box = useRef<HTMLDivElement>(null)
  // What can be scrolled ends above them (--notices), so that nothing stays below one.
  useLayoutEffect(() => {
    const element = box.current!
    const reserve = () => {
      const above = element.offsetHeight > 0 ? innerHeight - element.getBoundingClientRect().top + 8 : 0
      document.documentElement.style.setProperty("--notices", `${above}px`)
      app.text.requestMeasure()
    }
    const observer = new ResizeObserver(reserve)
    observer.observe(element)
    return () => observer.disconnect()
  }, [app])
  return (
    <div class="notices" aria-live="polite" ref={box}>
      {model.notices.value.map(({ id, kind, text, action, other }) => (
        <div key={id} class={`notice ${kind}${other ? " choice" : ""}`}>
          <span>{text}</span>
          {[action, other].map((one) => one && (
            <button
              key={one.label}
              type="button"
              class="button"
              onClick={() => {
                model.dismiss(id)
                one.run()
              }}
            >
              {one.label}
            </button>
          ))}
          <button type="button" class="tool" aria-label="Dismiss" onClick={() => model.dismiss(id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  )
}
