/// Pages that ended without a word, since the browser or the machine did.
///
/// A page that is closed says so in localStorage, which takes it at once. Should that not
/// get to the disk any more, its state is offered although nobody misses it.

const Prefix = "regexdbg.closed."
const Lock = "regexdbg-"

/// Notes that the page of a tab's name ends in order.
export function closing(id: string): void {
  storage((items) => items.setItem(Prefix + id, "1"))
}

/// Notes that it is there (again).
export function opening(id: string): void {
  storage((items) => items.removeItem(Prefix + id))
}

/// Forgets the names of which nothing is kept any more.
export function forget(kept: ReadonlySet<string>): void {
  storage((items) => {
    for (const key of Object.keys(items)) if (key.startsWith(Prefix) && !kept.has(key.slice(Prefix.length))) items.removeItem(key)
  })
}

/// Those of some names whose pages were not closed and are not there: none where the
/// browser does not say what is there.
export async function lost(ids: readonly string[]): Promise<string[]> {
  if (!("locks" in navigator)) return []
  const here = await there()
  return ids.filter((id) => !here.has(id) && storage((items) => items.getItem(Prefix + id)) === null)
}

/// The names of the tabs whose pages are there: none where the browser does not say.
export async function there(): Promise<Set<string>> {
  if (!("locks" in navigator)) return new Set()
  const held = (await navigator.locks.query()).held ?? []
  return new Set(held.flatMap(({ name }) => (name?.startsWith(Lock) ? [name.slice(Lock.length)] : [])))
}

/// The name of the lock that a tab holds as long as its page lives.
export function lockOf(id: string): string {
  return Lock + id
}

// Undefined where storage is switched off.
function storage<T>(use: (items: Storage) => T): T | undefined {
  try {
    return use(localStorage)
  } catch {
    return undefined
  }
}
