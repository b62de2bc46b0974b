/// Names that nothing else has: of tabs, entries and versions.
import { toBase64Url } from "../codec"

/// 96 random bits, in 16 characters.
// crypto.randomUUID exists only where the page came over TLS or from this machine.
export function newId(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(12)))
}
