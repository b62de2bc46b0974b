/// Why nothing matches, with changes to try; and which repeats multiply each other.
import { useLayoutEffect, useRef } from "preact/hooks"
import { type App, type Debugged, placeWords, rangeWords } from "../app"
import { sameQuery, toggleFlag } from "../state"
import type { DebugChange, Range } from "../wire"
import { Part } from "./patternpart"
import { Visible } from "./visible"

interface Props {
  app: App
  debugged: Debugged
}

export function DebugWhyNot({ app, debugged }: Props) {
  const { whyNot, whyAsked, whyOpen, progress, debugged: now } = app.debugging
  const section = useRef<HTMLDetailsElement>(null)
  const asked = whyAsked.value
  const why = whyNot.value
  useLayoutEffect(() => {
    if (!asked || !why || !section.current) return
    whyAsked.value = false
    section.current.scrollIntoView({ block: "nearest" })
    section.current.querySelector("summary")!.focus({ preventScroll: true })
  }, [asked, why])
  if (!why && asked && now.value == debugged) return <Unknown outcome={progress.value?.outcome ?? "running"} />
  if (!why) return null
  const { query } = debugged
  const { attempt, furthest, expected, changes, found, complete } = why
  return (
    <details class="debug-section debug-why" ref={section} open={whyOpen.value} onToggle={(event) => (whyOpen.value = event.currentTarget.open)}>
      <summary>Why no match?</summary>
      <p>
        The attempt{" "}
        <button type="button" class="link" title="Go to the first step of this attempt" onClick={() => app.debugging.go(why.first)}>
          at offset {placeWords(app, debugged, attempt)}
        </button>{" "}
        got furthest: to{" "}
        <button type="button" class="link" title="Show it in the text" onClick={() => app.showText(app.debugging.present(furthest.at))}>
          offset {placeWords(app, debugged, furthest)}
        </button>
        , where there is <b>{found}</b>.
      </p>
      {expected.length > 0 && (
        <p>
          Expected there:{" "}
          {expected.map(({ span, words }, i) => (
            <span key={i}>
              {i > 0 && ", or "}
              <Part app={app} pattern={query.pattern} span={span}>
                <Code words={words} />
              </Part>
            </span>
          ))}
        </p>
      )}
      {changes.length > 0 ? (
        <>
          <p>It would match, if you</p>
          <ol aria-label="Changes with which it matches">
            {changes.map((change) => (
              <li key={change.pattern + change.flag}>
                <Change app={app} debugged={debugged} change={change} />
              </li>
            ))}
          </ol>
        </>
      ) : (
        <p class="muted">{complete ? "No small change that was tried lets it match." : "No small change that was tried lets it match; there are more."}</p>
      )}
    </details>
  )
}

/// The change that has been applied, as long as nothing else was, and the way back.
export function DebugApplied({ app }: { app: App }) {
  const { applied } = app.debugging
  const { value } = applied
  if (!value || !sameQuery(value.after, app.model.query.value)) return null
  return (
    <p class="debug-agreement debug-applied">
      <span>
        Applied: <Code words={value.words} />
      </span>{" "}
      <button type="button" class="button small" onClick={() => app.takeQuery(value.before)}>
        Undo
      </button>
    </p>
  )
}

// There is nothing to tell yet, or never.
function Unknown({ outcome }: { outcome: string }) {
  if (outcome == "match") return null // the line above says what the real engine does
  const words = {
    running: "Why nothing matches is known when the run has ended.",
    "no-match": "Looking for what would let it match…",
  }[outcome]
  return <p class="debug-agreement muted">{words ?? "Why nothing matches is not known: the run was stopped before its end."}</p>
}

function Change({ app, debugged, change }: Props & { change: DebugChange }) {
  const { query, doc } = debugged
  const { span, words, pattern, flag, match } = change
  const { flavors } = app.model.welcome.value!
  const stale = !sameQuery(query, app.model.query.value)
  const apply = () => {
    const flavor = flavors.find(({ name }) => name == query.flavor)!
    app.debugging.apply({ ...query, pattern, flags: flag == "" ? query.flags : toggleFlag(flavor, query.flags, flag) }, words)
  }
  return (
    <>
      <Part app={app} pattern={query.pattern} span={span}>
        <Code words={words} />
      </Part>
      <span class="muted">
        {" "}
        matches {rangeWords(app, debugged, match)}: <Excerpt text={doc.sliceString(match.from, Math.min(match.to, match.from + ExcerptLimit))} cut={match.to - match.from > ExcerptLimit} />
      </span>{" "}
      <button type="button" class="button small" aria-label={`Apply: ${words}`} disabled={stale} onClick={apply}>
        Apply
      </button>
    </>
  )
}

// More of a match is no help here.
const ExcerptLimit = 40

function Excerpt({ text, cut }: { text: string; cut: boolean }) {
  return (
    <code>
      <Visible text={text} />
      {cut && "…"}
    </code>
  )
}

// Words with code in backquotes.
function Code({ words }: { words: string }) {
  return <>{words.split("`").map((piece, i) => (i % 2 == 1 ? <code key={i}>{piece}</code> : piece))}</>
}

export function DebugMultiplying({ app, debugged }: Props) {
  const repeats = app.debugging.counts.value?.multiplying
  if (!repeats) return null
  const { pattern } = debugged.query
  const source = (span: Range) => pattern.slice(span.from, span.to)
  const [first, second] = repeats
  return (
    <p class="debug-multiplying" data-debug="multiplying">
      <span aria-hidden="true">⚠ </span>
      The repeats{" "}
      <Part app={app} pattern={pattern} span={first!.span}>
        <code>{source(first!.span)}</code>
      </Part>{" "}
      and{" "}
      <Part app={app} pattern={pattern} span={second!.span}>
        <code>{source(second!.span)}</code>
      </Part>{" "}
      multiply each other's work: one of them is taken up again more often than the text has places.
    </p>
  )
}
