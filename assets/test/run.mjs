// Bundles each test/*.test.ts with the esbuild that builds the page, and runs
// the results with node's own test runner.
import { build } from "esbuild"
import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const here = dirname(fileURLToPath(import.meta.url))
const tests = readdirSync(here).filter((f) => f.endsWith(".test.ts"))
// Without names, node --test looks for tests itself, finds this file, and runs it
// again and again.
if (tests.length == 0) throw new Error(`no tests in ${here}`)
const out = mkdtempSync(join(tmpdir(), "regexdbg-test-"))
try {
  await build({
    entryPoints: tests.map((f) => join(here, f)),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    sourcemap: "inline",
    logLevel: "warning",
  })
  const files = readdirSync(out).sort().map((f) => join(out, f))
  process.exitCode = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" }).status ?? 1
} finally {
  rmSync(out, { recursive: true, force: true })
}
