/// What one sets once and forgets.
import { type PositionUnit, type Theme, sizes, timeoutWords, timeouts } from "../app"
import { useApp } from "./context"
import { Modal } from "./modal"

const themes: readonly [Theme, string][] = [
  ["system", "as the system"],
  ["light", "light"],
  ["dark", "dark"],
]
const units: readonly [PositionUnit, string][] = [
  ["bytes", "bytes (UTF-8)"],
  ["utf16", "UTF-16 units"],
  ["runes", "characters (runes)"],
]

export function SettingsDialog() {
  return (
    <Modal id="settings" title="Settings">
      <Fields />
    </Modal>
  )
}

function Fields() {
  const { model, settings } = useApp()
  const limits = model.welcome.value?.limits
  return (
    <div class="settings-fields">
      <Choice label="Theme" value={model.theme.value} all={themes} set={(theme) => model.setTheme(theme)} />
      <Choice
        label="Colours"
        value={settings.palette.value}
        all={[
          ["standard", "standard"],
          ["safe", "for every eye (also without red and green)"],
        ]}
        set={(palette) => settings.setPalette(palette)}
      />
      <Choice
        label="Text size"
        value={String(settings.size.value)}
        all={sizes.map((size) => [String(size), `${size} px`])}
        set={(size) => settings.setSize(Number(size))}
      />
      <Choice label="Positions in" value={model.unit.value} all={units} set={(unit) => model.setUnit(unit)} />
      <Choice
        label="A search pauses after"
        value={String(settings.timeout.value)}
        all={timeouts.filter((ms) => ms <= (limits?.maxBudgetMs ?? 0)).map((ms) => [String(ms), timeoutWords(ms, limits?.budgetMs ?? 0)])}
        set={(ms) => settings.setTimeout(Number(ms))}
      />
      <Check label="Wrap long lines of the text" value={settings.wrap.value} set={(wrap) => settings.setWrap(wrap)} />
      <Check label="Show spaces, tabs, no-break spaces and line ends" value={model.everything.value} set={(everything) => settings.setEverything(everything)} />
      <p>
        <button type="button" class="button" onClick={() => settings.reset()}>
          All as on the first day
        </button>
      </p>
      <p class="muted">This browser remembers them for every tab.</p>
    </div>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  value: T
  all: readonly (readonly [T, string])[]
  set(value: T): void
}

function Choice<T extends string>({ label, value, all, set }: ChoiceProps<T>) {
  return (
    <label class="picker">
      <span>{label}</span>
      <select value={value} onChange={(event) => set(event.currentTarget.value as T)}>
        {all.map(([one, words]) => (
          <option key={one} value={one} selected={one == value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}

function Check({ label, value, set }: { label: string; value: boolean; set(value: boolean): void }) {
  return (
    <label class="settings-check">
      <input type="checkbox" checked={value} onChange={(event) => set(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  )
}
