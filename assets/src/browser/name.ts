/// What the browser's own RegExp is called, as far as the browser says.
import type { Engine } from "../wire"

/// The part of `navigator` that tells: Chromium's has brands.
export interface Browser {
  userAgent: string
  userAgentData?: { brands: readonly { brand: string; version: string }[] }
}

const Note = "this browser's own RegExp, its version as the browser says"

export function nativeEngine({ userAgent, userAgentData }: Browser): Engine {
  const chromium = userAgentData?.brands.find(({ brand }) => brand == "Chromium")
  if (chromium) return engine("V8 in Chromium", chromium.version)
  // In this order: all say "Mozilla", Chromium says "Safari", and on iOS, where
  // all browsers are WebKit, none says "Firefox" or "Chrome" but "FxiOS" or "CriOS".
  for (const [name, version] of [
    ["SpiderMonkey in Firefox", /\bFirefox\/([\d.]+)/],
    ["V8 in Chromium", /\b(?:Headless)?Chrom(?:e|ium)\/(\d+)/],
    ["JavaScriptCore in Safari", /\bVersion\/([\d.]+).* Safari\//],
    ["JavaScriptCore in WebKit", /\bAppleWebKit\/([\d.]+)/],
  ] as const) {
    const found = version.exec(userAgent)
    if (found) return engine(name, found[1]!)
  }
  return engine("this browser's RegExp", "")
}

function engine(name: string, version: string): Engine {
  return { name, version, note: Note }
}
