/// A part of the pattern in words: pointing at it marks that part, a click goes there.
import type { ComponentChildren } from "preact"
import { useEffect, useRef } from "preact/hooks"
import type { App } from "../app"
import type { Span } from "../state"

interface PartProps {
  app: App
  /// What the span is of, which may be an older pattern.
  pattern: string
  span: Span
  class?: string
  children: ComponentChildren
}

export function Part({ app, pattern, span, class: className = "link part-link", children }: PartProps) {
  const pointing = useRef(false)
  const point = () => {
    pointing.current = true
    app.pointAt(span, pattern)
  }
  const away = () => {
    pointing.current = false
    app.pointAt(undefined)
  }
  // What is taken away from under the pointer never hears that this has left.
  useEffect(() => () => void (pointing.current && app.pointAt(undefined)), [])
  return (
    <button
      type="button"
      class={className}
      title="Go to this part of the pattern"
      onPointerEnter={point}
      onPointerLeave={away}
      onFocus={point}
      onBlur={away}
      onClick={() => app.selectPart(span, pattern)}
    >
      {children}
    </button>
  )
}
