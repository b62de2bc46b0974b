package snippet

import (
	"errors"
	"strings"
)

var languages = []*Language{
	{
		ID: "go", Label: "Go", Flavor: "go", File: "main.go", template: "go", literal: style("go-raw"),
		notation: &notation{syntax: "go", escape: escaping("$", "$"), group: braced, quote: quoteGo},
	},
	{
		ID: "csharp", Label: "C#", Flavor: "dotnet", File: "Program.cs", template: "csharp", literal: style("csharp"),
		notation: &notation{syntax: "dotnet", escape: escaping("$", "$"), group: braced, quote: plain("csharp")},
		options: joined(" | ", map[rune]string{
			'i': "RegexOptions.IgnoreCase", 'm': "RegexOptions.Multiline", 's': "RegexOptions.Singleline",
			'n': "RegexOptions.ExplicitCapture", 'x': "RegexOptions.IgnorePatternWhitespace",
		}),
	},
	{ID: "javascript", Label: "JavaScript", Flavor: "js", File: "main.js", template: "javascript", literal: global, notation: inJS},
	{ID: "typescript", Label: "TypeScript", Flavor: "js", File: "main.ts", template: "javascript", literal: global, notation: inJS, typed: true},
	{
		ID: "python", Label: "Python", Flavor: "python", File: "main.py", template: "python", literal: style("python-raw"),
		notation: &notation{syntax: "python", escape: escaping(`\`, `\`), group: namedPython, quote: plain("python-raw")},
		options:  joined(" | ", map[rune]string{'i': "re.IGNORECASE", 'm': "re.MULTILINE", 's': "re.DOTALL", 'x': "re.VERBOSE", 'a': "re.ASCII"}),
	},
	{
		ID: "perl", Label: "Perl", Flavor: "perl", File: "main.pl", template: "perl", literal: style("perl"),
		notation: &notation{syntax: "perl", escape: escapePerl, group: dollarPerl, quote: quotePerl},
	},
	{
		ID: "java", Label: "Java", Flavor: "java", File: "Main.java", template: "java", literal: style("java"),
		notation: &notation{syntax: "java", escape: escaping(`\`, `\$`), group: dollarJava, quote: plain("java")},
		options: joined(" | ", map[rune]string{
			'i': "Pattern.CASE_INSENSITIVE", 'm': "Pattern.MULTILINE", 's': "Pattern.DOTALL", 'x': "Pattern.COMMENTS",
			'u': "Pattern.UNICODE_CASE", 'd': "Pattern.UNIX_LINES", 'U': "Pattern.UNICODE_CHARACTER_CLASS",
		}),
	},
	{
		ID: "ruby", Label: "Ruby", Flavor: "ruby", File: "main.rb", template: "ruby", literal: style("ruby"),
		notation: &notation{syntax: "ruby", escape: escaping(`\`, `\`), group: slashedRuby, quote: quotePHP},
	},
	{
		ID: "php", Label: "PHP", Flavor: "pcre2", File: "main.php", template: "php", literal: style("php"),
		notation: &notation{syntax: "php", escape: escaping(`\`, `\$`), group: bracedPHP, quote: quotePHP},
	},
	{
		ID: "c", Label: "C with PCRE2", Flavor: "pcre2", File: "main.c", template: "c", literal: quoteC,
		notation: &notation{syntax: "pcre2", escape: strings.NewReplacer("$", "$$", `\`, `\\`).Replace, group: braced, quote: plainC},
		options: joined(" | ", map[rune]string{
			'i': "PCRE2_CASELESS", 'm': "PCRE2_MULTILINE", 's': "PCRE2_DOTALL", 'x': "PCRE2_EXTENDED", 'n': "PCRE2_NO_AUTO_CAPTURE",
			'u': "PCRE2_UTF | PCRE2_UCP", 'U': "PCRE2_UNGREEDY", 'J': "PCRE2_DUPNAMES", 'A': "PCRE2_ANCHORED", 'D': "PCRE2_DOLLAR_ENDONLY",
		}),
	},
	{
		ID: "rust", Label: "Rust", Flavor: "go", File: "main.rs", template: "rust", literal: rustLiteral, notation: inRust, strict: true, filled: []Op{Split},
		note: "The pattern is written for the regex crate, where \\d, \\w, \\s and \\b would be of all letters. The text has to be UTF-8.",
	},
	{
		ID: "ripgrep", Label: "ripgrep", Flavor: "go", template: "rg", literal: ripgrepLiteral,
		notation: inShell,
		ops:      []Op{MatchAll, Match, Replace}, strict: true, filled: []Op{MatchAll, Match, Replace},
		note: "It prints what matches and no groups. It looks at each line by itself.",
	},
	{
		ID: "egrep", Label: "grep -E", Flavor: "go", template: "egrep", ops: []Op{MatchAll, Match}, extended: true, strict: true, filled: []Op{Match},
		note: "It prints what matches, unless that is empty, and no groups. It looks at each line by itself. It is for GNU's grep, and a locale of UTF-8 or ASCII.",
	},
	{
		ID: "sed", Label: "sed -E", Flavor: "go", template: "sed", ops: []Op{Replace, Split}, extended: true, strict: true, filled: []Op{Replace, Split},
		notation: &notation{escape: escapeSed, group: slashedSed, quote: func(text string) (string, error) { return text, nil }},
		note:     "It looks at each line by itself. It is for GNU's sed, and a locale of UTF-8 or ASCII.",
	},
	{
		ID: "grep", Label: "grep -P", Flavor: "pcre2", template: "grep", literal: quoteGrep, ops: []Op{MatchAll, Match}, filled: []Op{MatchAll, Match},
		options: joined(" ", map[rune]string{'i': "-i"}),
		note:    "It prints what matches and no groups. It looks at each line by itself. It is for GNU's grep, up to 3.8: newer ones take \\d for 0 to 9.",
	},
	{
		ID: "rg", Label: "ripgrep -P", Flavor: "pcre2", template: "rgp", literal: quoteLine,
		ops: []Op{MatchAll, Match, Replace}, filled: []Op{MatchAll, Match, Replace}, notation: inShell,
		options: ripgrepOptions,
		note:    "It prints what matches and no groups. It looks at each line by itself, and needs a ripgrep with PCRE2.",
	},
}

var (
	inJS    = &notation{syntax: "js", escape: escaping("$", "$"), group: dollarJS, quote: plain("json")}
	inShell = &notation{escape: escaping("$", "$"), group: braced, quote: plain("shell")}
	inRust  = &notation{escape: escaping("$", "$"), group: braced, quote: func(text string) (string, error) { return quoteRust(text), nil }}
)

// quoteGrep is for grep, which has PCRE2's characters in the locale of the line, and PCRE2_UCP on demand.
func quoteGrep(pattern, flags string) (string, error) {
	line, err := linePattern(pattern, flags)
	if err != nil {
		return "", err
	}
	if strings.Contains(flags, "u") {
		line = "(*UCP)" + line
	}
	return style("shell")(line, "")
}

// ripgrepOptions are those of ripgrep with PCRE2, which has PCRE2_UTF and PCRE2_UCP unless told otherwise.
func ripgrepOptions(flags string) string {
	var options []string
	if strings.Contains(flags, "i") {
		options = append(options, "-i")
	}
	if !strings.Contains(flags, "u") {
		options = append(options, "--no-unicode")
	}
	return strings.Join(options, " ")
}

func quoteLine(pattern, flags string) (string, error) {
	line, err := linePattern(pattern, flags)
	if err != nil {
		return "", err
	}
	return style("shell")(line, "")
}

// linePattern writes the flags that are no options of grep in front of a pattern.
func linePattern(pattern, flags string) (string, error) {
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
	return pattern, nil
}

// global is JavaScript's literal with the flag that has all matches found or replaced.
func global(pattern, flags string) (string, error) {
	if !strings.Contains(flags, "g") {
		flags += "g"
	}
	return style("js-literal")(pattern, flags)
}

func rustLiteral(pattern, flags string) (string, error) {
	written, err := rust(pattern, flags, false)
	return quoteRust(written), err
}

func ripgrepLiteral(pattern, flags string) (string, error) {
	written, err := rust(pattern, flags, true)
	if err != nil {
		return "", err
	}
	return style("shell")(written, "")
}

// quoteRust writes a raw string, which holds all but a carriage return.
func quoteRust(text string) string {
	if strings.Contains(text, "\r") {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", `\r`).Replace(text) + `"`
	}
	hashes := ""
	for strings.Contains(text, `"`+hashes) {
		hashes += "#"
	}
	return "r" + hashes + `"` + text + `"` + hashes
}

func plainC(text string) (string, error) { return quoteC(text, "") }
