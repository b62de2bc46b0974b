/// The step debugger: one step of the run, with everything that the machine holds
/// there, the ways to other steps, and what the whole run comes to.
import type { App } from "../app"
import { sameQuery } from "../state"
import { DebugBreakpoints } from "./debugbreakpoints"
import { DebugMoves } from "./debugmoves"
import { DebugAttempts, DebugCosts, DebugEvents } from "./debugoverview"
import { DebugOptimize } from "./debugoptimize"
import { DebugPattern } from "./debugpattern"
import { DebugRibbon } from "./debugribbon"
import { DebugStart } from "./debugstart"
import { DebugSearch } from "./debugsearch"
import { DebugState } from "./debugstate"
import { DebugApplied, DebugMultiplying, DebugWhyNot } from "./debugwhy"
import type { Panel } from "./panel"

export const debug: Panel = { id: "debug", View: Debug }

function Debug({ app }: { app: App }) {
  const { debugged, step, failed, stale } = app.debugging
  const { query, connection } = app.model
  const shown = query.value.pattern != "" && debugged.value && step.value
  const connected = connection.value.state == "connected"
  return (
    <div class={stale.value || !connected ? "debug stale" : "debug"} aria-busy={connected && stale.value && !failed.value}>
      {shown ? (
        <>
          <DebugMoves app={app} />
          <DebugStart app={app} debugged={debugged.value!} />
          <DebugOptimize app={app} />
          <DebugRibbon app={app} />
          <DebugSearch app={app} />
          <DebugPattern app={app} debugged={debugged.value!} step={step.value!} />
          <Agreement app={app} />
          <DebugApplied app={app} />
          <DebugWhyNot app={app} debugged={debugged.value!} />
          <DebugMultiplying app={app} debugged={debugged.value!} />
          <DebugState app={app} debugged={debugged.value!} step={step.value!} />
          <DebugBreakpoints app={app} debugged={debugged.value!} step={step.value!} />
          <DebugEvents app={app} debugged={debugged.value!} step={step.value!} />
          <DebugAttempts app={app} debugged={debugged.value!} step={step.value!} />
          <DebugCosts app={app} debugged={debugged.value!} step={step.value!} />
        </>
      ) : (
        <Empty app={app} connected={connected} />
      )}
    </div>
  )
}

// Whether the real engine finds the same as the machine: a difference must not be
// overlooked.
function Agreement({ app }: { app: App }) {
  const { agreement, progress, start } = app.debugging
  const { value } = agreement
  if (!value) {
    const ended = progress.value && progress.value.outcome != "running"
    return <p class="debug-agreement muted">{start.value !== undefined ? "One attempt is not compared with an engine." : ended ? "Asking the real engine…" : "The real engine is asked when the run has ended."}</p>
  }
  const sign = value.verdict == "agrees" ? "✓ " : value.verdict == "differs" ? "✗ " : ""
  return (
    <p class={`debug-agreement ${value.verdict}`} role={value.verdict == "differs" ? "alert" : undefined} data-debug="agreement">
      {sign + value.words}
      {value.steps && (
        <span class={value.stepsDiffer ? "debug-steps differs" : "debug-steps"} role={value.stepsDiffer ? "alert" : undefined} data-debug="callouts">
          {(value.stepsDiffer ? "✗ " : "✓ ") + value.steps}
        </span>
      )}
    </p>
  )
}

function Empty({ app, connected }: { app: App; connected: boolean }) {
  const { failed, debugged } = app.debugging
  const { query } = app.model
  if (query.value.pattern == "") return <p class="empty">Type a regular expression, and it is run here step by step.</p>
  if (!connected) return <p class="empty">There is no connection to the server, which runs the pattern.</p>
  const reason = failed.value
  if (!reason) return <p class="empty">{debugged.value && sameQuery(debugged.value.query, query.value) ? "Going to the step…" : "Compiling the pattern…"}</p>
  const { message, span } = reason
  const pattern = query.value.pattern
  return (
    <div class="empty">
      <p>{message}</p>
      {span && (
        <p>
          <button
            type="button"
            class="button"
            onClick={() => app.selectPart(span, pattern)}
            onMouseEnter={() => app.pointAt(span, pattern)}
            onMouseLeave={() => app.pointAt(undefined)}
          >
            Show <code>{pattern.slice(span.from, Math.min(span.to, span.from + 30))}</code>
          </button>
        </p>
      )}
    </div>
  )
}
