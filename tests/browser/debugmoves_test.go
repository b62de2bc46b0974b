package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// to types the number of a step.
func (p *tab) to(step int) {
	p.t.Helper()
	p.run("probe.find('textbox', 'Go to step').focus()")
	p.press("Ctrl+a")
	p.keys(fmt.Sprint(step))
	p.press("Enter")
	p.at(step)
	p.run("document.activeElement.blur()")
}

// Every movement, by its button and by its key: of (a+)b|ac on xaac, whose 38 steps are those of the machine's rules.
func TestDebugMovements(t *testing.T) {
	p := openDebugger(t, "python", `(a+)b|ac`, "xaac")
	p.wait("probe.find('slider', 'Step').max == 37")
	for _, c := range []struct {
		from         int
		button, keys string
		to           int
	}{
		{6, "Step forward", "F9", 7},
		{6, "Step back", "Shift+F9", 5},
		{7, "Step over", "o", 12},       // from the start of the group to its end
		{12, "Back over", "Shift+o", 7}, // and back
		{9, "Step out", "u", 13},
		{9, "Back out", "Shift+u", 6},
		{0, "Next match", "m", 31},
		{37, "Previous match", "Shift+m", 31},
		{4, "Next failure", "f", 10},
		{10, "Previous failure", "Shift+f", 4},
		{6, "Next attempt", "a", 21},
		{30, "Previous attempt", "Shift+a", 21},
		{9, "Rewind", "Home", 0},
		{9, "Run to end", "End", 37},
		{9, "Step forward", "Right", 10},
		{9, "Step back", "Left", 8},
	} {
		p.to(c.from)
		p.click("button", c.button)
		p.at(c.to)
		p.to(c.from)
		p.press(c.keys)
		p.at(c.to)
	}
	// A movement that finds nothing says so, and stays.
	p.to(32)
	p.click("button", "Next match")
	p.wait("document.querySelector('.debug-note').textContent.includes('no such step')")
	p.at(32)
	// A token of the pattern: the next time here, and with Shift the time before.
	p.to(6)
	p.clickAt("[...document.querySelectorAll('.debug-piece')].find((e) => e.textContent == 'c')")
	p.at(19)
	p.press("t")
	p.at(30)
	p.press("Shift+t")
	p.at(19)
	// The slider has the keys of sliders.
	p.focus("slider", "Step")
	p.press("Right")
	p.at(20)
}

// Breakpoints on a token, an offset, a group and a backtrack; to the right and back.
func TestDebugBreakpoints(t *testing.T) {
	p := openDebugger(t, "python", `(a+)b|ac`, "xaac")
	p.wait("probe.find('slider', 'Step').max == 37")
	p.run("document.querySelector('.debug').querySelectorAll('details').forEach((d) => (d.open = true))")
	both := func(from int, steps ...int) {
		t.Helper()
		p.to(from)
		for _, step := range steps {
			p.press("c")
			p.at(step)
		}
		for i := len(steps) - 2; i >= 0; i-- {
			p.press("Shift+c")
			p.at(steps[i])
		}
		p.click("button", "Remove breakpoint*")
		p.wait("probe.find('list', 'Breakpoints').children.length == 0")
	}
	p.to(13)
	p.press("b")
	both(0, 13, 16, 27)
	p.click("button", "Group 1 changes")
	both(0, 12, 14, 15, 17) // also when backtracking takes it back
	p.to(30)
	p.click("button", "At offset 4")
	both(0, 30, 31, 32)
	p.to(11)
	p.run("(() => { const e = document.querySelector('[aria-label=\"Which backtrack of this token\"]'); e.value = '2'; e.dispatchEvent(new Event('input', { bubbles: true })) })()")
	p.wait("document.querySelector('[aria-label=\"Which backtrack of this token\"]').value == '2'")
	p.click("button", "At backtrack number")
	both(0, 14)
}

