/// Fields of forms.
import type { EditorView } from "@codemirror/view"
import { useEffect, useLayoutEffect, useRef } from "preact/hooks"
import { fieldEditor, replaceAll } from "../editor"

interface Props {
  label: string
  value: string
}

/// A text of any length and with any bytes, which is told at each key.
export function TextField({ label, value, onText }: Props & { onText: (text: string) => void }) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const tell = useRef(onText)
  tell.current = onText
  useEffect(() => {
    const editor = (view.current = fieldEditor(label, value, (text) => tell.current(text)))
    host.current!.append(editor.dom)
    return () => editor.destroy()
  }, [])
  useEffect(() => {
    const editor = view.current!
    // What is being typed is newer than what was drawn of it.
    if (!editor.hasFocus && editor.state.doc.toString() != value) replaceAll(editor, value, "local")
  }, [value])
  return (
    <div class="field">
      <span class="field-label" aria-hidden="true">
        {label}
      </span>
      <div class="field-box" ref={host} />
    </div>
  )
}

/// A short text, which is told when it is left. What is refused by returning false
/// goes back to what it was.
export function LineField({ label, value, onValue, hint, size }: Props & { onValue: (text: string) => boolean | void; hint?: string; size?: number }) {
  const input = useRef<HTMLInputElement>(null)
  // Not while somebody types: results that come meanwhile would take it away.
  useLayoutEffect(() => {
    if (document.activeElement != input.current) input.current!.value = value
  }, [value])
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <input
        ref={input}
        type="text"
        spellcheck={false}
        autocomplete="off"
        size={size ?? 12}
        placeholder={hint}
        defaultValue={value}
        onChange={(event) => {
          if (onValue(event.currentTarget.value) === false) event.currentTarget.value = value
        }}
      />
    </label>
  )
}
