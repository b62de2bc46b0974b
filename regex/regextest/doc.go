// Package regextest runs tests of patterns that are in files: which texts match, what the matches and groups are, what
// a replacement makes of the text, and how many steps and how much time a search may take. docs/tests.md is the format,
// which is TOML.
//
//	func TestPatterns(t *testing.T) { regextest.RunFile(t, "patterns.toml") }
//
// Each test is run by the flavor's own engine, as regexdbg test does.
package regextest