func TestDebugOverview(t *testing.T) {
	p := openDebugger(t, "python", `(a+)b|ac`, "xaac")
	p.wait("probe.find('slider', 'Step').max == 37")
	p.run("document.querySelector('.debug').querySelectorAll('details').forEach((d) => (d.open = true))")
	p.wait("probe.find('list', 'Attempts').children.length == 4")
	p.check("probe.find('list', 'Attempts').children[1].textContent == 'offset 1: 15 steps, furthest 3, failed at b'")
	p.check("probe.find('list', 'Attempts').children[2].textContent == 'offset 2: 11 steps, furthest 4, matched'")
	p.clickAt("probe.find('list', 'Attempts').children[2].querySelector('button')")
	p.at(21)
	p.check("[...document.querySelectorAll('[aria-label=\"Cost of tokens\"] tbody tr')].some((r) => r.innerText.split(/\\s+/).join(' ').startsWith('a '))")
	p.clickAt("[...document.querySelectorAll('.debug-events button')].find((e) => e.textContent.startsWith('23 '))")
	p.at(23)
	// The current step is in the middle of their list.
	p.wait("(() => { const [l, b] = [document.querySelector('.debug-events'), document.querySelector('.debug-events [aria-current]')].map((e) => e.getBoundingClientRect()); return b.top >= l.top && b.bottom <= l.bottom })()")
	// A repeat is written with what it repeats, and shows where it is.
	p.to(11)
	p.hover("[...document.querySelectorAll('.debug-choices .part-link')].find((e) => e.textContent == 'a+')")
	p.wait("document.querySelector('.rx-part')?.textContent == 'a+'")
	// What changed is said.
	p.to(26)
	p.check("document.querySelector('[data-group-row=\"1\"]').textContent.includes('changed')")
	// One attempt at the caret.
	p.focus("textbox", "Test text")
	p.press("Ctrl+Home", "Right", "Right")
	p.click("button", "Start here")
	p.wait("probe.find('slider', 'Step').max == 10")
	p.click("button", "Everywhere")
	p.wait("probe.find('slider', 'Step').max == 37")
	// An edit keeps the place by token and offset.
	p.to(16)
	p.focus("textbox", "Regular expression")
	p.press("Home")
	p.keys("x?")
	p.wait("!document.querySelector('.debug.stale') && document.querySelector('[data-debug=sentence]').textContent.includes('offset 2')")
	p.check("document.querySelector('[data-debug-token]').textContent == 'b'")
}

// Hundreds of millions of steps, at both ends, while typing goes on.
func TestDebugBothEnds(t *testing.T) {
	p := openDebugger(t, "pcre2", `(a+)+$`, strings.Repeat("a", 30)+"!")
	p.at(0)
	p.click("button", "Step forward")
	p.at(1)
	p.wait("Number(probe.find('slider', 'Step').max) > 1000000")
	// The text and the pattern are typed while it runs.
	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.keys("?")
	p.wait("probe.text('Test text').endsWith('!?')")
	p.wait("probe.find('slider', 'Step') && Number(probe.find('slider', 'Step').max) > 1000000")
	p.run("document.activeElement.blur()")
	p.click("button", "Run to end")
	p.click("button", "Step forward") // takes its place
	p.at(2)
	p.wait("Number(probe.find('slider', 'Step').max) > 1000000") // of the new text's run
	p.run("(() => { const s = probe.find('slider', 'Step'); s.value = s.max; s.dispatchEvent(new Event('input', { bubbles: true })) })()")
	p.wait("Number(probe.find('slider', 'Step').value) > 1000000")
	p.click("button", "Step back")
	p.wait("document.querySelector('[data-debug=backtracks]').textContent.length > 5")
	p.click("button", "Rewind")
	p.at(0)
}

