/// What the inputs of a pattern exercise of it: under the pattern, and as a table.
import type { App } from "../app"
import { coverageWords, oneLine, uncovered } from "../state"
import type { TestPattern } from "../wire"

// What of an example a row shows, in UTF-16 units.
const ExampleLimit = 80

/// A pattern, with what no input exercises underlaid.
export function CoveredPattern({ app, index, pattern }: { app: App; index: number; pattern: TestPattern }) {
  const covered = app.testing.covered(index)
  return (
    <code>
      {uncovered(pattern.pattern, covered?.gaps ?? []).map(({ text, gap }, i) =>
        gap ? (
          <span key={i} class="uncovered" title="No test exercises all of this">
            {text}
          </span>
        ) : (
          text
        ),
      )}
    </code>
  )
}

/// The gaps that a pattern has with so many inputs, each with a text that closes it.
export function CoverageTable({ app, index, inputs }: { app: App; index: number; inputs: number }) {
  const covered = app.testing.covered(index)
  if (!covered || covered.error) return null
  const { gaps, parts, left } = covered
  if (parts == 0) return null
  return (
    <details class="coverage">
      <summary>{coverageWords(covered, inputs)}</summary>
      {gaps.length > 0 && (
        <table aria-label="Not exercised">
          <thead>
            <tr>
              <th scope="col">Not exercised</th>
              <th scope="col">A text that would</th>
            </tr>
          </thead>
          <tbody>
            {gaps.map(({ message, example }, i) => (
              <tr key={i}>
                <td>{message}</td>
                <td>
                  {example === undefined ? (
                    <span class="muted">none was found</span>
                  ) : (
                    <>
                      <code>{oneLine(example, ExampleLimit)}</code>{" "}
                      <button type="button" class="tool" aria-label={`Add ${oneLine(example, ExampleLimit)} as a test`} title="A test: it has to match" onClick={() => app.testing.addExample(index, example)}>
                        Add
                      </button>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {left.map((words, i) => (
        <p key={i} class="muted">{`Without ${words}`}</p>
      ))}
    </details>
  )
}
