/// Where engines part, with what each finds there and the part of the pattern that
/// makes it so; and why others refuse the pattern.
import type { ComponentChild } from "preact"
import type { App } from "../app"
import { comparison } from "../state"
import type { Class, ComparedEngine, EngineDifference, FoundMatch, Range } from "../wire"
import { ClassBadge } from "./comparetable"
import { Part } from "./patternpart"
import { Visible } from "./visible"

interface Result {
  engines: readonly ComparedEngine[]
  classes: readonly Class[]
  differences: readonly EngineDifference[]
}

interface Props {
  app: App
  pattern: string
  result: Result
  /// Whether the differences are of the text that is in the editor.
  own?: boolean
}

export function CompareDifferences({ app, pattern, result, own = true }: Props) {
  const { engines, classes, differences } = result
  const refused = engines.filter(({ error }) => error)
  // Engines of one flavor mostly refuse a pattern for the same.
  const reasons = [...new Set(refused.map(({ error }) => error!.message))]
  if (differences.length + reasons.length == 0) return null
  return (
    <section aria-label={own ? "Differences" : "Differences in that text"}>
      {own && <h3>Differences</h3>}
      <ol class="compare-differences">
        {differences.map((d) => (
          <li key={d.b}>
            <Difference app={app} pattern={pattern} engines={engines} classes={classes} d={d} own={own} />
          </li>
        ))}
        {own &&
          reasons.map((message) => {
            const who = refused.filter(({ error }) => error!.message == message)
            return (
              <li key={message}>
                <p>
                  <b>{who.map(comparison.sideName).join(", ")}</b> {who.length == 1 ? "refuses" : "refuse"} the pattern:
                </p>
                <Blame app={app} pattern={pattern} span={who[0]!.error!.span} words={message} />
                {who[0]!.error!.hint && <p class="muted">{who[0]!.error!.hint}</p>}
              </li>
            )
          })}
      </ol>
    </section>
  )
}

interface DifferenceProps {
  app: App
  pattern: string
  engines: readonly ComparedEngine[]
  classes: readonly Class[]
  d: EngineDifference
  own: boolean
}

function Difference({ app, pattern, engines, classes, d, own }: DifferenceProps) {
  const [a, b] = [engines[d.a]!, engines[d.b]!]
  const badge = (engine: number) => <ClassBadge index={comparison.classOf(classes, engine)} />
  if (d.message) {
    return (
      <p>
        {badge(d.b)} {comparison.sideName(b)} differs from {comparison.sideName(a)}. {d.message}
      </p>
    )
  }
  return (
    <>
      <p class="difference-head">
        <span>
          <b>{comparison.sideName(b)}</b> differs from <b>{comparison.sideName(a)}</b> at match {d.match + 1}, byte {d.offset}
        </span>
        {own && (
          <button type="button" class="button small" aria-label={`Show byte ${d.offset} in the text`} onClick={() => app.showText(d.at)}>
            Show
          </button>
        )}
      </p>
      <Side badge={badge(d.a)} name={comparison.sideName(a)} d={d} match={d.aMatch} />
      <Side badge={badge(d.b)} name={comparison.sideName(b)} d={d} match={d.bMatch} />
      {d.blames.map((blame) => (
        <Blame key={blame.span.from} app={app} pattern={pattern} span={blame.span} words={blame.proved ? blame.reason : `It may be that ${blame.reason}`} proved={blame.proved} />
      ))}
      {d.blames.length == 0 && <p class="muted">The table of flavors knows no reason.</p>}
    </>
  )
}

interface SideProps {
  badge: ComponentChild
  name: string
  d: EngineDifference
  match: FoundMatch | undefined
}

function Side({ badge, name, d, match }: SideProps) {
  return (
    <div class="difference-side" role="group" aria-label={`${name} finds`}>
      {badge}
      <div>
        <code class="excerpt">
          {d.cutStart && "…"}
          {match ? (
            <>
              <Visible text={d.excerpt.slice(0, match.excerptFrom)} />
              <mark class={match.excerptFrom == match.excerptTo ? "nothing" : undefined}>
                <Visible text={d.excerpt.slice(match.excerptFrom, match.excerptTo)} />
              </mark>
              <Visible text={d.excerpt.slice(match.excerptTo)} />
            </>
          ) : (
            <Visible text={d.excerpt} />
          )}
          {d.cutEnd && "…"}
        </code>
        <span class="muted">
          {match ? (match.from == match.to ? `empty at ${match.from}` : `${match.from}–${match.to}`) : "no such match"}
          {match?.groups.map((g) => (
            <span key={g.number} class="difference-group">
              group {g.name || g.number}: {g.from < 0 ? "took no part" : <code>{<Visible text={g.text} />}</code>}
            </span>
          ))}
        </span>
      </div>
    </div>
  )
}

interface BlameProps {
  app: App
  pattern: string
  span: Range
  words: string
  proved?: boolean
}

// Longer parts are cut in the list; the pattern itself shows them whole.
const MostShown = 40

/// What is said about a part of the pattern.
function Blame({ app, pattern, span, words, proved = true }: BlameProps) {
  const source = pattern.slice(span.from, span.to)
  return (
    <Part app={app} pattern={pattern} span={span} class={proved ? "blame" : "blame doubt"}>
      {!words.startsWith("`") && <code>{source.length > MostShown ? source.slice(0, MostShown) + "…" : source || "∅"}</code>}
      <span>{words.split("`").map((piece, i) => (i % 2 == 1 ? <code key={i}>{piece}</code> : piece))}</span>
    </Part>
  )
}
