/// What the page's dialogs have in common.
import { useLayoutEffect, useRef } from "preact/hooks"

/// A dialog element that is open while `open` says so: its props, and how its own buttons
/// close it, at once, so that the focus may be put elsewhere after it. Calls `closed` when
/// these, or its user, have closed it.
export function useDialog(open: boolean, closed: () => void) {
  const ref = useRef<HTMLDialogElement>(null)
  const shown = useRef(false)
  useLayoutEffect(() => {
    shown.current = open
    if (open) ref.current!.showModal()
    else ref.current?.close()
  }, [open])
  const onClose = () => {
    // The event of a close comes later, and may be that of the time before.
    if (shown.current && !ref.current!.open) closed()
  }
  const close = () => {
    ref.current!.close()
    closed()
  }
  return { ref, onClose, close }
}
