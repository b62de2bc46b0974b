// Package executor is a bounded pool of worker threads for jobs that use the CPU, may be slow, and cannot be
// interrupted, such as matching a regular expression.
package executor