// A run that stops at the limit says so, and goes on with a click, to both ends of the whole, while typing goes on.
func TestDebugGoesOn(t *testing.T) {
	p := openState(t, serve(t, "--debug-steps", "2000000"), state{flavor: "pcre2", pattern: `(a+)+$`, text: strings.Repeat("a", 20) + "!"})
	p.debug()
	p.wait("document.querySelector('[data-debug=steps]').textContent.startsWith('of 2,000,000 (stopped: the limit of steps)')")
	p.screenshot("debug-limit")
	p.click("button", "Run to end")
	p.at(1_999_999)
	p.click("button", "Step back")
	p.at(1_999_998)
	p.click("button", "Rewind")
	p.at(0)
	p.click("button", "Go on, to 20,000,000 steps")
	p.wait("document.querySelector('[data-debug=steps]').textContent.startsWith('of 16,777,150 steps in all, no match')")
	p.check("!probe.find('button', 'Go on, to*')")
	p.at(0)
	p.click("button", "Run to end")
	p.at(16_777_149)
	p.click("button", "Previous failure")
	p.at(16_777_148)
	p.to(10_000_000)
	p.wait("document.querySelector('[data-debug=agreement]')?.textContent.includes('PCRE2')")
	// What is typed begins another run, which stops where the first one did.
	p.focus("textbox", "Test text")
	p.press("Home")
	p.keys("aa")
	p.wait("document.querySelector('[data-debug=steps]')?.textContent.startsWith('of 2,000,000 (stopped')")
	p.click("button", "Go on, to 20,000,000 steps")
	p.click("button", "Go on, to 200,000,000 steps")
	p.run("document.activeElement.blur()")
	p.click("button", "Step forward")
	p.replace("Regular expression", "a+")
	p.settle()
	p.wait("document.querySelector('[data-debug=steps]')?.textContent.includes('steps in all')")
}

func TestDebugThreads(t *testing.T) {
	p := openDebugger(t, "go", `(a|ab)(c|bcd)`, "abcd")
	p.at(0)
	p.click("button", "Next match")
	p.wait("document.querySelector('[data-debug=sentence]').textContent != ''")
	p.check("document.querySelector('.debug').textContent.includes('Threads')")
	p.check("document.querySelector('.debug').textContent.includes('machine of threads')")
}

func TestDebugSaysWhatIsMissing(t *testing.T) {
	p := openState(t, common(t), state{flavor: "perl", pattern: `a\p{IsOwn}`, text: "ab"})
	p.click("tab", "Debug")
	p.wait("probe.find('tabpanel', 'Debug').textContent.includes('{IsOwn}')")
	p.replace("Regular expression", "a(")
	p.wait("/not valid/.test(probe.find('tabpanel', 'Debug').textContent)")
	p.replace("Regular expression", "ab")
	p.wait("probe.find('slider', 'Step')?.max == 6")
}

// PCRE2's optimisations are boxes, and other flavors have none.
func TestDebugOptimizations(t *testing.T) {
	p := openDebugger(t, "pcre2", `a+b`, "xxaac")
	p.wait("document.querySelector('.debug').textContent.includes('Plain semantics')")
	p.click("checkbox", "Auto-possessification")
	p.wait("document.querySelector('.debug').textContent.includes('With auto-possess, as PCRE2')")
	p.click("checkbox", "Start optimisation")
	p.wait("document.querySelector('.debug').textContent.includes('With auto-possess and start-optimize') || document.querySelector('.debug').textContent.includes('With start-optimize and auto-possess')")
	p.wait("document.querySelector('[data-debug=sentence]').textContent.includes('no attempt is made')")
	p.replace("Regular expression", "a+c")
	p.wait("document.querySelector('[data-debug=sentence]').textContent.includes('offset 2')")
	p.choose("Flavor", "python")
	p.wait("!probe.find('checkbox', 'Start optimisation')")
}

// A link opens the tab at its step.
func TestDebugLink(t *testing.T) {
	s := common(t)
	st := state{flavor: "python", pattern: `(a+)b|ac`, text: "xaac"}
	p := openTab(t, s.url+st.fragment()+"&panel=debug&step=16")
	p.at(16)
	p.check("probe.find('tab', 'Debug').ariaSelected == 'true'")
}

