/// The optimisations of PCRE2 that the machine can do too.
import type { App } from "../app"

const optimizations = [
  { name: "start-optimize", label: "Start optimisation", title: "Attempts only where a match can begin, and none when something that has to be in it is missing" },
  { name: "auto-possess", label: "Auto-possessification", title: "Repeats give nothing back that what follows them could not take" },
]

export function DebugOptimize({ app }: { app: App }) {
  const { debugging } = app
  if (debugging.debugged.value?.query.flavor != "pcre2") return null
  return (
    <div class="debug-row debug-optimize" role="group" aria-label="Optimisations">
      {optimizations.map(({ name, label, title }) => (
        <label key={name} title={title}>
          <input type="checkbox" checked={debugging.optimize.value.includes(name)} onChange={() => debugging.toggleOptimization(name)} />
          <span>{label}</span>
        </label>
      ))}
    </div>
  )
}
