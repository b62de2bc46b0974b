package compare

import "slices"

// An Agreement is how the results of two sides compare.
type Agreement uint8

// The agreements.
const (
	// Same matches and groups, all of them.
	Same Agreement = iota
	// SameSoFar is that nothing differs in what was found until one of them was stopped.
	SameSoFar
	// Differs is that there is a match of one that the other has not, or has otherwise.
	Differs
	// Unknown is that one of them refuses the pattern or failed.
	Unknown
)

var agreementNames = [...]string{"same", "same-so-far", "differs", "unknown"}

// String returns the agreement's stable name.
func (a Agreement) String() string { return agreementNames[a] }

// Agree compares two reports. Of sides that differ, index is the first match that
// does, from 0. It takes time linear in the matches.
func Agree(a, b *Report) (agreement Agreement, index int) {
	if !a.Ran() || !b.Ran() {
		return Unknown, 0
	}
	common := min(len(a.hashes), len(b.hashes))
	if common > 0 && len(a.Groups) != len(b.Groups) {
		return Differs, 0
	}
	for i := range common {
		if a.hashes[i] != b.hashes[i] {
			return Differs, i
		}
	}
	switch {
	case len(a.hashes) > common && b.Complete(), len(b.hashes) > common && a.Complete():
		return Differs, common
	case a.Complete() && b.Complete():
		return Same, 0
	}
	return SameSoFar, 0
}

// Classes groups sides that agree: each class is indexes of reports, ascending, in
// the order of their first ones. A side that was stopped belongs to the first class
// with which it agrees so far. Sides that found nothing to compare are in none.
func Classes(reports []*Report) [][]int {
	var classes [][]int
	place := func(i int) {
		for c, class := range classes {
			if agreement, _ := Agree(reports[class[0]], reports[i]); agreement != Differs {
				classes[c] = append(class, i)
				return
			}
		}
		classes = append(classes, []int{i})
	}
	for i, r := range reports { // those first that are sure
		if r.Ran() && r.Complete() {
			place(i)
		}
	}
	for i, r := range reports {
		if r.Ran() && !r.Complete() {
			place(i)
		}
	}
	for _, class := range classes {
		slices.Sort(class)
	}
	slices.SortFunc(classes, func(a, b []int) int { return a[0] - b[0] })
	return classes
}
