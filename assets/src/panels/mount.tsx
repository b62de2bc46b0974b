import type { EditorView } from "@codemirror/view"
import { useLayoutEffect, useRef } from "preact/hooks"

/// A place for an editor, which lives longer than its place.
export function Mount({ view, class: className }: { view: EditorView; class: string }) {
  const host = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => void host.current!.append(view.dom), [view])
  return <div class={className} ref={host} />
}
