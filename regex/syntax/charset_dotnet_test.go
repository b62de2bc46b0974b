package syntax

import (
	"testing"

	"github.com/dlclark/regexp2/v2"
)

var dotnetSets = []string{
	`.`, `\d`, `\D`, `\w`, `\W`, `\s`, `\S`, `a`, `k`, `\.`, `\u212A`, `[abc]`, `[^abc]`, `[a-z\d_]`, `[^\W\d]`, `\p{L}`, `\P{L}`, `\p{Lu}`, `\P{Lu}`,
	`[\P{Lu}]`, `[^\p{Ll}x]`, `\p{Greek}`, `\P{Latin}`, `[^\p{Cyrillic}a]`, `[K-ſ]`, `[İ]`, `[ß]`, `[k]`, `[ǅ]`, `[a-z-[aeiou]]`, `[a-z-[A-E]]`, `[\w-[\d_]]`,
	`[^a-z-[b]]`, `[a-z-[b-y-[m]]]`, `[\u0000-\uFFFF-[\s]]`, `[α-ω]`, `[µ]`, `[ſ]`, `[i]`, `[ı]`, `[\w-[^a]]`, `[a-z-[\p{Ll}]]`,
	`[\W\d]`, `[\d\W]`, `[\w\W]`, `[^\w\W]`, `[\P{L}\d]`, `[\Wa]`, `[\S\d]`, `[^\s\D]`, `İ`, `ı`, `ß`, `ẞ`, `ǅ`, `ⅷ`, `ⓐ`, `\u0345`, `µ`, `ſ`, `Σ`,
	`\p{White_Space}`, `[a-zA-Z-[i]]`, `[A-Z-[i-k]]`, `[^a]`, `[\x80-\xff]`, `[-a]`, `[a\-z]`,
	`\p{Emoji}`, `\p{ExtPict}`, `\p{GCB=CN}`, `\p{Grapheme_Cluster_Break=extend}`, `\p{GCB=LVT}`, `\P{InCB=Linker}`, `[\p{SB=AT}\p{SB=Sp}]`, `\p{Word_Break=ALetter}`,
	`\p{WB=MB}`, `\p{WSegSpace}`, `\p{HebrewLetter}`, `\p{EBase}`, `\p{RI}`,
}

func TestCharSet_DotNet(t *testing.T) {
	for _, pattern := range dotnetSets {
		for _, flags := range []string{"", "i", "s"} {
			options := regexp2.None
			switch flags {
			case "i":
				options = regexp2.IgnoreCase
			case "s":
				options = regexp2.Singleline
			}
			re, err := regexp2.Compile(`\A`+pattern+`\z`, options)
			if err != nil {
				t.Fatal(err)
			}
			set, wrong := setOf(t, "dotnet", flags, pattern), 0
			for _, tried := range charsetAnswer(charsetTried) {
				for r := tried.First; r <= tried.Last && wrong < 5; r += 1 + r/1024 {
					got, err := re.MatchRunes([]rune{r})
					if err != nil {
						t.Fatal(err)
					}
					if got != set.Contains(r) {
						t.Errorf("%s %s: %U is %v, and %v for regexp2", flags, pattern, r, !got, got)
						wrong++
					}
				}
			}
		}
	}
}
