package demos

import (
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"
	"time"
)

// Measures of the picture, in CSS pixels. Across it is as wide as the page lets
// it be: places there are per cent.
const (
	laneHeight = 36
	textBase   = 13
	barTop     = 18
	barHeight  = 12
	axisHeight = 22
	least      = 3   // the width of the shortest step, or nobody would see it
	merged     = 0.2 // per cent: what is nearer than that is drawn as one
)

// colours is how many colours of lanes and people there are in demos.css.
const (
	colours  = 8
	noColour = -1
)

func colourClass(colour int) string {
	if colour == noColour {
		return "plain"
	}
	return "c" + strconv.Itoa(colour)
}

// draw returns the picture as SVG, and the same in words.
func (tl *timeline) draw() (picture, words template.HTML, changed bool) {
	from, to, lanes, changed := tl.snapshot()
	if !changed {
		return "", "", false
	}
	scale := scale{from, max(to-from, 100*time.Microsecond)}
	height := len(lanes)*laneHeight + axisHeight
	var svg, list strings.Builder
	fmt.Fprintf(&svg, `<svg width="100%%" height="%d" role="img" aria-label="What ran when; the same in words below">`, height)
	scale.drawAxis(&svg, height)
	for i, l := range lanes {
		l.draw(&svg, scale, i*laneHeight)
		fmt.Fprintf(&list, "<li>%s</li>", html.EscapeString(l.words()))
	}
	svg.WriteString("</svg>")
	return template.HTML(svg.String()), template.HTML(list.String()), true
}

// scale is the window: where it begins, and how long it is.
type scale struct{ from, length time.Duration }

func (s scale) percent(d time.Duration) float64 { return 100 * float64(d) / float64(s.length) }
func (s scale) x(at time.Duration) float64      { return s.percent(at - s.from) }

func (l lane) draw(b *strings.Builder, s scale, top int) {
	kind := ""
	if l.thread {
		kind = " (thread)"
	}
	fmt.Fprintf(b, `<g class="%s"><text x="0" y="%d">%s%s</text>`, colourClass(l.colour), top+textBase, html.EscapeString(l.name), kind)
	for _, life := range l.lives {
		fmt.Fprintf(b, `<rect class="life" x="%.2f%%" y="%d" width="%.2f%%" height="%d"/>`,
			s.x(life.begin), top+barTop, s.percent(life.end-life.begin), barHeight)
	}
	for i := 0; i < len(l.spans); {
		first, last := l.spans[i], l.spans[i]
		n := 1
		for i += 1; i < len(l.spans) && s.percent(l.spans[i].begin-last.end) < merged; i++ {
			last = l.spans[i]
			n++
		}
		width := fmt.Sprintf("%.2f%%", s.percent(last.end-first.begin))
		x := s.x(first.begin)
		if s.percent(last.end-first.begin) < 0.5 {
			width, x = strconv.Itoa(least), min(x, 99.5)
		}
		what := seconds(first.begin) + " to " + seconds(last.end)
		if n > 1 {
			what += fmt.Sprintf(", %d steps", n)
		}
		fmt.Fprintf(b, `<rect x="%.2f%%" y="%d" width="%s" height="%d"><title>%s: %s</title></rect>`,
			x, top+barTop, width, barHeight, html.EscapeString(l.name), what)
	}
	b.WriteString("</g>")
}

// drawAxis draws a line for every round time in the window.
func (s scale) drawAxis(b *strings.Builder, height int) {
	b.WriteString(`<g class="axis">`)
	step := s.step()
	for at := (s.from + step - 1) / step * step; at <= s.from+s.length; at += step {
		x, anchor := s.x(at), "middle"
		switch {
		case x < 3:
			anchor = "start"
		case x > 96:
			anchor = "end"
		}
		fmt.Fprintf(b, `<line x1="%.2f%%" x2="%.2f%%" y1="0" y2="%d"/>`, x, x, height-axisHeight+4)
		fmt.Fprintf(b, `<text x="%.2f%%" y="%d" text-anchor="%s">%s</text>`, x, height-4, anchor, tick(at))
	}
	b.WriteString(`</g>`)
}

// step is 1, 2 or 5 times a power of ten, so that there are at most six.
func (s scale) step() time.Duration {
	for unit := time.Microsecond; ; unit *= 10 {
		for _, factor := range []time.Duration{1, 2, 5} {
			if s.length/(unit*factor) <= 5 {
				return unit * factor
			}
		}
	}
}

func tick(at time.Duration) string {
	if at > 0 && at < time.Second {
		return at.String()
	}
	return strconv.FormatFloat(at.Seconds(), 'f', -1, 64) + "s"
}

// clock is a time for people: short ones in milliseconds.
func clock(at time.Duration) string {
	if at > 0 && at < 10*time.Millisecond {
		return fmt.Sprintf("%.2f ms", 1000*at.Seconds())
	}
	return fmt.Sprintf("%.2f s", at.Seconds())
}

func seconds(at time.Duration) string { return fmt.Sprintf("%.3f s", at.Seconds()) }

// words says what the lane shows.
func (l lane) words() string {
	text := fmt.Sprintf("%s: %d steps", l.name, l.steps)
	if l.thread {
		text = fmt.Sprintf("%s, a thread: %d jobs", l.name, l.steps)
	} else if l.steps == 1 {
		text = l.name + ": 1 step"
	}
	return fmt.Sprintf("%s, %v at work, between %s and %s", text, l.busy.Round(time.Microsecond),
		seconds(l.lives[0].begin), seconds(l.lives[len(l.lives)-1].end))
}
