/// The panels that this server serves and this page knows, one of them open.
import { useLayoutEffect, useRef, useState } from "preact/hooks"
import { Menu, panels } from "../panels"
import { useApp } from "./context"
import { Icon } from "./icon"

// While the splitter moves, the server is not asked for every width.
const ResizeMs = 120

// What the list of all panels takes of the row, in CSS pixels, as in layout.css.
const listWidth = 36

// What a scroll bar takes of a panel, on most systems.
const ScrollBar = 16

export function Tabs() {
  const app = useApp()
  const { model } = app
  const content = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = content.current!
    const measure = () => (model.panelWidth.value = element.clientWidth - ScrollBar)
    let timer: ReturnType<typeof setTimeout> | undefined
    const observer = new ResizeObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(measure, ResizeMs)
    })
    observer.observe(element)
    measure()
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [])
  // Before the welcome, the panel that every server has.
  const offered = model.welcome.value?.panels ?? [{ id: "matches", label: "Matches", needsEngine: true, menu: false }]
  const known = offered.filter(({ menu }) => !menu).flatMap(({ id, label }) => {
    const panel = panels.find((p) => p.id == id)
    return panel ? [{ panel, label }] : []
  })
  const current = known.find(({ panel }) => panel.id == model.panel.value) ?? known[0]
  const open = current?.panel.id ?? ""
  const row = useRef<HTMLDivElement>(null)
  // Whether there are more tabs than the row has room for, and which ends are cut.
  const [crowded, setCrowded] = useState(false)
  const [listing, setListing] = useState(false)
  const mark = () => {
    const { scrollLeft, scrollWidth, clientWidth, dataset } = row.current!
    // The list of all takes room from the row: once there, it stays as long as the
    // tabs would not fit without it.
    setCrowded((was) => scrollWidth > clientWidth + (was ? listWidth : 0) + 1)
    dataset["cut"] = `${scrollLeft > 1 ? "start " : ""}${scrollLeft + clientWidth < scrollWidth - 1 ? "end" : ""}`
  }
  useLayoutEffect(() => {
    const element = row.current
    if (!element) return
    const observer = new ResizeObserver(mark)
    observer.observe(element)
    mark()
    return () => observer.disconnect()
  }, [known.length])
  // At once: a tab that moves a frame later is not where the pointer goes.
  useLayoutEffect(() => {
    document.getElementById("tab-" + open)?.scrollIntoView({ block: "nearest", inline: "nearest" })
  }, [open, known.length])
  if (!current) return null
  const { View, id } = current.panel
  const move = (event: KeyboardEvent) => {
    const step = event.key == "ArrowRight" ? 1 : event.key == "ArrowLeft" ? -1 : 0
    if (step == 0 || event.altKey || event.ctrlKey || event.metaKey) return
    const next = known[(known.indexOf(current) + step + known.length) % known.length]!
    model.panel.value = next.panel.id
    document.getElementById("tab-" + next.panel.id)?.focus()
    event.preventDefault()
  }
  const choose = (id: string) => {
    model.panel.value = id
    // On a narrow page the panel is below the text, and mostly below the screen.
    const pane = content.current!.getBoundingClientRect()
    if (pane.top + pane.height / 2 > innerHeight) row.current!.scrollIntoView({ block: "start" })
  }
  return (
    <section class="pane panel-pane" aria-label="Results">
      <div class="tab-row">
        <div class="bar-row tabs" ref={row} onScroll={mark} role="tablist" aria-label="Panels" onKeyDown={move}>
          {known.map(({ panel, label }) => (
            <button
              key={panel.id}
              type="button"
              role="tab"
              class="tab"
              id={"tab-" + panel.id}
              aria-selected={panel.id == id}
              aria-controls={"panel-" + panel.id}
              tabIndex={panel.id == id ? 0 : -1}
              onClick={() => choose(panel.id)}
            >
              {label}
            </button>
          ))}
        </div>
        {crowded && (
          <Menu label="All panels" open={listing} onOpen={setListing} look="tool" face={<Icon name="next" />} name="All panels">
            {known.map(({ panel, label }) => (
              <button
                key={panel.id}
                type="button"
                role="menuitemradio"
                class="menu-item"
                tabIndex={-1}
                aria-checked={panel.id == id}
                onClick={() => {
                  choose(panel.id)
                  document.getElementById("tab-" + panel.id)?.focus({ preventScroll: true })
                }}
              >
                {label}
              </button>
            ))}
          </Menu>
        )}
      </div>
      <div class="panel" ref={content} role="tabpanel" id={"panel-" + id} aria-labelledby={"tab-" + id}>
        <View app={app} />
      </div>
    </section>
  )
}
