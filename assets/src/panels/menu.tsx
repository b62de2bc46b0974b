/// A button with a menu: arrows, Home, End and first letters go through its items,
/// Escape and what happens elsewhere close it.
import type { ComponentChildren } from "preact"
import { useLayoutEffect, useRef } from "preact/hooks"

export interface MenuProps {
  /// Of the menu.
  label: string
  open: boolean
  onOpen(open: boolean): void
  /// Of the button: what it looks like, what is on it, and its name where that is none.
  look: "button" | "tool"
  face: ComponentChildren
  name?: string
  disabled?: boolean
  /// What is there instead of the items while these are not known.
  waiting?: string | undefined
  /// Buttons with the role of a menu item; one that is checked gets the focus first.
  children: ComponentChildren
}

export function Menu({ label, open, onOpen, look, face, name, disabled, waiting, children }: MenuProps) {
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const items = () => [...box.current!.querySelectorAll<HTMLElement>("[role^=menuitem]")]
  useLayoutEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (!box.current!.contains(event.target as Node | null)) onOpen(false)
    }
    document.addEventListener("pointerdown", outside)
    return () => document.removeEventListener("pointerdown", outside)
  }, [open])
  useLayoutEffect(() => {
    if (!open) return
    const all = items()
    const first = all.find((item) => item.ariaChecked == "true") ?? all[0]
    first?.focus()
  }, [open, waiting === undefined])

  // Where a key leads among the items.
  const target = (key: string): HTMLElement | undefined => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    switch (key) {
      case "ArrowDown":
        return all[(at + 1) % all.length]
      case "ArrowUp":
        return all[(at - 1 + all.length) % all.length]
      case "Home":
        return all[0]
      case "End":
        return all[all.length - 1]
    }
    if (key.length > 1 || key == " ") return undefined
    const begins = (item: HTMLElement) => item.textContent.toLowerCase().startsWith(key.toLowerCase())
    return [...all.slice(at + 1), ...all].find(begins)
  }
  const keydown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (!open) {
      if (event.key != "ArrowDown") return
      onOpen(true)
    } else if (event.key == "Escape") {
      onOpen(false)
      button.current!.focus()
      event.stopPropagation() // it cancels no search
    } else {
      const to = target(event.key)
      if (!to) return
      to.focus()
      event.stopPropagation() // a letter is no command of the page's
    }
    event.preventDefault()
  }
  // After the item's own handler, which may have put the focus where it belongs.
  const chosen = (event: MouseEvent) => {
    const item = (event.target as Element).closest("[role^=menuitem]")
    if (!item || item.ariaDisabled == "true") return
    const { activeElement } = document
    if (activeElement == document.body || box.current!.contains(activeElement)) button.current!.focus()
    onOpen(false)
  }
  return (
    <div
      class="menu-box"
      ref={box}
      onKeyDown={keydown}
      onFocusOut={(event) => {
        if (event.relatedTarget && !box.current!.contains(event.relatedTarget as Node)) onOpen(false)
      }}
    >
      <button
        type="button"
        class={look}
        ref={button}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={name}
        title={name}
        disabled={disabled}
        onClick={() => onOpen(!open)}
      >
        {face}
      </button>
      {open && waiting !== undefined && <p class="menu muted">{waiting}</p>}
      {open && waiting === undefined && (
        <div class="menu" role="menu" aria-label={label} onClick={chosen}>
          {children}
        </div>
      )}
    </div>
  )
}
