/// The list of what is suspicious about the pattern, and of the errors beyond the
/// one in the alert. Closed it is a button that counts them, so that the page does
/// not jump while a pattern is typed.
import { useState } from "preact/hooks"
import { applyFix, fixLabel } from "../editor"
import { type Problem, countOf } from "../state"
import { useApp } from "./context"
import { Icon } from "./icon"

export function ProblemsButton() {
  const { model } = useApp()
  const { listed } = model.problems.value
  if (listed.length == 0) return null
  const open = model.listing.value
  return (
    <button
      type="button"
      class="tool problems-button"
      aria-expanded={open}
      aria-controls="problems"
      onClick={() => model.setListing(!open)}
    >
      <Icon name="warning" />
      {countOf(listed)}
      <Icon name={open ? "previous" : "next"} />
    </button>
  )
}

export function ProblemList() {
  const { model } = useApp()
  const { listed } = model.problems.value
  if (listed.length == 0 || !model.listing.value) return null
  return (
    <ul class="problems" id="problems" aria-label="Warnings">
      {listed.map((problem, i) => (
        <Item key={i} problem={problem} />
      ))}
    </ul>
  )
}

function Item({ problem }: { problem: Problem }) {
  const app = useApp()
  const { diagnostic, pattern } = problem
  const { span, severity, message, relatedNote, hint, code } = diagnostic
  const [why, setWhy] = useState(false)
  const source = pattern.slice(span.from, span.to)
  return (
    <li class={`problem ${severity}`}>
      <div class="problem-line" onMouseEnter={() => app.pointAt(span, pattern)} onMouseLeave={() => app.pointAt(undefined)}>
        <span class="severity">{severity}</span>
        <button type="button" class="tool place" title="Select it in the pattern" onClick={() => app.selectPart(span, pattern)}>
          <code>{shortened(source)}</code>
        </button>
        <span class="problem-message">{message}</span>
        {relatedNote && <span>{relatedNote}</span>}
        {hint && <span class="muted">{hint}</span>}
        <div class="spacer" />
        <FixButton problem={problem} />
        <button
          type="button"
          class="tool"
          aria-expanded={why}
          title="Why this is said"
          onClick={() => {
            void app.lookup.load()
            setWhy(!why)
          }}
        >
          {code}
        </button>
      </div>
      {why && <Why code={code} />}
    </li>
  )
}

/// Writes what is meant, where that is known.
export function FixButton({ problem }: { problem: Problem }) {
  const app = useApp()
  if (!problem.diagnostic.fix) return null
  const label = fixLabel(problem)
  return (
    <button
      type="button"
      class="button fix"
      title={label}
      onClick={() => {
        if (!applyFix(app.pattern, problem)) app.model.notify("info", "The pattern has changed meanwhile.")
        app.pattern.focus()
      }}
    >
      {label}
    </button>
  )
}

function Why({ code }: { code: string }) {
  const { lookup, model } = useApp()
  const reference = lookup.reference.value
  if (!reference) return <p class="why muted">{lookup.failure.value ? `Not loaded: ${lookup.failure.value}` : "Loading…"}</p>
  const rule = reference.rules.find((rule) => rule.code == code)
  if (!rule) return <p class="why">This is what the parser of this program says of the pattern.</p>
  const label = model.welcome.value?.flavors.find(({ name }) => name == rule.flavor)?.label ?? rule.flavor
  return (
    <p class="why">
      <strong>{rule.title}.</strong> {rule.why} In {label}, <code>{rule.bad}</code> would be <code>{rule.good}</code>.
    </p>
  )
}

function shortened(source: string): string {
  return source.length > 24 ? source.slice(0, 23) + "…" : source || "here"
}