// Play goes on at its speed, by a clock that the test holds: nothing moves by itself.
func TestDebugPlay(t *testing.T) {
	p := openDebugger(t, "python", `(a+)b|ac`, "xaac")
	p.ended()
	// The page's timers of 62.5 ms, which are those of sixteen steps a second, run when the test says so.
	p.run(`(() => {
		const [set, clear] = [window.setTimeout, window.clearTimeout]
		const held = (window.held = new Map())
		window.setTimeout = (f, ms, ...more) => {
			if (ms != 62.5) return set(f, ms, ...more)
			const id = -1 - held.size - Math.floor(1e6 * Math.random())
			held.set(id, f)
			return id
		}
		window.clearTimeout = (id) => held.delete(id) || clear(id)
		window.tick = () => {
			const due = [...held.values()]
			held.clear()
			due.forEach((f) => f())
		}
	})()`)
	p.run("(() => { const s = probe.find('combobox', 'Speed'); s.value = '16'; s.dispatchEvent(new Event('change', { bubbles: true })) })()")
	p.to(30)
	p.click("button", "Play")
	p.wait("probe.find('button', 'Pause') && held.size == 1")
	for step := 31; step <= 33; step++ {
		p.run("tick()")
		p.at(step)
	}
	p.click("button", "Pause")
	p.wait("probe.find('button', 'Play') && held.size == 0")
	p.press("p")
	p.wait("held.size == 1")
	// A step by hand takes over.
	p.click("button", "Step back")
	p.at(32)
	p.wait("probe.find('button', 'Play') && held.size == 0")
	p.click("button", "Play")
	for step := 33; step <= 37; step++ {
		p.wait("held.size == 1")
		p.run("tick()")
		p.at(step)
	}
	p.run("tick()") // at the end it stops by itself
	p.wait("probe.find('button', 'Play') && held.size == 0")
	p.at(37)
}

// The ribbon is dragged, with the mouse, from a place to another.
func TestDebugRibbonDrag(t *testing.T) {
	p := openDebugger(t, "pcre2", `(a+)+$`, strings.Repeat("a", 12)+"!")
	p.ended()
	steps := get[float64](p, "Number(probe.find('slider', 'Step').max)")
	box := get[[4]float64](p, "(() => { const b = probe.find('slider', 'Step').getBoundingClientRect(); return [b.x, b.y, b.width, b.height] })()")
	y := box[1] + box[3]/2
	mouse := func(kind input.DispatchMouseEventType, share float64) {
		t.Helper()
		p.do(chromedp.MouseEvent(kind, box[0]+share*box[2], y, chromedp.ButtonLeft))
	}
	near := func(share float64) {
		t.Helper()
		p.wait("Math.abs(Number(probe.find('slider', 'Step').value) / %s - %s) < 0.02 && !document.querySelector('.debug.stale')", steps, share)
		p.wait("document.querySelector('.goto-input').value == probe.find('slider', 'Step').value")
	}
	mouse(input.DispatchMouseEventTypeMousePressed, 0.5)
	near(0.5)
	for _, share := range []float64{0.6, 0.7, 0.8} {
		mouse(input.DispatchMouseEventTypeMouseMoved, share)
	}
	near(0.8)
	mouse(input.DispatchMouseEventTypeMouseMoved, 0.25)
	mouse(input.DispatchMouseEventTypeMouseReleased, 0.25)
	near(0.25)
}

// The trace is searched: the next change of a group, and the one before.
func TestDebugSearch(t *testing.T) {
	p := openDebugger(t, "python", `(?P<as>a+)b|ac`, "xaac")
	p.ended()
	group := "document.querySelector('[data-group-row=\"1\"] button')"
	for _, step := range []int{12, 14, 15} { // it is set, taken back, and set again
		p.clickAt(group)
		p.at(step)
	}
	p.run(group + ".dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }))")
	p.at(14)
	// A breakpoint at the caret.
	p.run("document.querySelector('.debug').querySelectorAll('details').forEach((d) => (d.open = true))")
	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.click("button", "At the caret")
	p.wait("probe.find('list', 'Breakpoints').textContent.includes('at offset 4')")
	p.to(0)
	p.press("c")
	p.at(30)
}

// One attempt, where the selected match begins.
func TestDebugStartAtMatch(t *testing.T) {
	p := openState(t, common(t), state{flavor: "python", pattern: `\w+`, text: "ab cde"})
	p.clickAt("document.querySelector('[data-match=\"1\"]')")
	p.debug()
	p.ended()
	p.click("button", "At this match")
	p.wait("/one attempt, at offset 3/.test(document.querySelector('.debug-start').textContent)")
	p.sentence("Tries the pattern at offset 3")
	p.press("m")
	p.sentence("Match 3–6")
	p.click("button", "Everywhere")
	p.wait("!/one attempt/.test(document.querySelector('.debug-start').textContent)")
}

