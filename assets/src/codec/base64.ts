/// Base64 of bytes: standard for the wire, "url" for fragments.

// fromCharCode takes its units as arguments; engines bound their number.
const BytesPerCall = 8192

export function toBase64(bytes: Uint8Array): string {
  let binary = ""
  for (let i = 0; i < bytes.length; i += BytesPerCall) {
    binary += String.fromCharCode.apply(null, bytes.subarray(i, i + BytesPerCall) as unknown as number[])
  }
  return btoa(binary)
}

export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
}

/// Throws when `text` is not base64.
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}
