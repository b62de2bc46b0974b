/// The ways to other steps.
import type { App } from "../app"
import type { Move } from "../state"

// Each drawing is that of the way to the right; the way back is its mirror image.
const drawings = {
  step: "M8 5l8 7-8 7Z",
  over: "M4 15a8 8 0 0 1 15-3M19 6v6h-6M12 18.9v.2",
  out: "M12 20V6M6.5 11.5 12 6l5.5 5.5",
  match: "M4 6l6 6-6 6M12 12.5l3 3.5 6-8",
  failure: "M4 6l6 6-6 6M14 8l7 8M21 8l-7 8",
  groupfailure: "M8 4C4 7 4 17 8 20M16 4c4 3 4 13 0 16M9.5 9.5l5 5M14.5 9.5l-5 5",
  attempt: "M4 6l6 6-6 6M15 5v14M20 5v14",
  end: "M5 5l8 7-8 7ZM17 5v14",
  continue: "M4 5l7 7-7 7ZM18 12h.1M17 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0",
  play: "M7 4l12 8-12 8Z",
  pause: "M8 5v14M16 5v14",
}

function Drawing({ of, mirrored }: { of: keyof typeof drawings; mirrored?: boolean | undefined }) {
  return (
    <svg class={mirrored ? "icon mirrored" : "icon"} viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
      <path d={drawings[of]} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  )
}

interface Way {
  drawing: keyof typeof drawings
  name: string
  keys: string
  back?: boolean
  go(app: App): void
}

function way(move: Move, name: string, keys: string, back: boolean): Way {
  return { drawing: move, name, keys, back, go: ({ debugging }) => debugging.by(move, back) }
}

const rows: readonly (readonly Way[])[] = [
  [
    { drawing: "end", name: "Rewind", keys: "Home", back: true, go: ({ debugging }) => debugging.rewind() },
    way("match", "Previous match", "Shift+M", true),
    way("failure", "Previous failure", "Shift+F", true),
    way("step", "Step back", "←", true),
    way("step", "Step forward", "→", false),
    way("failure", "Next failure", "F", false),
    way("match", "Next match", "M", false),
    { drawing: "end", name: "Run to end", keys: "End", go: ({ debugging }) => debugging.end() },
  ],
  [
    { drawing: "continue", name: "Reverse-continue", keys: "Shift+C", back: true, go: ({ debugging }) => debugging.continue(true) },
    way("attempt", "Previous attempt", "Shift+A", true),
    way("groupfailure", "Previous failure in this group", "Shift+G", true),
    way("out", "Back out", "Shift+U", true),
    way("over", "Back over", "Shift+O", true),
    way("over", "Step over", "O", false),
    way("out", "Step out", "U", false),
    way("groupfailure", "Next failure in this group", "G", false),
    way("attempt", "Next attempt", "A", false),
    { drawing: "continue", name: "Continue", keys: "C", go: ({ debugging }) => debugging.continue(false) },
  ],
]

const speeds = [1, 4, 16, 60]

export function DebugMoves({ app }: { app: App }) {
  const { debugging } = app
  const { playing, speed } = debugging
  return (
    <div class="debug-moves">
      {rows.map((row, i) => (
        <div key={i} class="debug-row" role="group" aria-label={i == 0 ? "Steps" : "Longer ways"}>
          {row.map(({ name, keys, drawing, back, go }) => (
            <button key={name} type="button" class="tool" aria-label={name} title={`${name} (${keys})`} onClick={() => go(app)}>
              <Drawing of={drawing} mirrored={back} />
            </button>
          ))}
        </div>
      ))}
      <div class="debug-row" role="group" aria-label="Play">
        <button type="button" class="tool" aria-label={playing.value ? "Pause" : "Play"} title={`${playing.value ? "Pause" : "Play"} (P)`} onClick={() => debugging.play()}>
          <Drawing of={playing.value ? "pause" : "play"} />
        </button>
        <label class="picker">
          <span class="debug-hidden">Speed</span>
          <select aria-label="Speed" value={String(speed.value)} onChange={(event) => (speed.value = Number(event.currentTarget.value))}>
            {speeds.map((s) => (
              <option key={s} value={String(s)}>
                {s} / s
              </option>
            ))}
          </select>
        </label>
      </div>
    </div>
  )
}
