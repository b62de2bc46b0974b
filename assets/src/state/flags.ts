/// Flags are single letters; a query holds them in the flavor's order.
import type { Flavor } from "../wire"

export function toggleFlag(flavor: Flavor, flags: string, letter: string): string {
  const on = new Set(flags)
  if (!on.delete(letter)) on.add(letter)
  return flavor.flags.map((flag) => flag.letter).filter((l) => on.has(l)).join("")
}

/// What stays of the flags in a flavor, and what it does not have.
export function fitFlags(flavor: Flavor, flags: string): { kept: string; dropped: string } {
  const known = new Set(flavor.flags.map((flag) => flag.letter))
  const letters = [...new Set(flags)]
  return {
    kept: flavor.flags.map((flag) => flag.letter).filter((l) => letters.includes(l)).join(""),
    dropped: letters.filter((l) => !known.has(l)).join(""),
  }
}

/// The flavor of a name or alias.
export function findFlavor(flavors: readonly Flavor[], name: string): Flavor | undefined {
  const lower = name.toLowerCase() // as all names are
  return flavors.find((f) => f.name == lower) ?? flavors.find((f) => f.aliases?.includes(lower))
}
