/// Patterns that teach something.
import { examples, showExample } from "../app"
import { useApp } from "./context"
import { Modal } from "./modal"

export function Examples() {
  const app = useApp()
  const { model } = app
  const label = (name: string) => model.welcome.value?.flavors.find((flavor) => flavor.name == name)?.label ?? name
  return (
    <Modal id="examples" title="Examples">
      <ul class="examples-list">
        {examples.map(({ title, teaches, flavor, pattern }, i) => (
          <li key={title}>
            <button
              type="button"
              class="example"
              onClick={() => {
                model.dialog.value = ""
                showExample(app, i)
              }}
            >
              <b>{title}</b> <span class="tag">{label(flavor)}</span>
              <code>{pattern}</code>
              <span class="muted">{teaches}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="muted">An example takes the place of your pattern and text; undo, or the message that follows, brings them back.</p>
    </Modal>
  )
}
