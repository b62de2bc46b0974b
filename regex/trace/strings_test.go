package trace

import "testing"

// What node 20 finds.
func TestStrings(t *testing.T) {
	const family, germany, england = "\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F1E9\U0001F1EA", "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"
	for _, of := range []struct {
		flags, pattern, text, found string
	}{
		{"v", `\p{RGI_Emoji}`, family + "x", family},
		{"v", `\p{RGI_Emoji}`, "1\uFE0F\u20E3", "1\uFE0F\u20E3"},
		{"v", `\p{RGI_Emoji}`, germany + "\U0001F1EB", germany},
		{"v", `\p{RGI_Emoji_Tag_Sequence}`, england, england},
		{"v", `^\p{RGI_Emoji}.`, family, family[:7]},
		{"v", `^\p{RGI_Emoji}$`, family, family},
		{"v", `^\p{RGI_Emoji}+$`, family + germany + "\U0001F44D\U0001F3FD", family + germany + "\U0001F44D\U0001F3FD"},
		{"v", `\p{Emoji_Keycap_Sequence}`, "1", ""},
		{"v", `(?<=\p{RGI_Emoji})x`, "x" + family + "x", "x"},
		{"v", `(?<=^\p{RGI_Emoji})x`, family + "x", "x"},
		{"v", `[\p{RGI_Emoji}--\p{RGI_Emoji_ZWJ_Sequence}]`, family, family[:4]},
		{"v", `[\p{RGI_Emoji}&&\p{RGI_Emoji_ZWJ_Sequence}]`, family, family},
		{"v", `[\p{RGI_Emoji}a]{2}`, "a\u00A9\uFE0F\u00A9", "a\u00A9\uFE0F"},
		{"v", `[\q{abc|ab|a|}]c`, "abcc", "abcc"},
		{"v", `[\q{abc|ab|a|}]c`, "abc", "abc"},
		{"v", `[\q{abc|ab|a|}]c`, "ac", "ac"},
		{"v", `[\q{abc|ab|a|}]c`, "c", "c"},
		{"v", `^[\q{abc|ab|a|}]d`, "abc", ""},
		{"vi", `^[\q{\u017Ft|AB}]+$`, "STab\u017FT", "STab\u017FT"},
		{"vi", `[\q{ABC|d}&&\q{abc}]`, "dabc", "abc"},
		{"vi", `[\q{ABC|x}--\q{abc}]`, "abcx", "x"},
		{"v", `(?<=[\q{abc|bc|}])c`, "bcc", "c"},
	} {
		r := beginRun(t, compileText(t, "js", of.flags, of.pattern), of.text, Limits{Matches: 1})
		if _, err := r.Advance(t.Context(), -1); err != nil {
			t.Fatal(err)
		}
		found := ""
		for _, m := range r.Matches() {
			found = of.text[m[0]:m[1]]
		}
		if found != of.found {
			t.Errorf("%s %+q: found %+q, and not %+q", of.pattern, of.text, found, of.found)
		}
	}
}
