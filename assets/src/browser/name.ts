/// What the browser's own RegExp is called, as far as the browser says.
import type { Engine } from "../wire"

/// The part of `navigator` that tells: Chromium's has brands.
export interface Browser {
  userAgent: string
  userAgentData?: { brands: readonly { brand: string; version: string }[] }
}

const Note = "this browser's own RegExp, its version as the browser says"
// Seen in WebKitGTK 2.50: /(?:a+)+$|!/ finds nothing in 38 times "a" and "!", after a second.
const GivesUp = "it gives up on very long searches, and then reports no match"

export function nativeEngine({ userAgent, userAgentData }: Browser): Engine {
  const chromium = userAgentData?.brands.find(({ brand }) => brand == "Chromium")
  if (chromium) return engine("V8 in Chromium", chromium.version)
  // In this order: all say "Mozilla", Chromium says "Safari", and on iOS, where
  // all browsers are WebKit, none says "Firefox" or "Chrome" but "FxiOS" or "CriOS".
  for (const [name, version] of [
    ["SpiderMonkey in Firefox", /\bFirefox\/([\d.]+)/],
    ["V8 in Chromium", /\b(?:Headless)?Chrom(?:e|ium)\/(\d+)/],
    // Other browsers of WebKit say "Safari" too, with a version that is none of Safari's.
    ["JavaScriptCore in Safari", /\((?:Macintosh|iPhone|iPad|iPod)\b.*\bVersion\/([\d.]+).* Safari\//],
    ["JavaScriptCore in WebKit", /\bAppleWebKit\/([\d.]+)/],
  ] as const) {
    const found = version.exec(userAgent)
    if (found) return engine(name, found[1]!, name.startsWith("JavaScriptCore") ? `${Note}; ${GivesUp}` : Note)
  }
  return engine("this browser's RegExp", "")
}

function engine(name: string, version: string, note = Note): Engine {
  return { name, version, note }
}