// The steps around the current one, as a file with one JSON object a line, and as text.
func TestDebugExport(t *testing.T) {
	p := openDebugger(t, "python", `(a+)b|ac`, "xaac")
	p.ended()
	p.to(31)
	p.run("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve() }")
	p.run("URL.createObjectURL = (blob) => { window.saved = blob; return '#' }")
	p.run("document.querySelector('.debug').querySelectorAll('details').forEach((d) => (d.open = true))")
	p.click("button", "Download NDJSON")
	p.wait("window.saved")
	p.run("window.saved.text().then((text) => { window.lines = text.trimEnd().split('\\n').map((l) => JSON.parse(l)) })")
	p.wait("window.lines?.length == 38")
	p.check("lines.every((e, i) => e.step == i) && lines[31].kind == 'match' && lines[31].words.startsWith('Match 2–4')")
	p.click("button", "Copy as text")
	p.wait("window.copied?.split('\\n').length == 39")
	p.check("/^      31  match      4 +Match 2–4/m.test(copied)")
	p.check("/^      14  backtrack  3-2        a\\+ +Gives back one/m.test(copied)")
}

// As many steps as one likes are copied, not those on screen only, and one may move meanwhile.
func TestDebugListing(t *testing.T) {
	p := openDebugger(t, "pcre2", `(a+)+$`, strings.Repeat("a", 14)+"!")
	p.ended()
	p.run("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve() }")
	p.run("document.querySelector('.debug').querySelectorAll('details').forEach((d) => (d.open = true))")
	fill := func(name, text string) {
		t.Helper()
		p.focus("textbox", name)
		p.press("Ctrl+a")
		p.keys(text)
	}
	fill("First step to take", "1,000")
	fill("Last step to take", "8000")
	p.click("button", "Copy as text")
	p.click("button", "Step forward")
	p.at(1)
	p.wait("window.copied?.split('\\n').length == 7002")
	p.check("copied.trimEnd().split('\\n').every((l, i) => Number(l.slice(0, 8)) == 1000 + i)")
	// No more than there are.
	fill("First step to take", "262000")
	fill("Last step to take", "300000")
	p.click("button", "Copy as text")
	p.wait("window.copied.startsWith('  262000') && window.copied.split('\\n').length == 97")
	fill("Last step to take", "400000")
	p.wait("probe.find('button', 'Copy as text').disabled && document.querySelector('.debug').textContent.includes('At most 100,000 steps')")
	fill("Last step to take", "3")
	p.wait("document.querySelector('.debug').textContent.includes('from a smaller to a larger')")
}

// An edit of the text before the place moves it, one of the pattern too.
func TestDebugEditsKeepThePlace(t *testing.T) {
	p := openDebugger(t, "python", `(a+)b|ac`, "xaac")
	p.ended()
	p.press("m")
	p.sentence("Match 2–4")
	p.focus("textbox", "Test text")
	p.press("Ctrl+Home")
	p.keys("yy")
	p.sentence("Match 4–6")
	p.focus("textbox", "Regular expression")
	p.press("Ctrl+End")
	p.keys("|q")
	p.wait("probe.text('Regular expression') == '(a+)b|ac|q' && !document.querySelector('.debug.stale')")
	p.sentence("Match 4–6")
}

// Hundreds of millions of steps are run to their very end, while the first ones are looked at; then the last ones are,
// and what is typed then has its own steps at once.
func TestDebugLastStep(t *testing.T) {
	p := openDebugger(t, "pcre2", `(a+)+$`, strings.Repeat("a", 24)+"!")
	p.at(0)
	ended := "document.querySelector('[data-debug=steps]').textContent.includes('no match')"
	for step := 1; !get[bool](p, ended); step++ {
		steps := get[float64](p, "Number(probe.find('slider', 'Step').max)")
		p.click("button", "Step forward")
		p.at(step)
		p.wait("Number(probe.find('slider', 'Step').max) > %s || "+ended, steps)
	}
	last := get[int](p, "Number(probe.find('slider', 'Step').max)")
	if last < 100_000_000 {
		t.Errorf("only %d steps", last)
	}
	p.click("button", "Run to end")
	p.at(last)
	p.sentence("No match at offset 25")
	p.click("button", "Step back")
	p.at(last - 1)
	p.click("button", "Rewind")
	p.at(0)
	p.replace("Regular expression", "a!")
	p.wait("!document.querySelector('.debug.stale') && probe.find('slider', 'Step').max < 100")
	p.wait("probe.find('status').textContent.includes('1 match')")
}
