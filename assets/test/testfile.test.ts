import assert from "node:assert/strict"
import { test } from "node:test"
import { type TestChange, type TestDocument, addInput, addPattern, changeInput, changePattern, inputBlock, isPattern, patternBlock, removeInput, removePattern, uncovered } from "../src/state"
import type { TestFile } from "../src/wire"
import data from "./data/testfiles.json"

const files = data as { file: TestFile; toml: string }[]

test("the page writes a file of tests as the program does", () => {
  assert.ok(files.length > 20)
  for (const { file, toml } of files) {
    const blocks = file.patterns.map((p) => [patternBlock(p), ...p.inputs.map(inputBlock)].join("\n\n") + "\n")
    assert.equal(blocks.join("\n"), toml)
  }
})

// A file of three patterns with comments, whose blocks are found by their text.
function fileOf(...parts: string[]): TestDocument {
  const text = "# head\n\n[[pattern]]\nflavor = 'go'\npattern = 'a'\n\n# of the first\n[[pattern.input]]\ntext = 'x'\nmatch = true\n\n[[pattern.input]]\ntext = 'y'\nmatch = false\n# end of a\n\n[[pattern]]\nflavor = 'go'\npattern = 'b'\n\n[[pattern.input]]\ntext = 'z'\nmatch = true\n" + parts.join("")
  const at = (block: string) => ({ from: text.indexOf(block), to: text.indexOf(block) + block.length })
  const input = (t: string, match: boolean) => ({ ...at(`[[pattern.input]]\ntext = '${t}'\nmatch = ${match}`), text: t, match, matches: [] })
  const pattern = (p: string) => ({ ...at(`[[pattern]]\nflavor = 'go'\npattern = '${p}'`), flavor: "go", pattern: p })
  return { text, patterns: [{ ...pattern("a"), inputs: [input("x", true), input("y", false)] }, { ...pattern("b"), inputs: [input("z", true)] }] }
}

// The file behind a change, whose blocks have to be where it says.
function after(file: TestDocument, change: TestChange | undefined): TestDocument {
  assert.ok(change)
  const text = file.text.slice(0, change.from) + change.insert + file.text.slice(change.to)
  for (const p of change.patterns) {
    assert.equal(text.slice(p.from, p.to), patternBlock(p))
    for (const i of p.inputs) assert.equal(text.slice(i.from, i.to), inputBlock(i))
  }
  return { text, patterns: change.patterns }
}

test("changes leave what is around them", () => {
  let file = fileOf()
  file = after(file, changePattern(file, 0, { ...file.patterns[0]!, pattern: "a+b", flags: "i" }))
  file = after(file, changeInput(file, 0, 1, { ...file.patterns[0]!.inputs[1]!, text: "it's\n", match: true }))
  file = after(file, addInput(file, 0, { from: 0, to: 0, text: "new", match: true, matches: [] }))
  file = after(file, removeInput(file, 0, 0))
  file = after(file, addPattern(file, { from: 0, to: 0, flavor: "go", pattern: "c", inputs: [{ from: 0, to: 0, text: "c", match: true, matches: [] }] }))
  assert.equal(
    file.text,
    "# head\n\n[[pattern]]\nflavor = 'go'\nflags = 'i'\npattern = 'a+b'\n\n# of the first\n[[pattern.input]]\ntext = '''\nit's\n'''\nmatch = true\n\n[[pattern.input]]\ntext = 'new'\nmatch = true\n# end of a\n\n[[pattern]]\nflavor = 'go'\npattern = 'b'\n\n[[pattern.input]]\ntext = 'z'\nmatch = true\n\n[[pattern]]\nflavor = 'go'\npattern = 'c'\n\n[[pattern.input]]\ntext = 'c'\nmatch = true\n",
  )
  file = after(file, removePattern(file, 0))
  assert.ok(file.text.startsWith("# head\n\n# end of a\n\n[[pattern]]\nflavor = 'go'\npattern = 'b'"))
  file = after(file, removeInput(file, 1, 0)) // the last one of its pattern
  file = after(file, removeInput(file, 0, 0))
  assert.equal(file.text, "# head\n\n# end of a\n\n")
  assert.equal(file.patterns.length, 0)
})

test("what is written in one value is not changed", () => {
  const file = fileOf()
  const inline = { text: file.text, patterns: file.patterns.map((p) => ({ ...p, from: 0, to: 0, inputs: p.inputs.map((i) => ({ ...i, from: 0, to: 0 })) })) }
  assert.equal(changePattern(inline, 0, inline.patterns[0]!), undefined)
  assert.equal(changeInput(inline, 0, 0, inline.patterns[0]!.inputs[0]!), undefined)
  assert.equal(removeInput(inline, 0, 0), undefined)
  assert.equal(addInput(inline, 0, { from: 0, to: 0, text: "c", matches: [] }), undefined)
})

test("a pattern is that of the editor whatever the order of its flags", () => {
  const pattern = { from: 0, to: 1, flavor: "go", flags: "im", pattern: "a", inputs: [] }
  assert.ok(isPattern(pattern, { flavor: "go", flags: "mi", pattern: "a" }, ""))
  assert.ok(!isPattern(pattern, { flavor: "go", flags: "mi", pattern: "a" }, "regexp"))
  assert.ok(!isPattern(pattern, { flavor: "go", flags: "i", pattern: "a" }, ""))
})

test("what is in a gap is in pieces of its own", () => {
  const said = (gaps: { from: number; to: number }[]) => uncovered("abcdef", gaps).map(({ text, gap }) => (gap ? `[${text}]` : text)).join("")
  assert.equal(said([]), "abcdef")
  assert.equal(said([{ from: 1, to: 3 }, { from: 2, to: 4 }, { from: 5, to: 5 }]), "a[bcd]ef")
  assert.equal(said([{ from: 0, to: 6 }]), "[abcdef]")
})
