// Builds dist/: one script, one style sheet, the page, its icon, and the
// licence notices of what was bundled. The output depends on the sources and
// the lockfile alone, so that CI can compare a fresh build with the committed
// one byte for byte.
import { build } from "esbuild"
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, sep } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(fileURLToPath(import.meta.url))
const dist = join(root, "dist")
process.chdir(root)
rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)

const result = await build({
  entryPoints: { app: "src/main.tsx", viol: "src/viol/viol.ts", demos: "src/demos/demos.css", search: "src/browser/search.ts", regexp: "src/browser/regexp.ts" },
  outdir: dist,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome111", "firefox121", "safari17"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  charset: "utf8",
  metafile: true,
  logLevel: "warning",
})

cpSync("src/page/index.html", join(dist, "index.html"))
cpSync("src/page/favicon.svg", join(dist, "favicon.svg"))
cpSync("src/page/app.webmanifest", join(dist, "app.webmanifest"))
writeFileSync(join(dist, "THIRD_PARTY_LICENSES.txt"), notices(result.metafile))

// notices lists each bundled package with its version and licence text.
function notices(metafile) {
  const packages = new Set()
  for (const input of Object.keys(metafile.inputs)) {
    const parts = input.split(sep)
    const at = parts.lastIndexOf("node_modules")
    if (at < 0) continue
    const scoped = parts[at + 1].startsWith("@")
    packages.add(parts.slice(0, at + (scoped ? 3 : 2)).join(sep))
  }
  const out = ["The page of regexdbg contains the following packages.\n"]
  for (const folder of [...packages].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
    const file = readdirSync(folder).sort().find((entry) => /^licen[cs]e/i.test(entry))
    if (!file || !existsSync(join(folder, file))) throw new Error(`${name} has no licence file`)
    const text = readFileSync(join(folder, file), "utf8").replace(/\r\n/g, "\n").trim()
    out.push(`${"-".repeat(78)}\n${name} ${version} (${license})\n\n${text}\n`)
  }
  return out.join("\n")
}
