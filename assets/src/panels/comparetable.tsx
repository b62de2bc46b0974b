/// What each engine finds, and which of them agree.
import { comparison, engineLabel } from "../state"
import type { Class, ComparedEngine } from "../wire"

interface Props {
  engines: readonly ComparedEngine[]
  classes: readonly Class[]
}

/// The sign of those that find the same.
export function ClassBadge({ index }: { index: number }) {
  if (index < 0) return <span class="class-badge none" title="It found nothing to compare" aria-hidden="true">–</span>
  return <span class={`class-badge class-${(index % 8) + 1}`}>{comparison.className(index)}</span>
}

export function CompareTable({ engines, classes, base }: Props & { base: number }) {
  return (
    <table class="compare-table" aria-label="Engines">
      <thead>
        <tr>
          <th scope="col">
            <span class="hidden-words">Class</span>
          </th>
          <th scope="col">Engine</th>
          <th scope="col">Finds</th>
          <th scope="col" class="number">
            Time
          </th>
        </tr>
      </thead>
      <tbody>
        {engines.map((e, i) => (
          <tr key={i} class={e.outcome == "" ? "waiting" : undefined} data-engine={e.engine.name}>
            <td>
              <ClassBadge index={comparison.classOf(classes, i)} />
            </td>
            <th scope="row" title={e.engine.note}>
              {e.label} <span class="muted">{engineLabel(e.engine)}</span>
              {e.flags && (
                <span class="muted">
                  {" "}
                  flags <b>{e.flags}</b>
                </span>
              )}
              {i == base && <span class="compare-base" title="The others are compared with this one">base</span>}
              {e.lacks.length > 0 && <span class="compare-lacks">runs without {e.lacks.join(", ")}</span>}
            </th>
            <td class={["refused", "error"].includes(e.outcome) ? "bad" : undefined}>{comparison.resultOf(e)}</td>
            <td class="number">{comparison.timeOf(e)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const signs = { same: "=", differs: "≠", unknown: "?" }
const words = { same: "same", differs: "differs", unknown: "not known" }

/// Each engine with each other one.
export function CompareMatrix({ engines, classes }: Props) {
  if (engines.length < 3) return null
  return (
    <section aria-label="Agreement">
      <h3>Who agrees with whom</h3>
      <div class="compare-wide" tabIndex={0} role="group" aria-label="Matrix">
        <table class="compare-matrix">
          <thead>
            <tr>
              <td />
              {engines.map((e, i) => (
                <th key={i} scope="col" title={comparison.sideName(e)}>
                  <span aria-hidden="true">{i + 1}</span>
                  <span class="hidden-words">{comparison.sideName(e)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {engines.map((e, i) => (
              <tr key={i}>
                <th scope="row">
                  <span class="muted" aria-hidden="true">
                    {i + 1}
                  </span>{" "}
                  {comparison.sideName(e)}
                </th>
                {engines.map((other, j) => {
                  const how = comparison.relation(classes, i, j)
                  return (
                    <td key={j} class={i == j ? "self" : how} title={`${comparison.sideName(e)} and ${comparison.sideName(other)}: ${words[how]}`}>
                      <span aria-hidden="true">{i == j ? "·" : signs[how]}</span>
                      <span class="hidden-words">{i == j ? "itself" : words[how]}</span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
