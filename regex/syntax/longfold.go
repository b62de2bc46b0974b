package syntax

import (
	"maps"
	"slices"
)

// LongFold returns the full case folding of a character where that is several characters, as "ss" for ß, and "" for all
// others. It is what flavor.FoldFull takes for the same.
func LongFold(r rune) string { return longFolds[r] }

// LongFolders returns the characters that have a [LongFold], in order. The caller must not change them.
func LongFolders() []rune { return longFolders }

var longFolders = slices.Sorted(maps.Keys(longFolds))

// longFolds are the characters whose full case folding is several characters, as
// in CaseFolding.txt of Unicode, with what it is.
var longFolds = func() map[rune]string {
	folds := map[rune]string{
		0xDF: "ss", 0x130: "i\u0307", 0x149: "\u02bcn", 0x1F0: "j\u030c", 0x390: "\u03b9\u0308\u0301", 0x3B0: "\u03c5\u0308\u0301",
		0x587: "\u0565\u0582", 0x1E96: "h\u0331", 0x1E97: "t\u0308", 0x1E98: "w\u030a", 0x1E99: "y\u030a", 0x1E9A: "a\u02be", 0x1E9E: "ss",
		0x1F50: "\u03c5\u0313", 0x1F52: "\u03c5\u0313\u0300", 0x1F54: "\u03c5\u0313\u0301", 0x1F56: "\u03c5\u0313\u0342",
		0x1FB2: "\u1f70\u03b9", 0x1FB3: "\u03b1\u03b9", 0x1FB4: "\u03ac\u03b9", 0x1FB6: "\u03b1\u0342", 0x1FB7: "\u03b1\u0342\u03b9", 0x1FBC: "\u03b1\u03b9",
		0x1FC2: "\u1f74\u03b9", 0x1FC3: "\u03b7\u03b9", 0x1FC4: "\u03ae\u03b9", 0x1FC6: "\u03b7\u0342", 0x1FC7: "\u03b7\u0342\u03b9", 0x1FCC: "\u03b7\u03b9",
		0x1FD2: "\u03b9\u0308\u0300", 0x1FD3: "\u03b9\u0308\u0301", 0x1FD6: "\u03b9\u0342", 0x1FD7: "\u03b9\u0308\u0342",
		0x1FE2: "\u03c5\u0308\u0300", 0x1FE3: "\u03c5\u0308\u0301", 0x1FE4: "\u03c1\u0313", 0x1FE6: "\u03c5\u0342", 0x1FE7: "\u03c5\u0308\u0342",
		0x1FF2: "\u1f7c\u03b9", 0x1FF3: "\u03c9\u03b9", 0x1FF4: "\u03ce\u03b9", 0x1FF6: "\u03c9\u0342", 0x1FF7: "\u03c9\u0342\u03b9", 0x1FFC: "\u03c9\u03b9",
		0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
		0xFB13: "\u0574\u0576", 0xFB14: "\u0574\u0565", 0xFB15: "\u0574\u056b", 0xFB16: "\u057e\u0576", 0xFB17: "\u0574\u056d",
	}
	// U+1F80 to U+1FAF: a letter with an iota below, small and then large, is the small letter and an iota.
	for r, base := range map[rune]rune{0x1F80: 0x1F00, 0x1F90: 0x1F20, 0x1FA0: 0x1F60} {
		for i := range rune(8) {
			folds[r+i] = string(base+i) + "\u03b9"
			folds[r+8+i] = string(base+i) + "\u03b9"
		}
	}
	return folds
}()
