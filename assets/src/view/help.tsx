import { useEffect, useRef } from "preact/hooks"
import { shortcuts } from "../app"
import { useApp } from "./context"

export function Help() {
  const { helpOpen } = useApp().model
  const dialog = useRef<HTMLDialogElement>(null)
  const open = helpOpen.value
  useEffect(() => {
    if (open) dialog.current!.showModal()
  }, [open])
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={() => (helpOpen.value = false)}>
      <h2 id="help-title">Keyboard shortcuts</h2>
      <table>
        <tbody>
          {shortcuts.map(([keys, what]) => (
            <tr key={keys}>
              <th scope="row">
                {keys.split(", ").map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted">
        On a Mac, Ctrl is ⌘ and Alt is ⌥. The address holds pattern, flags and text; nothing of it reaches a server other
        than the one this page came from.
      </p>
      <form method="dialog">
        <button class="button">Close</button>
      </form>
    </dialog>
  )
}
