import { shortcuts } from "../app"
import { Modal } from "./modal"

export function Help() {
  return (
    <Modal id="help" title="Keyboard shortcuts">
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
    </Modal>
  )
}
