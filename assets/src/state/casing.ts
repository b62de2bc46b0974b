/// What the cases of a replacement make of characters: the same as regex/replace in
/// Go, which the engines' own functions are compared with; a test compares the two. A browser with a newer Unicode than the
/// engine's changes a few letters more.

// Characters whose title case is not their upper case, each followed by it.
const titles = new Map(
  (
  "\u00dfSs \u01c4\u01c5 \u01c5\u01c5 \u01c6\u01c5 \u01c7\u01c8 \u01c8\u01c8 \u01c9\u01c8 \u01ca\u01cb \u01cb\u01cb " +
  "\u01cc\u01cb \u01f1\u01f2 \u01f2\u01f2 \u01f3\u01f2 \u0587\u0535\u0582 \u10d0\u10d0 \u10d1\u10d1 \u10d2\u10d2 " +
  "\u10d3\u10d3 \u10d4\u10d4 \u10d5\u10d5 \u10d6\u10d6 \u10d7\u10d7 \u10d8\u10d8 \u10d9\u10d9 \u10da\u10da \u10db\u10db " +
  "\u10dc\u10dc \u10dd\u10dd \u10de\u10de \u10df\u10df \u10e0\u10e0 \u10e1\u10e1 \u10e2\u10e2 \u10e3\u10e3 \u10e4\u10e4 " +
  "\u10e5\u10e5 \u10e6\u10e6 \u10e7\u10e7 \u10e8\u10e8 \u10e9\u10e9 \u10ea\u10ea \u10eb\u10eb \u10ec\u10ec \u10ed\u10ed " +
  "\u10ee\u10ee \u10ef\u10ef \u10f0\u10f0 \u10f1\u10f1 \u10f2\u10f2 \u10f3\u10f3 \u10f4\u10f4 \u10f5\u10f5 \u10f6\u10f6 " +
  "\u10f7\u10f7 \u10f8\u10f8 \u10f9\u10f9 \u10fa\u10fa \u10fd\u10fd \u10fe\u10fe \u10ff\u10ff \u1f80\u1f88 \u1f81\u1f89 " +
  "\u1f82\u1f8a \u1f83\u1f8b \u1f84\u1f8c \u1f85\u1f8d \u1f86\u1f8e \u1f87\u1f8f \u1f88\u1f88 \u1f89\u1f89 \u1f8a\u1f8a " +
  "\u1f8b\u1f8b \u1f8c\u1f8c \u1f8d\u1f8d \u1f8e\u1f8e \u1f8f\u1f8f \u1f90\u1f98 \u1f91\u1f99 \u1f92\u1f9a \u1f93\u1f9b " +
  "\u1f94\u1f9c \u1f95\u1f9d \u1f96\u1f9e \u1f97\u1f9f \u1f98\u1f98 \u1f99\u1f99 \u1f9a\u1f9a \u1f9b\u1f9b \u1f9c\u1f9c " +
  "\u1f9d\u1f9d \u1f9e\u1f9e \u1f9f\u1f9f \u1fa0\u1fa8 \u1fa1\u1fa9 \u1fa2\u1faa \u1fa3\u1fab \u1fa4\u1fac \u1fa5\u1fad " +
  "\u1fa6\u1fae \u1fa7\u1faf \u1fa8\u1fa8 \u1fa9\u1fa9 \u1faa\u1faa \u1fab\u1fab \u1fac\u1fac \u1fad\u1fad \u1fae\u1fae " +
  "\u1faf\u1faf \u1fb2\u1fba\u0345 \u1fb3\u1fbc \u1fb4\u0386\u0345 \u1fb7\u0391\u0342\u0345 \u1fbc\u1fbc " +
  "\u1fc2\u1fca\u0345 \u1fc3\u1fcc \u1fc4\u0389\u0345 \u1fc7\u0397\u0342\u0345 \u1fcc\u1fcc \u1ff2\u1ffa\u0345 " +
  "\u1ff3\u1ffc \u1ff4\u038f\u0345 \u1ff7\u03a9\u0342\u0345 \u1ffc\u1ffc \ufb00Ff \ufb01Fi \ufb02Fl \ufb03Ffi \ufb04Ffl " +
  "\ufb05St \ufb06St \ufb13\u0544\u0576 \ufb14\u0544\u0565 \ufb15\u0544\u056b \ufb16\u054e\u0576 \ufb17\u0544\u056d"
  )
    .split(" ")
    .map((pair) => [String.fromCodePoint(pair.codePointAt(0)!), pair.slice(String.fromCodePoint(pair.codePointAt(0)!).length)]),
)

