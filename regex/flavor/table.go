package flavor

// table is the flavors in the order in which menus show them.
var table = []*Flavor{
	{
		Name:    "go",
		Label:   "Go",
		Aliases: []string{"golang", "re2"},
		Flags: []Flag{
			{'i', "ignore case", "Letters match both cases."},
			{'m', "multi-line", "^ and $ also match at the start and end of each line."},
			{'s', "dot matches newline", ". also matches a line feed."},
			{'U', "ungreedy", "Swaps x* and x*?, x+ and x+?, and so on: plain repeats prefer fewer."},
		},
	},
	{
		Name:    "dotnet",
		Label:   ".NET",
		Aliases: []string{".net", "csharp", "regexp2"},
		Flags: []Flag{
			{'i', "ignore case", "Letters match both cases."},
			{'m', "multi-line", "^ and $ also match at the start and end of each line."},
			{'n', "explicit capture", "Plain (...) does not capture; only named groups do."},
			{'s', "single line", ". also matches a line feed."},
			{'x', "ignore pattern whitespace", "White space in the pattern is ignored, and # starts a comment."},
		},
	},
}
