/// What the machine holds behind a step: counters, groups with what has changed,
/// rounds of repeats, and the choices that are open.
import type { App, Debugged } from "../app"
import { placeWords, rangeWords } from "../app"
import { groupClass } from "../editor"
import { choiceWords, format, sourceOf, wholeSpan } from "../state"
import type { DebugGroup, DebugStep, Range } from "../wire"
import { Part } from "./patternpart"
import { Visible } from "./visible"

// More of a value does not fit its cell.
const ValueLimit = 80

export interface StateProps {
  app: App
  debugged: Debugged
  step: DebugStep
}

export function DebugState(props: StateProps) {
  const { app, debugged, step } = props
  const { program } = debugged
  const { event, loops, calls, looks } = step
  const attempts = app.debugging.progress.value?.attempts ?? step.attempts
  return (
    <>
      <dl class="debug-counters">
        <Counter name="attempt" value={`${format.count(step.attempts)} of ${format.count(Math.max(attempts, step.attempts))}`} />
        <Counter name="at" value={placeWords(app, debugged, event.pos)} />
        {!program.threads && <Counter name="furthest" value={placeWords(app, debugged, step.furthest)} />}
        {!program.threads && <Counter name="backtracks" value={format.count(step.backtracks)} />}
        <Counter name="depth" value={format.count(event.depth)} />
        {step.mark != "" && <Counter name="mark" value={step.mark} />}
      </dl>
      <Groups {...props} />
      {loops.length > 0 && (
        <p class="debug-loops">
          {loops.map(({ token, round, min, max }, i) => (
            <span key={i} class="debug-loop">
              <code>{sourceOf(program, debugged.query.pattern, token)}</code> round {format.count(round)}
              <span class="muted">
                {" "}
                ({min} to {max < 0 ? "any number" : format.count(max)})
              </span>
            </span>
          ))}
        </p>
      )}
      {looks.length > 0 && (
        <p class="debug-loops" data-debug="looks">
          {looks.map(({ token, name, pos }, i) => (
            <span key={i} class="debug-loop">
              In the {name} <code>{sourceOf(program, debugged.query.pattern, token)}</code> <span class="muted">asked at offset {placeWords(app, debugged, pos)}</span>
            </span>
          ))}
        </p>
      )}
      {calls.length > 0 && (
        <p class="debug-loops">
          Called from{" "}
          {calls.map(({ token }, i) => (
            <code key={i}>{sourceOf(program, debugged.query.pattern, token)}</code>
          ))}
        </p>
      )}
      {program.threads ? <Threads {...props} /> : <Choices {...props} />}
      {program.mode.map((sentence) => (
        <p key={sentence} class="debug-mode muted">
          {sentence}
        </p>
      ))}
    </>
  )
}

function Counter({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-debug={name}>{value}</dd>
    </div>
  )
}

function Groups({ app, debugged, step }: StateProps) {
  const { groups } = debugged.program
  return (
    <table class="debug-table" aria-label="Captures">
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col">Holds</th>
          <th scope="col">At</th>
          <th scope="col">Before this step</th>
        </tr>
      </thead>
      <tbody>
        {step.groups.map((group, i) => {
          const { number, name } = groups[i]!
          const changed = !sameRange(group)
          return (
            <tr key={number} class={changed ? "changed" : ""} data-group-row={number} data-changed={changed ? "" : undefined}>
              <th scope="row" class={number > 0 ? groupClass(number) : ""}>
                <button
                  type="button"
                  class="link"
                  title="Next change of this group (with Shift: the change before)"
                  onClick={(click) => app.debugging.toGroup(number, click.shiftKey)}
                >
                  {number}
                  {name != "" && <span class="debug-name"> {name}</span>}
                </button>
                {changed && <span class="debug-changed"> changed</span>}
              </th>
              <td>
                <Value debugged={debugged} range={group.now} />
              </td>
              <td class="debug-span">{group.now && rangeWords(app, debugged, group.now)}</td>
              <td>{changed && <Value debugged={debugged} range={group.before} />}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function sameRange({ now, before }: DebugGroup): boolean {
  return now?.from == before?.from && now?.to == before?.to
}

function Value({ debugged: { doc }, range }: { debugged: Debugged; range: Range | null }) {
  if (!range) return <span class="muted">nothing</span>
  if (range.from == range.to) return <span class="muted">empty</span>
  const text = doc.sliceString(range.from, Math.min(range.to, range.from + ValueLimit))
  return (
    <code>
      <Visible text={text} />
      {range.to - range.from > ValueLimit && "…"}
    </code>
  )
}

// A token as it is written, which shows where in the pattern it is: there may be
// several that are written the same.
function Token({ app, debugged: { program, query }, token }: Omit<StateProps, "step"> & { token: number }) {
  return (
    <Part app={app} pattern={query.pattern} span={wholeSpan(program, token)}>
      <code>{sourceOf(program, query.pattern, token)}</code>
    </Part>
  )
}

// How many open choices are listed; the rest is said as a number.
const ChoicesShown = 30

function Choices({ app, debugged, step }: StateProps) {
  const { choices, hiddenChoices } = step
  const count = choices.length + hiddenChoices
  const more = count - Math.min(choices.length, ChoicesShown)
  return (
    <details class="debug-section" open>
      <summary>
        Open choices <span class="muted">{format.count(count)}</span>
      </summary>
      {count == 0 ? (
        <p class="muted debug-none">None: a failure now ends the attempt.</p>
      ) : (
        <ol class="debug-choices" aria-label="Open choices, the next to be taken first">
          {choices.slice(0, ChoicesShown).map((choice, i) => (
            <li key={`${i}-${choice.token}`}>
              <Token app={app} debugged={debugged} token={choice.token} />
              <span class="debug-span">at {placeWords(app, debugged, choice.pos)}</span>
              <span>{choiceWords(choice)}</span>
            </li>
          ))}
        </ol>
      )}
      {more > 0 && <p class="muted debug-none">and {format.count(more)} below</p>}
    </details>
  )
}

// How many threads are listed.
const ThreadsShown = 30

function Threads({ app, debugged, step }: StateProps) {
  const { program } = debugged
  const threads = step.threads ?? []
  const count = threads.length + (step.hiddenThreads ?? 0)
  const more = count - Math.min(threads.length, ThreadsShown)
  return (
    <details class="debug-section" open>
      <summary>
        Threads <span class="muted">{format.count(count)}</span>
      </summary>
      {count == 0 ? (
        <p class="muted debug-none">No thread waits.</p>
      ) : (
        <ol class="debug-choices" aria-label="Threads, the preferred one first">
          {threads.slice(0, ThreadsShown).map((thread, i) => (
            <li key={`${i}-${thread.token}`}>
              {thread.atEnd ? <b>has matched</b> : <Token app={app} debugged={debugged} token={thread.token} />}
              <span class="debug-span">at {placeWords(app, debugged, thread.pos)}</span>
              <span class="debug-span">from {placeWords(app, debugged, thread.attempt)}</span>
              {thread.groups.map(({ now }, g) =>
                g > 0 && now ? (
                  <span key={g} class={`debug-thread-group ${groupClass(program.groups[g]!.number)}`}>
                    {program.groups[g]!.number}: <Value debugged={debugged} range={now} />
                  </span>
                ) : null,
              )}
            </li>
          ))}
        </ol>
      )}
      {more > 0 && <p class="muted debug-none">and {format.count(more)} behind them</p>}
    </details>
  )
}
