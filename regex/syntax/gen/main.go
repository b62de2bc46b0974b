// Gen writes the sets of characters that package unicode lacks: the blocks, the
// derived properties and those with values as Perl has them, and what is otherwise
// in the Unicode of node. It is run by go generate in regex/syntax, and needs both,
// and npm.
//
// Perl's Unicode is older than package unicode's, and node's is newer: characters
// that Perl does not have are taken from node.
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"strings"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// derived are the properties that are asked of both, with what each is written as
// the difference from, in Perl's syntax: the nearer that is, the shorter the list.
var derived = []struct{ name, base string }{
	{"Bidi_Mirrored", `[\p{Ps}\p{Pe}\p{Pi}\p{Pf}]`},
	{"Case_Ignorable", `[\p{Mn}\p{Me}\p{Cf}\p{Lm}\p{Sk}]`},
	{"Changes_When_Lowercased", `[\p{Uppercase}\p{Lt}]`},
	{"Changes_When_Uppercased", `[\p{Lowercase}\p{Lt}]`},
	{"Changes_When_Titlecased", `\p{Changes_When_Uppercased}`},
	{"Changes_When_Casefolded", `\p{Changes_When_Lowercased}`},
	{"Changes_When_Casemapped", `[\p{Changes_When_Lowercased}\p{Changes_When_Uppercased}]`},
	{"Changes_When_NFKC_Casefolded", `\p{Changes_When_Casefolded}`},
	{"Default_Ignorable_Code_Point", `\p{Variation_Selector}`},
	{"Emoji", `[]`},
	{"Emoji_Component", `[]`},
	{"Emoji_Modifier", `[]`},
	{"Emoji_Modifier_Base", `[]`},
	{"Emoji_Presentation", `[]`},
	{"Extended_Pictographic", `[]`},
	{"Grapheme_Extend", `[\p{Mn}\p{Me}]`},
	{"Grapheme_Base", `[^\p{C}\p{Zl}\p{Zp}\p{Grapheme_Extend}]`},
	{"XID_Start", `\p{ID_Start}`},
	{"XID_Continue", `\p{ID_Continue}`},
}

// perlValues are asked of Perl: a name, and Perl's property and value.
var perlValues = [][2]string{{"Grapheme_Link", "ccc=9"}, {"Composition_Exclusion", "CE"}, {"Full_Composition_Exclusion", "Comp_Ex"}}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: gen FOLDER")
	}
	write(os.Args[1]+"/properties.txt", properties())
	write(os.Args[1]+"/blocks.txt", blocks())
	breaks, sequences := newest()
	write(os.Args[1]+"/values.txt.gz", pack(values()+breaks))
	write(os.Args[1]+"/sequences.txt", sequences)
}

func write(name, text string) {
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
}

// properties are the lines of properties.txt.
func properties() string {
	script := `const ranges = (p) => { const r = new RegExp("^\\p{" + p + "}$", "u"), out = []; let from = -1
for (let c = 0; c <= 0x110000; c++) { const is = c <= 0x10ffff && r.test(String.fromCodePoint(c))
if (is && from < 0) from = c
if (!is && from >= 0) { out.push(from.toString(16) + "-" + (c - 1).toString(16)); from = -1 } }
return out.join(" ") }
for (const p of process.argv.slice(1)) console.log(ranges(p))`
	args := []string{"-e", script}
	for _, d := range derived {
		args = append(args, d.name)
	}
	scripts := newerScripts()
	args = append(args, scripts...)
	lines := strings.Split(strings.TrimSpace(run("node", args...)), "\n")
	newer := perlSet("Cn").Minus(classSet(`\p{Cn}`))
	var b strings.Builder
	b.WriteString(`# Sets of characters that package unicode does not have, made by gen: a name, a set in Perl's syntax, and how the named one differs
# from it (+ has more, - lacks), as ranges in hexadecimal. They are from Unicode 14 as Perl 5.36 has it; of characters that package
# unicode has and Perl has not, as node has it. With "17 " in front, as node has it, with Unicode 17, where that differs.
`)
	known := map[string]syntax.CharSet{}
	for i, d := range derived {
		node := parse(lines[i])
		set := perlSet(d.name).Minus(newer).Union(node.Intersect(newer))
		known[d.name] = set
		fmt.Fprintf(&b, "%s\t%s\t%s\n", d.name, d.base, difference(set, baseSet(d.base, known)))
		if diff := difference(node, set); diff != "" {
			fmt.Fprintf(&b, "17 %s\t\\p{%s}\t%s\n", d.name, d.name, diff)
		}
	}
	for _, v := range perlValues {
		fmt.Fprintf(&b, "%s\t[]\t%s\n", v[0], difference(perlSet(v[1]), nil))
	}
	for i, name := range scripts {
		fmt.Fprintf(&b, "17 %s\t[]\t%s\n", name, difference(parse(lines[len(derived)+i]), nil))
	}
	mirrored := parse(run("perl", "-MUnicode::UCD=prop_invmap", "-e", `my ($from, $to) = prop_invmap("Bidi_Mirroring_Glyph");
for my $i (0..$#$from) { printf "%x-%x ", $from->[$i], $from->[$i+1] - 1 if $to->[$i] }`))
	fmt.Fprintf(&b, "pcre2 Bidi_Mirrored\t\\p{Bidi_Mirrored}\t%s\n", difference(mirrored, known["Bidi_Mirrored"]))
	return b.String()
}

