package diagram

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
)

// element is an element of a drawn SVG, as an XML parser reads it.
type element struct {
	name       string
	attributes map[string]string
	text       string
	sub        []*element
}

// parse reads SVG strictly: it fails on what is not well-formed XML.
func parse(t testing.TB, svg string) *element {
	t.Helper()
	root := &element{}
	open := []*element{root}
	for decoder := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not XML: %v\n%.2000s", err, svg)
		}
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: token.Name.Local, attributes: map[string]string{}}
			for _, a := range token.Attr {
				e.attributes[a.Name.Local] = a.Value
			}
			top.sub = append(top.sub, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.text += string(token)
		}
	}
	if len(root.sub) != 1 || root.sub[0].name != "svg" {
		t.Fatalf("%d elements at the top", len(root.sub))
	}
	return root.sub[0]
}

func (e *element) int(name string) int {
	n, err := strconv.Atoi(e.attributes[name])
	if err != nil {
		return 0
	}
	return n
}

// walk calls visit for every element below e with those around it.
func (e *element) walk(visit func(e *element, around []*element), around ...*element) {
	around = append(around[:len(around):len(around)], e)
	for _, sub := range e.sub {
		visit(sub, around)
		sub.walk(visit, around...)
	}
}

// dump writes the parts of a picture as text: for each what it is, where in the
// pattern, where on the picture, and its words.
func dump(svg *element) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d x %d\n", svg.int("width"), svg.int("height"))
	var write func(e *element, depth int)
	write = func(e *element, depth int) {
		for _, sub := range e.sub {
			if sub.name != "g" {
				continue
			}
			class := strings.TrimPrefix(sub.attributes["class"], "rr-part ")
			fmt.Fprintf(&b, "%s%s %s-%s", strings.Repeat("  ", depth), class, sub.attributes["data-from"], sub.attributes["data-to"])
			var words []string
			for _, part := range sub.sub {
				switch part.name {
				case "rect":
					fmt.Fprintf(&b, " @%d,%d %dx%d", part.int("x"), part.int("y"), part.int("width"), part.int("height"))
				case "text":
					words = append(words, part.text)
				}
			}
			if len(words) > 0 {
				fmt.Fprintf(&b, " %q", words)
			}
			b.WriteByte('\n')
			write(sub, depth+1)
		}
	}
	write(svg, 0)
	return b.String()
}

// area is a rectangle of a picture.
type area struct {
	left, top, right, bottom int
	of                       *element   // the part
	around                   []*element // the parts around it
}

func (a area) contains(b area) bool {
	return a.left <= b.left && b.right <= a.right && a.top <= b.top && b.bottom <= a.bottom
}

func (a area) overlaps(b area) bool {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

// areas are the frames of all parts that have one.
func areas(svg *element) []area {
	var all []area
	svg.walk(func(e *element, around []*element) {
		if e.name != "rect" || e.attributes["class"] == "rr-ground" {
			return
		}
		all = append(all, area{
			left: e.int("x"), top: e.int("y"), right: e.int("x") + e.int("width"), bottom: e.int("y") + e.int("height"),
			of: around[len(around)-1], around: around[:len(around)-1],
		})
	})
	return all
}

// check finds what is wrong with any picture whatever: parts beyond its edges,
// parts that lie on each other, text beyond its part, places that are not in
// the pattern or not in that of the part around.
func check(t testing.TB, pattern, svg string) {
	t.Helper()
	root := parse(t, svg)
	all := areas(root)
	whole := area{right: root.int("width"), bottom: root.int("height")}
	for i, a := range all {
		if !whole.contains(a) {
			t.Errorf("%q: %v is beyond the edges %v", pattern, a.of.attributes, whole)
		}
		for _, b := range all[i+1:] {
			inside := false
			for _, e := range b.around {
				inside = inside || e == a.of
			}
			if inside && !a.contains(b) {
				t.Errorf("%q: %v is not inside of %v", pattern, b.of.attributes, a.of.attributes)
			}
			if !inside && a.overlaps(b) {
				t.Errorf("%q: %v lies on %v", pattern, b.of.attributes, a.of.attributes)
			}
		}
	}
	root.walk(func(e *element, around []*element) {
		if strings.Contains(svg, "<style") == false {
			for name := range e.attributes {
				if name == "style" || strings.HasPrefix(name, "on") {
					t.Errorf("%q: an element has the attribute %s", pattern, name)
				}
			}
		}
		switch e.name {
		case "g":
			from, to := e.int("data-from"), e.int("data-to")
			if from > to || to > len(pattern) {
				t.Errorf("%q: a part is at %d-%d", pattern, from, to)
			}
			if outer := around[len(around)-1]; outer.name == "g" && (from < outer.int("data-from") || to > outer.int("data-to")) {
				t.Errorf("%q: a part at %d-%d is in one at %v", pattern, from, to, outer.attributes)
			}
		case "text":
			x, wide := e.int("x"), e.int("textLength")
			if wide == 0 {
				wide = len(e.text) * column
				if e.attributes["class"] == "rr-label" {
					wide = len(e.text) * smallWidth
				}
			}
			right := x + wide
			if x < 0 || right > whole.right || e.int("y") < 0 || e.int("y") > whole.bottom {
				t.Errorf("%q: the text %q is beyond the edges", pattern, e.text)
			}
		case "script", "a", "image", "use", "foreignObject":
			t.Errorf("%q: there is an element %s", pattern, e.name)
		}
	})
}
