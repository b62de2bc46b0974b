// Package trace runs patterns on machines whose every step can be looked at.
//
// [New] returns a [Trace], which is one search of a text. [Compile] makes a [Program] of a syntax tree: flat
// instructions, each with the place in the pattern that it came from. A [Run] is one search of a text with it, by a
// machine that backtracks. It finds what the flavor's engines find, by their rules and without any of
// their optimisations: no step is skipped because a required letter is missing, and no repeat is made possessive. Step
// counts are therefore those of the rules, and of no engine.
//
// # What a step is
//
// A step is one thing that a person who matches by hand would say, and it has one [Kind]:
//
//   - attempt: the pattern is tried at an offset of the text.
//   - matched, failed: a token that asks something of the text (a character, a class, an anchor, a backreference, the
//     end of a lookaround or of a script run) was tried at From; it holds up to Pos, or does not hold. One character is one step.
//   - enter: a group, a lookaround or a conditional begins.
//   - round: a repeat of more than one character begins a round.
//   - capture: a group is closed, and set.
//   - call, return: a group runs again, and is through.
//   - cut: an atomic group is through, and its choices are dropped.
//   - backtrack: after a failure, the latest open choice is taken up.
//   - match, no-match: the attempt ends.
//
// A machine of threads, which is that of Go's regexp, never backtracks. The steps of its threads are as above, with
// these differences:
//
//   - attempt: a new thread begins at an offset, behind all others, while nothing has matched.
//   - merge: a thread ends because a preferred one has come to the same place of the pattern.
//   - reach: a thread is at the end of the pattern: the best match up to now.
//   - cut: a thread is dropped, because a preferred one is at the end.
//   - character: all threads have looked at the character, and the next one is read.
//   - match: no preferred thread is left, so the best match is the match.
//   - no-match: the end of the text, or an empty match where the match before ended.
//
// Nothing else counts: that a repeat stops, or that the first of some alternatives is taken, is no step. Each failure
// is followed by the step backtrack, or by no-match when no choice is open.
//
// # Scale
//
// The steps of a run are never stored. A run keeps exact counters ([Counters]), what came of its attempts ([Attempt]),
// and checkpoints: copies of the machine's state at every k-th step, k doubling when there are too many of them. Any
// window of steps is made again from the checkpoint before it.
package trace
