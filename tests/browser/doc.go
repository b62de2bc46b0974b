// Package browser holds the tests and benchmarks of the whole program: the real
// binary, and its page in a real Chromium, driven as a person would drive it
// (keys, mouse, accessible names) over the DevTools protocol.
//
// It is a module of its own so that the program does not depend on chromedp.
// See README.md for how to run it.
package browser
