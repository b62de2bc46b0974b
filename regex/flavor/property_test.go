package flavor

import "testing"

// What the engines say of the names of properties; the data files have all names.
func TestHasProperty(t *testing.T) {
	for _, test := range []struct {
		flavor, flags string
		good, bad     []string
	}{
		{"pcre2", "", []string{
			"L", "Lu", "lu", "L&", "LC", "Any", "Greek", "Grek", "g r-e_e k", "sc=Greek", "script:grek", "scx=Greek", "Script_Extensions = Greek",
			"bidi_class=AL", "bc:al", "BidiAL", "Bidi_Control", "Alphabetic", "White_Space", "Xan", "ASCII",
		}, []string{
			"", "Letter", "Foo", "sc=L", "gc=L", "sc=", "IsGreek", "InGreek", "Uppercase_Letter", "sc=sc=Greek",
		}},
		{"perl", "", []string{
			"L", "L_", "L&", "Letter", "uppercase letter", "Greek", "sc=Greek", "Script: Greek", "gc=Lu", "Is_Lu", "isGreek", "InGreek", "PosixAlpha",
			"XPosixAlpha", "Age=6.0", "age = 06.0", "In=6.0", "nv=1/2", "nv=0.5", "nv=-1/2", "nv=3.0", "IsMyOwn", "main::IsMyOwn", "Block=ASCII",
			"Alphabetic=Yes", "alpha=n", "ccc=230", "gc=L_", "isc", "Block=/Latin/", "East_Asian_Width=Wide", "PerlSpace", "Any", "utf8::Lu",
		}, []string{
			"", "Foo", "isfoo", "Xan", "gc=Foo", "nv=x", "nv=1/1000", "ccc=foo", "in greek foo", "sc=L_", "MyOwn", "Age=99", "main::MyOwn",
		}},
		{"java", "", []string{
			"L", "Lu", "LC", "L1", "all", "Lower", "XDigit", "ASCII", "javaLowerCase", "IsAlphabetic", "IsALPHABETIC", "IsGreek",
			"IsGrek", "Isgreek", "InGreek", "InGreek and Coptic", "script=Greek", "sc=grek", "SC=GREK", "blk=Greek", "block=GREEK", "gc=Lu", "general_category=L",
			"IsLu", "IsLower", "IsWhite_Space", "IsL1",
		}, []string{
			"", "Greek", "lower", "alpha", "Alphabetic", "lu", "javalowercase", "InFoo", "IsFoo", "InGreek_and_Coptic", "gc=lu", "scx=Greek", "Any",
			"^Lu", "IsASCIIx",
		}},
		{"java", "U", []string{"lower", "ALPHA", "Lower", "ASCII"}, []string{"ascii", "Alphabetic"}},
		{"ruby", "", []string{
			"Alnum", "alnum", "L", "Lu", "Uppercase_Letter", "upper case letter", "Greek", "Grek", "In_Greek_and_Coptic", "InGreekandCoptic", "Age=6.0", "age=13.0",
			"Any", "Word", "Alphabetic", "Emoji", "Grapheme_Cluster_Break=CR", "XPosixPunct",
		}, []string{"", "Foo", "IsGreek", "InGreek", "sc=Greek", "Age=99.0", "Xan"}},
		{"js", "", []string{"L", "Lu", "gc=Lu", "General_Category=punct", "Script=Greek", "scx=Grek", "sc=Zzzz", "Any", "Alpha", "space"}, []string{
			"", "lu", "Greek", "RGI_Emoji", "gc=Greek", "sc=L", "Alphabetic=Y", "^Lu", "Block=ASCII", "IsL", "sc=", "=L",
		}},
		{"js", "v", []string{"RGI_Emoji", "L"}, []string{"rgi_emoji"}},
		{"go", "", []string{"L", "lu", "Greek", " g_R-eek", "Any", "ascii", "assigned", "lc", "Letter", "uppercaseletter"}, []string{"", "Linear_B", "SignWriting", "Alphabetic", "Grek", "^L", "sc=Greek"}},
		{"dotnet", "", []string{"L", "Greek", "Linear_B", "Letter", "White_Space", "emoji", "ext-pict", "wb=katakana", "Grapheme_Cluster_Break=ZWJ", "RI"}, []string{"", "lu", "greek", "IsGreek", "Alphabetic", "sc=Greek", "wb=", "gcb=foo", "ext pict"}},
	} {
		f, err := Lookup(test.flavor)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range test.good {
			if !f.HasProperty(name, FlagsOf(test.flags)) {
				t.Errorf("%s has no property %q with flags %q", test.flavor, name, test.flags)
			}
		}
		for _, name := range test.bad {
			if f.HasProperty(name, FlagsOf(test.flags)) {
				t.Errorf("%s has a property %q with flags %q", test.flavor, name, test.flags)
			}
		}
	}
}

// A name that the lists show has to be one that can be written.
func TestPropertiesAreKnown(t *testing.T) {
	for _, f := range All() {
		for _, p := range f.Properties() {
			for _, name := range append([]string{p.Name}, p.Aliases...) {
				written := name
				if f.Set == InJava {
					switch p.Kind {
					case "block":
						written = "In" + name
					case "script", "binary":
						written = "Is" + name
					}
				}
				if !f.HasProperty(written, FlagsOf("v")) {
					t.Errorf("%s has no property %s, %s of kind %s", f.Name, written, name, p.Kind)
				}
			}
		}
	}
}

func TestPropertyValue(t *testing.T) {
	for _, test := range []struct{ flavor, text, property, value string }{
		{"perl", "bc=AL", "Bidi_Class", "Arabic_Letter"},
		{"perl", "Is_Bidi-Class: arabic letter", "Bidi_Class", "Arabic_Letter"},
		{"perl", "utf8::gc=L_", "General_Category", "LC"},
		{"perl", "ccc=0230", "Canonical_Combining_Class", "Above"},
		{"perl", "nv=-0", "Numeric_Value", "0"},
		{"perl", "nv=0.5", "Numeric_Value", "1/2"},
		{"perl", "nv=-1/2", "Numeric_Value", "-1/2"},
		{"perl", "Alpha=T", "Alphabetic", "Yes"},
		{"perl", "age=6.5", "", ""},
		{"perl", "Lu", "", ""},
		{"dotnet", "gcb=cn", "Grapheme_Cluster_Break", "Control"},
		{"dotnet", "gcb=foo", "", ""},
		{"go", "sc=Greek", "", ""},
	} {
		f, err := Lookup(test.flavor)
		if err != nil {
			t.Fatal(err)
		}
		property, value, ok := f.PropertyValue(test.text)
		if want := test.property != ""; ok != want || want && (property != test.property || value != test.value) {
			t.Errorf("%s %s is %q, %q, %v", test.flavor, test.text, property, value, ok)
		}
	}
}
