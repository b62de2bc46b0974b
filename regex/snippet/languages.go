package snippet

import (
	"errors"
	"strings"
)

var languages = []*Language{
	{ID: "go", Label: "Go", Flavor: "go", File: "main.go", template: "go", literal: style("go-raw"), quote: quoteGo},
	{
		ID: "csharp", Label: "C#", Flavor: "dotnet", File: "Program.cs", template: "csharp", literal: style("csharp"), quote: plain("csharp"),
		options: joined(" | ", map[rune]string{
			'i': "RegexOptions.IgnoreCase", 'm': "RegexOptions.Multiline", 's': "RegexOptions.Singleline",
			'n': "RegexOptions.ExplicitCapture", 'x': "RegexOptions.IgnorePatternWhitespace",
		}),
	},
	{ID: "javascript", Label: "JavaScript", Flavor: "js", File: "main.js", template: "javascript", literal: global, quote: plain("json")},
	{ID: "typescript", Label: "TypeScript", Flavor: "js", File: "main.ts", template: "javascript", literal: global, quote: plain("json"), typed: true},
	{
		ID: "python", Label: "Python", Flavor: "python", File: "main.py", template: "python", literal: style("python-raw"), quote: plain("python-raw"),
		options: joined(" | ", map[rune]string{'i': "re.IGNORECASE", 'm': "re.MULTILINE", 's': "re.DOTALL", 'x': "re.VERBOSE", 'a': "re.ASCII"}),
	},
	{ID: "perl", Label: "Perl", Flavor: "perl", File: "main.pl", template: "perl", literal: style("perl"), quote: quotePerl},
	{
		ID: "java", Label: "Java", Flavor: "java", File: "Main.java", template: "java", literal: style("java"), quote: plain("java"),
		options: joined(" | ", map[rune]string{
			'i': "Pattern.CASE_INSENSITIVE", 'm': "Pattern.MULTILINE", 's': "Pattern.DOTALL", 'x': "Pattern.COMMENTS",
			'u': "Pattern.UNICODE_CASE", 'd': "Pattern.UNIX_LINES", 'U': "Pattern.UNICODE_CHARACTER_CLASS",
		}),
	},
	{ID: "ruby", Label: "Ruby", Flavor: "ruby", File: "main.rb", template: "ruby", literal: style("ruby"), quote: quotePHP},
	{ID: "php", Label: "PHP", Flavor: "pcre2", File: "main.php", template: "php", literal: style("php"), quote: quotePHP},
	{
		ID: "c", Label: "C with PCRE2", Flavor: "pcre2", File: "main.c", template: "c", literal: quoteC, ops: []Op{Match, MatchAll},
		options: joined(" | ", map[rune]string{
			'i': "PCRE2_CASELESS", 'm': "PCRE2_MULTILINE", 's': "PCRE2_DOTALL", 'x': "PCRE2_EXTENDED", 'n': "PCRE2_NO_AUTO_CAPTURE",
			'u': "PCRE2_UTF | PCRE2_UCP", 'U': "PCRE2_UNGREEDY", 'J': "PCRE2_DUPNAMES", 'A': "PCRE2_ANCHORED", 'D': "PCRE2_DOLLAR_ENDONLY",
		}),
	},
	{
		ID: "grep", Label: "grep", Flavor: "pcre2", template: "grep", literal: quoteLine, ops: []Op{MatchAll},
		options: joined(" ", map[rune]string{'i': "-i"}),
		note:    "It prints what matches and no groups. It looks at each line by itself, which it takes for text in the encoding of the locale.",
	},
	{
		ID: "rg", Label: "ripgrep", Flavor: "pcre2", template: "grep", literal: quoteLine, ops: []Op{MatchAll},
		options: joined(" ", map[rune]string{'i': "-i"}),
		note:    "It prints what matches and no groups. It looks at each line by itself, and needs a ripgrep with PCRE2.",
	},
}

// quoteLine writes a pattern as a word of a shell, with the flags that are no options of grep in front of it.
func quoteLine(pattern, flags string) (string, error) {
	if strings.ContainsAny(pattern, "\n\r") {
		return "", errors.New("grep looks at one line after another, and its pattern is one line")
	}
	inline := strings.Map(func(letter rune) rune {
		if strings.ContainsRune("imsxnUJ", letter) {
			return letter
		}
		return -1
	}, strings.ReplaceAll(flags, "i", ""))
	if strings.ContainsAny(flags, "AD") {
		return "", errors.New("grep has no option for the flags A and D")
	}
	if inline != "" {
		pattern = "(?" + inline + ")" + pattern
	}
	return style("shell")(pattern, "")
}

// global is JavaScript's literal with the flag that has all matches found or replaced.
func global(pattern, flags string) (string, error) {
	if !strings.Contains(flags, "g") {
		flags += "g"
	}
	return style("js-literal")(pattern, flags)
}
