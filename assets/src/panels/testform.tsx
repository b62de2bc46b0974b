/// A pattern or an input of the file of tests, to be edited.
import { type App, inputOf, textOf } from "../app"
import { parseBudget, withKey } from "../state"
import type { TestInput, TestMatch, TestPattern } from "../wire"
import { LineField, TextField } from "./field"
import { MatchForm } from "./testmatchform"

type Expectation = "match" | "no-match" | "first" | "all" | "none"

const expectations: readonly [Expectation, string][] = [
  ["match", "There is a match"],
  ["no-match", "There is no match"],
  ["first", "The first match is this"],
  ["all", "The matches are exactly these"],
  ["none", "Nothing about matches"],
]

function expectationOf({ match, first, all }: TestInput): Expectation {
  if (all) return "all"
  if (first) return "first"
  return match === undefined ? "none" : match ? "match" : "no-match"
}

export function InputForm({ app, place, input, pattern }: { app: App; place: { pattern: number; input: number }; input: TestInput; pattern: TestPattern }) {
  const { testing } = app
  const change = (to: TestInput) => testing.changeInput(place, to)
  const expect = (what: Expectation) => {
    const { match: _, first, all: __, matches, ...rest } = input
    const some: TestMatch = first ?? matches[0] ?? { span: [0, 0], groups: [] }
    if (what == "match" || what == "no-match") change({ ...rest, match: what == "match", matches: [] })
    else if (what == "first") change({ ...rest, first: some, matches: [] })
    else if (what == "all") change({ ...rest, all: true, matches: first ? [first] : matches })
    else change({ ...rest, matches: [] })
  }
  const setText = (text: string) => {
    const { text: _, textBase64: __, ...rest } = input
    const { from, to, matches, ...raw } = inputOf(text)
    change({ ...rest, ...raw })
  }
  return (
    <div class="test-form" role="group" aria-label="Edit the test">
      <TextField label="Text" value={textOf(input)} onText={setText} />
      <div class="test-fields">
        <LineField label="Name" hint="input …" value={input.name ?? ""} size={18} onValue={(name) => change(withKey(input, "name", name || undefined))} />
        <NumberField app={app} label="Repeated" hint="once" whole value={input.times} onNumber={(times) => change(withKey(input, "times", times == 1 ? undefined : times))} />
        <label class="field">
          <span class="field-label">Expected</span>
          <select value={expectationOf(input)} onChange={(event) => expect(event.currentTarget.value as Expectation)}>
            {expectations.map(([what, words]) => (
              <option key={what} value={what} selected={what == expectationOf(input)}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </div>
      {input.first && <MatchForm app={app} number={1} match={input.first} onMatch={(first) => change({ ...input, first })} />}
      {input.all &&
        input.matches.map((match, i) => (
          <MatchForm
            key={i}
            app={app}
            number={i + 1}
            match={match}
            onMatch={(m) => change({ ...input, matches: input.matches.map((old, j) => (j == i ? m : old)) })}
            onRemove={() => change({ ...input, matches: input.matches.filter((_, j) => j != i) })}
          />
        ))}
      {input.all && (
        <button type="button" class="button" onClick={() => change({ ...input, matches: [...input.matches, { span: [0, 0], groups: [] }] })}>
          Add a match
        </button>
      )}
      {pattern.replacement !== undefined && (
        <label class="check">
          <input type="checkbox" checked={input.replaced !== undefined} onChange={(event) => change(withKey(input, "replaced", event.currentTarget.checked ? "" : undefined))} />
          <span>All matches replaced, the text is this</span>
        </label>
      )}
      {input.replaced !== undefined && <TextField label="Replaced" value={input.replaced} onText={(replaced) => change({ ...input, replaced: replaced.toWellFormed() })} />}
      <Budgets app={app} budgets={input} onBudgets={(b) => change({ ...b, ...budgetless(input) })} inherited={pattern} />
      <Buttons app={app} place={place} what="test" />
    </div>
  )
}

export function PatternForm({ app, index, pattern }: { app: App; index: number; pattern: TestPattern }) {
  const { testing, model } = app
  const change = (to: TestPattern) => testing.changePattern(index, to)
  const flavors = model.welcome.value?.flavors ?? []
  return (
    <div class="test-form" role="group" aria-label="Edit the pattern">
      <TextField label="Pattern" value={pattern.pattern} onText={(text) => change({ ...pattern, pattern: text.toWellFormed() })} />
      <div class="test-fields">
        <LineField label="Name" hint="the pattern" value={pattern.name ?? ""} size={18} onValue={(name) => change(withKey(pattern, "name", name || undefined))} />
        <label class="field">
          <span class="field-label">Flavor</span>
          <select
            value={pattern.flavor}
            onChange={(event) => {
              const { engine: _, ...rest } = pattern
              change({ ...rest, flavor: event.currentTarget.value })
            }}
          >
            {flavors.map(({ name, label }) => (
              <option key={name} value={name} selected={name == pattern.flavor}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <LineField label="Flags" hint="none" size={6} value={pattern.flags ?? ""} onValue={(flags) => change(withKey(pattern, "flags", flags.trim() || undefined))} />
        <LineField label="Engine" hint="the first" value={pattern.engine ?? ""} onValue={(engine) => change(withKey(pattern, "engine", engine.trim() || undefined))} />
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={pattern.replacement !== undefined}
          onChange={(event) => change(withKey(pattern, "replacement", event.currentTarget.checked ? "" : undefined))}
        />
        <span>It replaces its matches by this</span>
      </label>
      {pattern.replacement !== undefined && (
        <TextField label="Replacement" value={pattern.replacement} onText={(text) => change({ ...pattern, replacement: text.toWellFormed() })} />
      )}
      <label class="check">
        <input type="checkbox" checked={pattern.linear === true} onChange={(event) => change(withKey(pattern, "linear", event.currentTarget.checked || undefined))} />
        <span>Steps stay linear in the text, also on a generated attack</span>
      </label>
      <Budgets app={app} budgets={pattern} onBudgets={(b) => change({ ...b, ...budgetless(pattern) })} />
      <Buttons app={app} place={{ pattern: index, input: -1 }} what="pattern" />
    </div>
  )
}

type Bounds = Pick<TestInput, "steps" | "msPerMB">

function budgetless<T extends Bounds>(of: T): Omit<T, keyof Bounds> {
  const { steps: _, msPerMB: __, ...rest } = of
  return rest
}

// What a search may take; what the pattern says holds for inputs that say nothing.
function Budgets({ app, budgets, onBudgets, inherited }: { app: App; budgets: Bounds; onBudgets: (b: Bounds) => void; inherited?: Bounds }) {
  const { steps, msPerMB } = budgets
  const own: Bounds = { ...(steps !== undefined && { steps }), ...(msPerMB !== undefined && { msPerMB }) }
  return (
    <div class="test-fields">
      <NumberField app={app} label="Steps at most" hint={String(inherited?.steps ?? "any")} whole value={steps} onNumber={(n) => onBudgets(withKey(own, "steps", n))} />
      <NumberField app={app} label="ms per MB at most" hint={String(inherited?.msPerMB ?? "any")} value={msPerMB} onNumber={(n) => onBudgets(withKey(own, "msPerMB", n))} />
    </div>
  )
}

function NumberField(props: { app: App; label: string; hint: string; whole?: boolean; value: number | undefined; onNumber: (n: number | undefined) => void }) {
  const { app, label, hint, whole, value, onNumber } = props
  return (
    <LineField
      label={label}
      hint={hint}
      size={8}
      value={value === undefined ? "" : String(value)}
      onValue={(text) => {
        const number = parseBudget(text, whole ?? false)
        if (number === null) {
          app.model.notify("error", `${label} takes a ${whole ? "whole " : ""}number above 0.`)
          return false
        }
        onNumber(number)
        return true
      }}
    />
  )
}

function Buttons({ app, place, what }: { app: App; place: { pattern: number; input: number }; what: string }) {
  return (
    <div class="test-buttons">
      <button type="button" class="button" onClick={() => (app.testing.editing.value = undefined)}>
        Done
      </button>
      <button type="button" class="button" onClick={() => app.testing.remove(place)}>
        {`Take out the ${what}`}
      </button>
    </div>
  )
}
