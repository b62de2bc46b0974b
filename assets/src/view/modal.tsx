/// A dialog of the page, open while the model says so.
import type { ComponentChildren } from "preact"
import type { Dialog } from "../app"
import { useApp } from "./context"
import { useDialog } from "./dialog"

export function Modal({ id, title, children }: { id: Dialog; title: string; children: ComponentChildren }) {
  const { dialog } = useApp().model
  const open = dialog.value == id
  const { ref, onClose, close } = useDialog(open, () => {
    if (dialog.peek() == id) dialog.value = ""
  })
  return (
    <dialog
      ref={ref}
      class={`help ${id}`}
      aria-labelledby={`${id}-title`}
      onClose={onClose}
      onClick={(event) => event.target == ref.current && close()}
    >
      <div class="modal-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <button type="button" class="button" onClick={close}>
          Close
        </button>
      </div>
      {open && children}
    </dialog>
  )
}
