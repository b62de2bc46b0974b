/// What a match has to be, to be edited.
import type { App } from "../app"
import { parseSpan, withKey } from "../state"
import type { TestGroup, TestMatch } from "../wire"
import { LineField } from "./field"

interface Props {
  app: App
  number: number
  match: TestMatch
  onMatch: (match: TestMatch) => void
  onRemove?: () => void
}

export function MatchForm({ app, number, match, onMatch, onRemove }: Props) {
  const group = (i: number, to: TestGroup | undefined) =>
    onMatch({ ...match, groups: match.groups.flatMap((g, j) => (j != i ? [g] : to ? [to] : [])) })
  return (
    <fieldset class="test-match">
      <legend>{`Match ${number}`}</legend>
      <div class="test-fields">
        <SpanField app={app} label="Bytes" span={match.span} onSpan={(span) => onMatch(withKey(match, "span", span))} />
        <LineField
          label="Text"
          hint={match.text === "" ? "empty" : "any"}
          size={24}
          value={match.text ?? ""}
          onValue={(text) => onMatch(withKey(match, "text", text || undefined))}
        />
        <button type="button" class="button" onClick={() => onMatch({ ...match, groups: [...match.groups, { key: nextKey(match), none: true }] })}>
          Add a group
        </button>
        {onRemove && (
          <button type="button" class="button" onClick={onRemove}>
            {`Take out match ${number}`}
          </button>
        )}
      </div>
      {match.groups.map((g, i) => (
        <GroupForm key={i} app={app} group={g} onGroup={(to) => group(i, to)} />
      ))}
    </fieldset>
  )
}

// The number of a group that nothing is said of yet.
function nextKey({ groups }: TestMatch): string {
  let number = 1
  while (groups.some(({ key }) => key == String(number))) number++
  return String(number)
}

function kindOf({ none, span }: TestGroup): "none" | "span" | "text" {
  return none ? "none" : span ? "span" : "text"
}

function GroupForm({ app, group, onGroup }: { app: App; group: TestGroup; onGroup: (to: TestGroup | undefined) => void }) {
  const { key } = group
  const kind = kindOf(group)
  return (
    <div class="test-fields">
      <LineField label="Group" size={8} value={key} onValue={(name) => (name.trim() == "" ? false : onGroup({ ...group, key: name.trim() }))} />
      <label class="field">
        <span class="field-label">Is</span>
        <select
          value={kind}
          onChange={(event) => {
            const is = event.currentTarget.value
            onGroup(is == "none" ? { key, none: true } : is == "span" ? { key, span: [0, 0] } : { key, text: "" })
          }}
        >
          <option value="text" selected={kind == "text"}>
            this text
          </option>
          <option value="span" selected={kind == "span"}>
            at these bytes
          </option>
          <option value="none" selected={kind == "none"}>
            in no part
          </option>
        </select>
      </label>
      {kind == "text" && <LineField label="Text" size={20} hint="empty" value={group.text ?? ""} onValue={(text) => onGroup({ key, text })} />}
      {kind == "span" && <SpanField app={app} label="Bytes" span={group.span} onSpan={(span) => onGroup(span ? { key, span } : { key, none: true })} />}
      <button type="button" class="button" onClick={() => onGroup(undefined)}>
        {`Take out group ${key}`}
      </button>
    </div>
  )
}

function SpanField({ app, label, span, onSpan }: { app: App; label: string; span: number[] | undefined; onSpan: (span: number[] | undefined) => void }) {
  return (
    <LineField
      label={label}
      hint="any"
      size={9}
      value={span ? `${span[0]}-${span[1]}` : ""}
      onValue={(text) => {
        const parsed = parseSpan(text)
        if (parsed === null) {
          app.model.notify("error", "Bytes are two offsets, such as 3-7.")
          return false
        }
        onSpan(parsed)
        return true
      }}
    />
  )
}
