/// What this browser remembers for all tabs: small settings, one string each.

export const remembered = {
  get: (key: string) => {
    try {
      return localStorage.getItem("regexdbg." + key)
    } catch {
      return null // storage is switched off
    }
  },
  set: (key: string, value: string) => {
    try {
      localStorage.setItem("regexdbg." + key, value)
    } catch {
      // Then it is not remembered.
    }
  },
}