// newerScripts are the scripts of JavaScript that package unicode does not have, and
// their extensions.
func newerScripts() []string {
	js, err := flavor.Lookup("js")
	if err != nil {
		log.Fatal(err)
	}
	var names []string
	for _, p := range js.Properties() {
		if name, ok := strings.CutPrefix(p.Name, "Script="); ok && name != "Unknown" && unicode.Scripts[name] == nil {
			names = append(names, p.Name, "Script_Extensions="+name)
		}
	}
	return names
}

// baseSet is the set of a base: one of those that are known, some of them in a
// class, or what the syntax package knows without the files that are made here.
func baseSet(base string, known map[string]syntax.CharSet) syntax.CharSet {
	if base == "[]" {
		return nil
	}
	if name := strings.TrimSuffix(strings.TrimPrefix(base, `\p{`), "}"); known[name] != nil {
		return known[name]
	}
	if base == `[\p{Changes_When_Lowercased}\p{Changes_When_Uppercased}]` {
		return known["Changes_When_Lowercased"].Union(known["Changes_When_Uppercased"])
	}
	if rest, ok := strings.CutSuffix(base, `\p{Grapheme_Extend}]`); ok {
		return classSet(rest + "]").Minus(known["Grapheme_Extend"])
	}
	return classSet(base)
}

func classSet(class string) syntax.CharSet {
	perl, err := flavor.Lookup("perl")
	if err != nil {
		log.Fatal(err)
	}
	tree := syntax.Parse(class, perl, flavor.FlagsOf(""))
	set, ok := tree.CharSet(tree.Root)
	if !ok {
		log.Fatalf("the set of %s is not known", class)
	}
	return set
}

func difference(set, base syntax.CharSet) string {
	var fields []string
	for i, part := range []syntax.CharSet{set.Minus(base), base.Minus(set)} {
		for _, r := range part {
			text := fmt.Sprintf("%c%x", "+-"[i], r.First)
			if r.Last > r.First {
				text += fmt.Sprintf("-%x", r.Last)
			}
			fields = append(fields, text)
		}
	}
	return strings.Join(fields, " ")
}

func perlSet(property string) syntax.CharSet {
	return parse(run("perl", "-MUnicode::UCD=prop_invlist", "-e", `my @l = prop_invlist($ARGV[0]);
push @l, 0x110000 if @l % 2; for (my $i = 0; $i < @l; $i += 2) { printf "%x-%x ", $l[$i], $l[$i+1] - 1 }`, property))
}

// blocks are the lines of blocks.txt.
func blocks() string {
	lines := run("perl", "-MUnicode::UCD=prop_invlist,prop_values,prop_value_aliases", "-e", `for my $v (prop_values("Block")) {
my @n = prop_value_aliases("Block", $v); my @l = prop_invlist("Block=$v"); next if $n[1] eq "No_Block" or @l != 2;
my %seen; @n = grep { !$seen{$_}++ } @n[1,0,2..$#n]; push @lines, sprintf("%06x\t%x-%x\t%s\n", $l[0], $l[0], $l[1] - 1, join("\t", @n)) }
print map { s/^\w+\t//r } sort @lines`)
	return "# The blocks of Unicode 14, made by gen from Perl 5.36: first and last character in hexadecimal, and names.\n" + lines
}

func parse(text string) syntax.CharSet {
	var set syntax.CharSet
	for _, field := range strings.Fields(text) {
		var r syntax.CharRange
		if _, err := fmt.Sscanf(field, "%x-%x", &r.First, &r.Last); err != nil {
			log.Fatalf("%q: %v", field, err)
		}
		set = append(set, r)
	}
	return set
}

func run(program string, args ...string) string {
	cmd := exec.Command(program, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		log.Fatalf("%s: %v", program, err)
	}
	return string(out)
}
