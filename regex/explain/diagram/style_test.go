package diagram

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

// contrast is that of two colors, #rrggbb, by WCAG 2.2 ("contrast ratio").
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(color string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, _ := strconv.ParseUint(color[1+2*i:3+2*i], 16, 8)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// The dark sheet comes behind the light one, and changes colors alone.
func TestDarkStyleHasTheSelectorsOfLight(t *testing.T) {
	light, dark := Style(Light), Style(Dark)
	for _, rule := range strings.Split(strings.TrimSuffix(dark, "}"), "}") {
		selector, _, _ := strings.Cut(rule, "{")
		if !strings.Contains(light, selector+"{") {
			t.Errorf("only the dark sheet has %s", selector)
		}
	}
	if strings.ContainsAny(light+dark, "<&") {
		t.Error("a style that would end its element")
	}
}
