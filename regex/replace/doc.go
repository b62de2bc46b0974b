// Package replace reads the replacement texts of each flavor, and makes the result
// from the matches that a real engine finds.
//
// A replacement has a syntax of its own in every flavor: $1 of Go is not $1 of
// Java, and Perl's is a double-quoted string. [For] says which one an engine has.
// [Parse] reads a text in it: what each part stands for, and where, with errors
// and warnings that have a place. A [Template] then expands each match.
//
// The matches are those of [engine.Program.Search], and not of the engine's own
// replacing: so they are the matches that are shown, they come one by one on a
// text of any length, and can be stopped. That the result is the one that the
// engine's own function makes (ReplaceAll, re.sub, String.replace, s///g, gsub,
// replaceAll, preg_replace, pcre2_substitute) is what the tests compare, for every
// element of every syntax and for random templates, with the engines themselves.
//
// Nothing of a replacement is ever run as code: what would be code or a variable
// in Perl is an error.
//
// Offsets are bytes in UTF-8, half-open. A Template does not change once it is made
// and is safe for concurrent use.
package replace
