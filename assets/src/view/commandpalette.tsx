/// Everything that can be done, found by its name.
import { useLayoutEffect, useRef, useState } from "preact/hooks"
import { commands, findCommands } from "../app"
import { useApp } from "./context"
import { Modal } from "./modal"

export function CommandPalette() {
  return (
    <Modal id="commands" title="Commands">
      <Content />
    </Modal>
  )
}

function Content() {
  const app = useApp()
  const [all] = useState(() => commands(app))
  const [words, setWords] = useState("")
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const found = findCommands(all, words)
  const chosen = Math.min(at, found.length - 1)
  useLayoutEffect(() => list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }), [chosen, words])
  const run = (index: number) => {
    const command = found[index]
    if (!command) return
    app.model.dialog.value = ""
    input.current!.closest("dialog")!.close() // at once: the command may want the focus
    command.run()
  }
  const keydown = (event: KeyboardEvent) => {
    if (event.key == "ArrowDown") setAt(Math.min(chosen + 1, found.length - 1))
    else if (event.key == "ArrowUp") setAt(Math.max(chosen - 1, 0))
    else if (event.key == "Enter") run(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="commands-box">
      <input
        ref={input}
        autofocus
        type="text"
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls="commands-list"
        aria-activedescendant={found.length > 0 ? `command-${chosen}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder="What do you want to do?"
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={keydown}
      />
      <ul id="commands-list" role="listbox" aria-label="Commands" ref={list} tabIndex={-1}>
        {found.map(({ label, keys }, i) => (
          <li key={label} id={`command-${i}`} role="option" aria-selected={i == chosen} onClick={() => run(i)}>
            {label}
            {keys && <kbd>{keys}</kbd>}
          </li>
        ))}
      </ul>
      {found.length == 0 && <p class="muted">No command is called that.</p>}
    </div>
  )
}
