/// The patterns and inputs of the file of tests, with what came of each.
import { useState } from "preact/hooks"
import { type App, textOf } from "../app"
import { engineLabel, expectationWords, findFlavor, format, oneLine } from "../state"
import type { TestInput, TestPattern, TestResult } from "../wire"
import { CoverageTable, CoveredPattern } from "./testcoverage"
import { InputForm, PatternForm } from "./testform"

// More rows than this are asked for: a browser lays out some thousand of them in a
// tenth of a second.
const RowLimit = 200

// What of a text a row shows, in UTF-16 units.
const TextLimit = 120

export function TestRows({ app }: { app: App }) {
  const { testing } = app
  const [failing, setFailing] = useState(false)
  const [limit, setLimit] = useState(RowLimit)
  const { patterns } = testing.file.value
  const stale = !testing.fresh.value
  let room = limit
  let left = 0
  const shown = patterns.map((p, i) => {
    const rows: number[] = []
    p.inputs.forEach((_, j) => {
      const status = testing.result(i, j)?.status
      const edited = testing.editing.value?.pattern == i && testing.editing.value.input == j
      if (failing && !edited && (status === undefined || status == "passed")) return
      if (room > 0) rows.push(j)
      else left++
      room--
    })
    if (p.linear && !(failing && testing.result(i, p.inputs.length)?.status == "passed")) rows.push(p.inputs.length)
    return rows
  })
  return (
    <div class={stale ? "test-rows stale" : "test-rows"}>
      <label class="check">
        <input type="checkbox" checked={failing} onChange={(event) => setFailing(event.currentTarget.checked)} />
        <span>Only what does not pass</span>
      </label>
      {patterns.map((p, i) => (shown[i]!.length > 0 || !failing) && <PatternRows key={i} app={app} index={i} pattern={p} rows={shown[i]!} />)}
      {left > 0 && (
        <button type="button" class="button" onClick={() => setLimit(limit + RowLimit)}>
          {`Show ${format.count(Math.min(left, RowLimit))} more of ${format.count(left)}`}
        </button>
      )}
    </div>
  )
}

function PatternRows({ app, index, pattern, rows }: { app: App; index: number; pattern: TestPattern; rows: number[] }) {
  const { testing, model } = app
  const edited = testing.editing.value?.pattern == index && testing.editing.value.input == -1
  const flavor = findFlavor(model.welcome.value?.flavors ?? [], pattern.flavor)?.label ?? pattern.flavor
  // What has run them, or else what the file asks for.
  const ran = pattern.inputs.map((_, j) => testing.result(index, j)?.engine).find((engine) => engine?.name)
  const engine = ran ? engineLabel(ran) : pattern.engine
  const editors = testing.followed.value == index
  const name = pattern.name ?? pattern.pattern
  return (
    <section class="test-pattern" aria-label={name}>
      <div class="test-head">
        <h3>
          {pattern.name !== undefined && <span>{pattern.name}</span>}
          <CoveredPattern app={app} index={index} pattern={pattern} />
          <span class="muted">{flavor + (pattern.flags ? `, ${pattern.flags}` : "") + (engine ? `, ${engine}` : "")}</span>
        </h3>
        {editors ? (
          <button
            type="button"
            class="tool"
            aria-pressed={testing.following.value}
            title="What you type in the pattern above is written into this file"
            onClick={() => (testing.following.value = !testing.following.value)}
          >
            Follows the editor
          </button>
        ) : (
          <button type="button" class="tool" onClick={() => testing.open({ pattern: index, input: -1 })}>
            Open
          </button>
        )}
        <button type="button" class="tool" aria-expanded={edited} onClick={() => (testing.editing.value = edited ? undefined : { pattern: index, input: -1 })}>
          Edit
        </button>
      </div>
      {edited && <PatternForm app={app} index={index} pattern={pattern} />}
      <CoverageTable app={app} index={index} inputs={pattern.inputs.length} />
      <ul class="test-list" aria-label={`Tests of ${name}`}>
        {rows.map((j) => j == pattern.inputs.length ? (
          <AttackRow key={j} app={app} place={{ pattern: index, input: j }} result={testing.result(index, j)} />
        ) : (
          <Row key={j} app={app} place={{ pattern: index, input: j }} input={pattern.inputs[j]!} pattern={pattern} result={testing.result(index, j)} />
        ))}
      </ul>
    </section>
  )
}

const signs: Readonly<Record<string, string>> = { passed: "✓", failed: "✗", error: "!", stopped: "◼" }

interface RowProps {
  app: App
  place: { pattern: number; input: number }
  input: TestInput
  pattern: TestPattern
  result: TestResult | undefined
}

function Row({ app, place, input, pattern, result }: RowProps) {
  const { testing } = app
  const status = result?.status ?? "waiting"
  const edited = testing.editing.value?.pattern == place.pattern && testing.editing.value.input == place.input
  const text = textOf(input)
  const name = input.name ?? `input ${place.input + 1}`
  return (
    <li class={`test ${status}`} data-status={status}>
      <div class="test-line">
        <div class="test-words">
          <span class="test-status">
            <span aria-hidden="true">{signs[status] ?? "…"}</span> {status}
          </span>
          <span class="test-name">{name}</span>
          <code class="test-text">{oneLine(text, TextLimit) + (input.times ? ` ×${format.count(input.times)}` : "")}</code>
          <span class="muted test-expected">{expectationWords(input, pattern)}</span>
        </div>
        <span class="test-actions">
          <button type="button" class="tool" aria-label={`Open ${name} in the editor`} title="Show pattern and text in the editor" onClick={() => testing.open(place)}>
            Open
          </button>
          <button
            type="button"
            class="tool"
            aria-label={`Edit ${name}`}
            aria-expanded={edited}
            onClick={() => (testing.editing.value = edited ? undefined : place)}
          >
            Edit
          </button>
        </span>
      </div>
      <Details result={result} name={name} />
      {edited && <InputForm app={app} place={place} input={input} pattern={pattern} />}
    </li>
  )
}

function Details({ result, name }: { result: TestResult | undefined; name: string }) {
  if (!result?.details) return null
  return (
    <pre class="test-details" tabIndex={0} aria-label={`What is wrong with ${name}`}>
      {result.details}
    </pre>
  )
}

// The test that is on texts made to attack the pattern.
function AttackRow({ app, place, result }: { app: App; place: { pattern: number; input: number }; result: TestResult | undefined }) {
  const status = result?.status ?? "waiting"
  const name = "generated attack"
  return (
    <li class={`test ${status}`} data-status={status}>
      <div class="test-line">
        <div class="test-words">
          <span class="test-status">
            <span aria-hidden="true">{signs[status] ?? "…"}</span> {status}
          </span>
          <span class="test-name">{name}</span>
          <code class="test-text">{result?.text === undefined ? "" : oneLine(result.text, TextLimit)}</code>
          <span class="muted test-expected">steps stay linear</span>
        </div>
        {result?.text !== undefined && (
          <span class="test-actions">
            <button type="button" class="tool" aria-label={`Open ${name} in the editor`} title="Show pattern and text in the editor" onClick={() => app.testing.open(place)}>
              Open
            </button>
          </span>
        )}
      </div>
      <Details result={result} name={name} />
    </li>
  )
}
