package flavor

// maxSlips is how many wrong letters can be a slip.
const maxSlips = 2

// Nearest returns the name that somebody may have meant who wrote another, or "": the
// first of those with the fewest letters to insert, delete or replace, at most two, and at
// most all but two of the name's own.
func Nearest(got string, names []string) string {
	best, least := "", maxSlips+1
	for _, name := range names {
		if len(got) > len(name)+maxSlips {
			continue // whatever is in it
		}
		if d := distance(got, name); d < least && d < len(name)-1 {
			best, least = name, d
		}
	}
	return best
}

// distance is the number of letters to insert, delete or replace, by the recurrence of
// Wagner and Fischer (1974), in O(len(a)·len(b)).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
