/// A dialog of the page, open while the model says so.
import type { ComponentChildren } from "preact"
import { useLayoutEffect, useRef } from "preact/hooks"
import type { Dialog } from "../app"
import { useApp } from "./context"

export function Modal({ id, title, children }: { id: Dialog; title: string; children: ComponentChildren }) {
  const { dialog } = useApp().model
  const element = useRef<HTMLDialogElement>(null)
  const open = dialog.value == id
  // The event of a close comes later, and may be that of the time before.
  const shown = useRef(false)
  useLayoutEffect(() => {
    shown.current = open
    if (open) element.current!.showModal()
    else element.current!.close()
  }, [open])
  return (
    <dialog
      ref={element}
      class={`help ${id}`}
      aria-labelledby={`${id}-title`}
      onClose={() => {
        if (shown.current && !element.current!.open) dialog.value = ""
      }}
      onClick={(event) => event.target == element.current && element.current!.close()}
    >
      <div class="modal-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <button type="button" class="button" onClick={() => element.current!.close()}>
          Close
        </button>
      </div>
      {open && children}
    </dialog>
  )
}
