/// What a new page begins with when there is no link, no saved state and no file:
/// named groups, a group that takes part in some matches only, and two flavors
/// that agree on the syntax.
export const samplePattern = String.raw`(?<year>\d{4})-(?<month>\d\d)(?:-(?<day>\d\d))?`

export const sampleText = `Paste your own text here, or drop a file on the page.

2024-02-06  Go 1.22 range over integers
2024-08-13  Go 1.23 iterators
2025-02     Go 1.24 (no day: the third group takes no part)
1999-12-31T23:59:59Z  one second before midnight

Everything updates as you type: click a match to find it in the list.
`
