/// A diagram in the page: its parts, which of them are marked, its zoom.
export const LeastZoom = 0.25
export const MostZoom = 4

export interface Part {
  from: number
  to: number
  element: SVGElement
}

export class Picture {
  private svg: SVGSVGElement | undefined
  // Outer parts before those in them.
  private parts: Part[] = []
  private width = 0
  private height = 0
  private readonly marked = new Map<string, Element>()

  constructor(readonly scroller: HTMLElement) {}

  /// Shows another diagram.
  show(svg: string, width: number, height: number, zoom: number): void {
    // The server escapes what comes from the pattern. A parser for XML would be
    // stricter, and takes 40 ms more for a long pattern.
    this.scroller.innerHTML = svg
    this.svg = this.scroller.firstElementChild as SVGSVGElement
    this.width = width
    this.height = height
    this.parts = Array.from(this.svg.querySelectorAll<SVGElement>("[data-from]"), (element) => ({
      element,
      from: Number(element.dataset["from"]),
      to: Number(element.dataset["to"]),
    }))
    this.marked.clear()
    this.resize(zoom)
  }

  private resize(zoom: number): void {
    this.svg?.setAttribute("width", String(Math.round(this.width * zoom)))
    this.svg?.setAttribute("height", String(Math.round(this.height * zoom)))
  }

  /// Changes the zoom by a factor; what is at x, y of the scroller stays there.
  zoom(from: number, to: number, x: number, y: number): void {
    const { scroller } = this
    const [left, top] = [scroller.scrollLeft + x, scroller.scrollTop + y]
    this.resize(to)
    scroller.scrollLeft = (left * to) / from - x
    scroller.scrollTop = (top * to) / from - y
  }

  /// The part that an event's target belongs to.
  at(target: EventTarget | null): Part | undefined {
    const element = target instanceof Element ? target.closest("[data-from]") : null
    return element ? this.parts.find((part) => part.element == element) : undefined
  }

  /// The innermost part at a position: of those that meet there, the one that
  /// starts.
  holding(pos: number): Part | undefined {
    let found: Part | undefined
    for (const part of this.parts) {
      if (part.from > pos || part.to < pos) continue
      const ends = part.to == pos && part.from < pos
      if (!ends || !found || found.to == pos) found = part
    }
    return found
  }

  /// Gives one part a class, and takes it from the one that had it.
  mark(name: string, part: Part | undefined, reveal = false): void {
    this.marked.get(name)?.classList.remove(name)
    this.marked.delete(name)
    if (!part) return
    part.element.classList.add(name)
    this.marked.set(name, part.element)
    if (reveal) this.reveal(part.element)
  }

  // Brings a part on screen; scrollIntoView would scroll the page too.
  private reveal(element: Element): void {
    const view = this.scroller.getBoundingClientRect()
    const box = element.getBoundingClientRect()
    const { scroller } = this
    if (box.top < view.top || box.height > view.height) scroller.scrollTop += box.top - view.top - 20
    else if (box.bottom > view.bottom) scroller.scrollTop += box.bottom - view.bottom + 20
    if (box.left < view.left || box.width > view.width) scroller.scrollLeft += box.left - view.left - 20
    else if (box.right > view.right) scroller.scrollLeft += box.right - view.right + 20
  }
}
