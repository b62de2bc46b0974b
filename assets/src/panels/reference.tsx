/// What there is to write: the feature table, searchable.
import { useEffect } from "preact/hooks"
import type { App } from "../app"
import { visiblePieces } from "../editor"
import { exampleOf, format, searchFeatures } from "../state"
import type { Feature, Flavor } from "../wire"
import type { Panel } from "./panel"

export const reference: Panel = { id: "reference", View: Reference }

function Reference({ app }: { app: App }) {
  const { lookup, model } = app
  const table = lookup.reference.value
  useEffect(() => void lookup.load(), [])
  if (!table) {
    const { value: failure } = lookup.failure
    if (failure == "") return <p class="empty">Loading…</p>
    return (
      <div class="empty">
        <p>The reference could not be loaded: {failure}</p>
        <button type="button" class="button" onClick={() => void lookup.load()}>
          Try again
        </button>
      </div>
    )
  }
  const flavors = model.welcome.value?.flavors ?? []
  const flavor = model.flavorName.value
  const everywhere = lookup.everywhere.value
  const words = lookup.words.value
  const all = everywhere ? table.features : table.features.filter((f) => f.flavors.includes(flavor))
  const found = searchFeatures(all, words)
  const label = model.flavor.value?.label ?? flavor
  const elsewhere = everywhere || found.length > 0 ? 0 : searchFeatures(table.features, words).length
  return (
    <div class="reference">
      <div class="reference-head">
        <input
          type="search"
          class="search"
          aria-label="Search the reference"
          placeholder={"lookahead, \\b, digits…"}
          value={words}
          onInput={(event) => (lookup.words.value = event.currentTarget.value)}
        />
        <button
          type="button"
          class="tool"
          aria-pressed={everywhere}
          title="Also what only other flavors have, and which have what"
          onClick={() => (lookup.everywhere.value = !everywhere)}
        >
          All flavors
        </button>
        <span class="muted" aria-live="polite">
          {format.plural(found.length, "entry", "entries")}
          {!everywhere && ` for ${label}`}
        </span>
      </div>
      <div class="reference-list" tabIndex={0} role="region" aria-label="Entries">
        {found.length == 0 && (
          <div class="empty">
            <p>
              Nothing in {everywhere ? "any flavor" : label} fits “{words}”.
            </p>
            {elsewhere > 0 && (
              <button type="button" class="button" onClick={() => (lookup.everywhere.value = true)}>
                {format.plural(elsewhere, "entry", "entries")} in other flavors
              </button>
            )}
          </div>
        )}
        {grouped(found, words.trim() == "" ? table.categories : []).map(({ heading, features }) => (
          <section key={heading} aria-label={heading || "Found"}>
            {heading && <h3>{heading}</h3>}
            {features.map((feature) => (
              <Entry key={feature.id} app={app} feature={feature} flavors={flavors} flavor={flavor} everywhere={everywhere} />
            ))}
          </section>
        ))}
      </div>
    </div>
  )
}

// Under their headings, or in the order of the search under none.
function grouped(features: readonly Feature[], headings: readonly string[]): { heading: string; features: readonly Feature[] }[] {
  if (headings.length == 0) return [{ heading: "", features }]
  return headings
    .map((heading) => ({ heading, features: features.filter(({ category }) => category == heading) }))
    .filter(({ features }) => features.length > 0)
}

interface EntryProps {
  app: App
  feature: Feature
  flavors: readonly Flavor[]
  flavor: string
  everywhere: boolean
}

function Entry({ app, feature, flavors, flavor, everywhere }: EntryProps) {
  const { title, syntax, meaning, notes } = feature
  // In this flavor, or in the first that has it and can be run here.
  const having = flavors.filter(({ name }) => feature.flavors.includes(name))
  const where = having.find(({ name }) => name == flavor) ?? having.find(({ engine }) => engine) ?? having[0]
  const example = where && exampleOf(feature, where.name)
  const said = everywhere ? notes : notes.filter((note) => note.flavor == flavor)
  return (
    <article class="entry" aria-label={title}>
      <h4>
        {title} <code class="entry-syntax">{syntax}</code>
      </h4>
      <p>{meaning}</p>
      {everywhere && (
        <ul class="matrix" aria-label="Flavors">
          {flavors.map(({ name, label }) => {
            const has = feature.flavors.includes(name)
            return (
              <li key={name} class={has ? "has" : "lacks"} title={`${label} ${has ? "has it" : "does not have it"}`}>
                <span aria-hidden="true">{has ? "✓" : "–"}</span> {label}
                <span class="hidden-words">{has ? " has it" : " does not have it"}</span>
              </li>
            )
          })}
        </ul>
      )}
      {said.map((note) => (
        <p key={note.flavor} class="entry-note">
          {everywhere && <b>{flavors.find(({ name }) => name == note.flavor)?.label ?? note.flavor}: </b>}
          {note.text}
        </p>
      ))}
      {where && example && (
        <div class="entry-example">
          <span>
            <code>{example.pattern}</code>
            {example.flags && <span class="muted"> flags {example.flags}</span>} <span class="muted">in</span>{" "}
            <code>
              {visiblePieces(example.text).map((piece, i) =>
                typeof piece == "string" ? piece : (
                  <span key={i} class="inv">
                    {piece.label}
                  </span>
                ),
              )}
            </code>
          </span>
          <button
            type="button"
            class="button"
            aria-label={`Try ${title}`}
            onClick={() => app.tryExample({ flavor: where.name, flags: example.flags, pattern: example.pattern, text: example.text })}
          >
            {where.name == flavor ? "Try" : `Try in ${where.label}`}
          </button>
        </div>
      )}
    </article>
  )
}