const quoted = /[^0-9A-Za-z_]/
const quotedBeyond = /[\p{Pattern_Syntax}\p{Pattern_White_Space}\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}]/u

/// Perl's uc, lc, fc, ucfirst, lcfirst and quotemeta.
export function applyCase(name: string, text: string): string {
  switch (name) {
    case "upper":
      return each(text, (c) => c.toUpperCase())
    case "lower":
      return each(text, lower)
    case "fold":
      return each(text, fold)
    case "quote":
      return each(text, (c) => ((c < "\x80" ? quoted : quotedBeyond).test(c) ? "\\" + c : c))
  }
  const first = text == "" ? "" : String.fromCodePoint(text.codePointAt(0)!)
  const rest = text.slice(first.length)
  return (name == "first-upper" ? (titles.get(first) ?? first.toUpperCase()) : lower(first)) + rest
}

function each(text: string, f: (char: string) => string): string {
  let out = ""
  for (const char of text) out += f(char)
  return out
}

// One character at a time, a final sigma is nothing special, and neither is it to Perl.
function lower(char: string): string {
  return char.toLowerCase()
}

// Unicode's full case folding: the lower case of the upper case, but for these.
function fold(char: string): string {
  if (char == "\u1e9e") return "ss"
  if (char == "\u0131" || isCherokeeCapital(char)) return char
  return isCherokeeSmall(char) ? char.toUpperCase() : char.toUpperCase().toLowerCase()
}

function isCherokeeCapital(char: string): boolean {
  return char >= "\u13a0" && char <= "\u13f5"
}

function isCherokeeSmall(char: string): boolean {
  return (char >= "\u13f8" && char <= "\u13fd") || (char >= "\uab70" && char <= "\uabbf")
}

/// What PCRE2 makes of a character that is to be in upper or lower case: the other
/// case of a letter that is not of that case. Without `utf` only ASCII has cases.
export function otherCase(char: string, upper: boolean, utf: boolean): string {
  if (!utf) return char >= "\x80" ? char : upper ? char.toUpperCase() : char.toLowerCase()
  if (!letter.test(char) || (upper ? capital : small).test(char)) return char
  const folded = simpleFold(char)
  if (folded != char) return folded
  const others = [firstFolding[char], char.toUpperCase(), titles.get(char), char.toLowerCase()].map(single)
  return others.find((other) => other !== undefined && other != char && simpleFold(other) == char) ?? char
}

const letter = /\p{L}/u
const capital = /\p{Lu}/u
const small = /\p{Ll}/u

// Where the first character that folds to one is not its upper case.
const firstFolding: Record<string, string> = { "\u03b9": "\u0345", "\u03bc": "\u00b5", "\ua64b": "\u1c88", "\u00df": "\u1e9e" }

function simpleFold(char: string): string {
  if (char == "\u0130" || char == "\u0131" || isCherokeeCapital(char)) return char
  const upper = single(char.toUpperCase()) ?? char
  return isCherokeeSmall(char) ? upper : (single(upper.toLowerCase()) ?? upper)
}

// The text if it is one character.
function single(text: string | undefined): string | undefined {
  return text !== undefined && text != "" && text.length == String.fromCodePoint(text.codePointAt(0)!).length ? text : undefined
}
