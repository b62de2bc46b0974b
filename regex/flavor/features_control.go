package flavor

// controlRows are what steers the search, and what calls the program.
var controlRows = []Row{
	{
		Feature: Verb, ID: "verb", Category: ControlFlow,
		Title: "Backtracking verb", Syntax: "(*VERB) (*VERB:NAME)",
		Meaning: "Matches the empty text, and says what the search is to do when it backtracks to here.",
		Pattern: "a+(*COMMIT)b", Text: "aab",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: VerbAccept, ID: "verb-accept", Category: ControlFlow,
		Title: "Accept", Syntax: "(*ACCEPT)",
		Meaning: "Ends the match here with success. In a call or a lookaround it ends only that.",
		Pattern: "a(*ACCEPT)b", Text: "ac",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: VerbFail, ID: "verb-fail", Category: ControlFlow,
		Title: "Fail", Syntax: "(*FAIL) (*F)",
		Meaning: "Never matches, so that the search backtracks. The same as (?!).",
		Pattern: "a(*FAIL)|b", Text: "ab",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: VerbCommit, ID: "verb-commit", Category: ControlFlow,
		Title: "Commit", Syntax: "(*COMMIT)",
		Meaning: "When the search backtracks to here, there is no match, and no later start is tried.",
		Pattern: "a(*COMMIT)b", Text: "ab",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: VerbPrune, ID: "verb-prune", Category: ControlFlow,
		Title: "Prune", Syntax: "(*PRUNE)",
		Meaning: "When the search backtracks to here, this start fails, and the next one is tried.",
		Pattern: "a+(*PRUNE)b", Text: "aacab",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: VerbSkip, ID: "verb-skip", Category: ControlFlow,
		Title: "Skip", Syntax: "(*SKIP) (*SKIP:NAME)",
		Meaning: "When the search backtracks to here, this start fails, and the next one that is tried is here, or where the mark of this name was.",
		Pattern: "a+(*SKIP)b|c", Text: "aac",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: VerbThen, ID: "verb-then", Category: ControlFlow,
		Title: "Then", Syntax: "(*THEN)",
		Meaning: "When the search backtracks to here, the next alternative of the group around it is tried.",
		Pattern: "a(*THEN)b|.c", Text: "ac",
		In: InPCRE2 | InPerl,
		Notes: map[string]string{
			"perl": `In 5.36 an alternative behind it that is plain text, as in (?:a(*THEN)b|ac), is not tried, which looks like a bug.`,
		},
	},
	{
		Feature: VerbMark, ID: "verb-mark", Category: ControlFlow,
		Title: "Mark", Syntax: "(*MARK:NAME) (*:NAME)",
		Meaning: "Gives this place of the match a name, which the program can ask for and (*SKIP:NAME) refers to.",
		Pattern: "a(*MARK:x)b", Text: "ab",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: Callout, ID: "callout", Category: ControlFlow,
		Title: "Callout", Syntax: "(?C) (?C1)",
		Meaning: "Calls the program, with this number of 0 to 255, which may go on or give up. Where the program has no callback nothing happens.",
		Pattern: "a(?C1)b", Text: "ab",
		In: InPCRE2,
	},
	{
		Feature: CalloutText, ID: "callout-text", Category: ControlFlow,
		Title: "Callout with a text", Syntax: `(?C"text") (?C{text})`,
		Meaning: "Calls the program with this text. The delimiters are a pair of ` ' \" ^ % # $ or braces; a doubled one in the text is one.",
		Pattern: `a(?C"x")b`, Text: "ab",
		In: InPCRE2,
	},
	{
		Feature: Code, ID: "code", Category: ControlFlow,
		Title: "Code in the pattern", Syntax: "(?{...})",
		Meaning: "Runs Perl code, and matches the empty text.",
		Pattern: `a(?{ 1 })b`, Text: "ab",
		In:    InPerl,
		Notes: map[string]string{"perl": "Only in literals of a program: refused in a pattern that comes from elsewhere, as here, unless the program says use re 'eval'."},
	},
	{
		Feature: CodePattern, ID: "code-pattern", Category: ControlFlow,
		Title: "Pattern made by code", Syntax: "(??{...})",
		Meaning: "Runs Perl code, and matches its result as a pattern.",
		Pattern: `a(??{ "b" })`, Text: "ab",
		In:    InPerl,
		Notes: map[string]string{"perl": "Only in literals of a program: refused in a pattern that comes from elsewhere, as here, unless the program says use re 'eval'."},
	},
}
