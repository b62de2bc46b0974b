/// What happened that needs a word, below on the page. Not a status or alert
/// region: those belong to the search and the pattern.
import { useApp } from "./context"
import { Icon } from "./icon"

export function Notices() {
  const { model } = useApp()
  return (
    <div class="notices" aria-live="polite">
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
