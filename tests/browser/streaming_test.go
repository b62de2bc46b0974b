package browser

import (
	"testing"

	"github.com/regexdbg/regexdbg/tests/load"
)

// stuck is a search that finds three matches at once, and then nothing for
// longer than any test takes.
var stuck = state{flavor: "dotnet", pattern: `b|` + load.Catastrophic, text: "b b b " + load.CatastrophicText}

func TestFirstMatchesBeforeTheSearchIsOver(t *testing.T) {
	p := openTab(t, common(t).url+stuck.fragment())
	p.wait("probe.data().first > 0")
	p.check("probe.data().painted != probe.data().first")
	p.check("probe.marks().join() == 'b,b,b'")
	p.wait("probe.find('progressbar')")
	p.check("probe.find('progressbar').getAttribute('aria-valuetext').startsWith('3 matches')")
	p.check("probe.list().length == 3")
	p.check("probe.status().startsWith('Searching')")

	p.click("button", "Cancel")
	p.settle()
	p.check("probe.status().startsWith('Cancelled') && probe.status().includes('3 matches')")
	p.check("/searched \\d+ bytes of 45 bytes/.test(probe.status())")
	p.check("!probe.find('progressbar') && !probe.find('button', 'Cancel')")
	p.check("probe.marks().join() == 'b,b,b'")

	// It goes on, which makes the version unfinished once more; Escape cancels.
	p.click("button", "Continue*")
	p.wait("probe.find('button', 'Cancel')")
	p.check("probe.marks().join() == 'b,b,b'")
	p.press("Escape")
	p.wait("probe.status().startsWith('Cancelled')")
	p.check("probe.marks().join() == 'b,b,b' && probe.list().length == 3")
}

func TestTimeoutKeepsWhatWasFound(t *testing.T) {
	p := openState(t, common(t), stuck)
	p.check("probe.status().startsWith('Timed out') && probe.status().includes('3 matches')")
	p.check("/searched \\d+ bytes of 45 bytes/.test(probe.status())")
	p.check("probe.marks().join() == 'b,b,b' && probe.list().length == 3")
	p.check("probe.find('button', 'Continue*').textContent.includes('20.0 s')")
}

func TestContinueFindsTheRest(t *testing.T) {
	// More matches than a search may find at once.
	const matches = 1_000_003
	text := make([]byte, matches)
	for i := range text {
		text[i] = 'a'
		if i%80 == 79 {
			text[i] = '\n'
		}
	}
	s := serve(t, writeFile(t, "many.txt", text))
	p := openTab(t, s.url)
	p.settle()
	p.replace("Regular expression", `[a\n]`)
	p.settle()
	p.check("probe.status().startsWith('Limit reached') && probe.status().includes('1,000,000 matches')")
	p.click("button", "Continue*")
	p.wait("probe.status().startsWith('1,000,003 matches')")
	p.check("!probe.find('button', 'Continue*')")
}

// While an engine is stuck, typing goes on, the newest pattern is answered, and
// nothing of the older ones appears any more.
func TestLatestWinsBesideACatastrophe(t *testing.T) {
	bad := state{flavor: "dotnet", pattern: load.Catastrophic, text: load.CatastrophicText}
	p := openTab(t, common(t).url+bad.fragment())
	p.wait("probe.find('progressbar')")
	p.run(`
		globalThis.late = []
		let newest = 0
		new MutationObserver(() => {
			const { first = 0, painted = 0, version } = probe.data()
			for (const v of [first, painted]) if (Number(v) > Number(version)) late.push("ahead: " + v + " > " + version)
			if (Number(first) < newest) late.push("back: " + first + " after " + newest)
			newest = Math.max(newest, Number(first))
		}).observe(document.documentElement, { attributes: true })`)
	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	for _, key := range "bcdefghij" {
		p.keys(string(key))
		p.check("probe.text('Test text').endsWith(%s)", string(key))
	}
	p.check("!probe.settled()")
	p.replace("Regular expression", "[!]|j")
	p.marks("!", "j")
	p.list("1 ! 38–39", "2 j 47–48")
	p.check("probe.status().startsWith('2 matches')")

	// And back again, more often than there are workers.
	p.replace("Test text", load.CatastrophicText)
	for range 6 {
		p.replace("Regular expression", load.Catastrophic)
	}
	p.replace("Regular expression", "a!")
	p.marks("a!")
	p.check("late.length == 0")
}

// What is on screen while a search runs again is what the text says now.
func TestHighlightsMoveWithTheTextUntilNewOnesCome(t *testing.T) {
	p := openTab(t, common(t).url+stuck.fragment())
	p.wait("probe.data().first > 0")
	p.focus("textbox", "Test text")
	p.press("Ctrl+Home")
	p.keys("xyz")
	p.check("probe.text('Test text').startsWith('xyzb b b')")
	p.check("probe.marks().join() == 'b,b,b'")
	p.press("Escape")
	p.settle()
	p.check("probe.marks().join() == 'b,b,b'")
}

// Who cancels in the moment in which the pattern changes, before anybody has been told of
// the change, sees an end and no search that goes on: on the browser's engine and on one of
// the server's.
func TestCancelWithTheChange(t *testing.T) {
	for _, flavor := range []string{"js", "dotnet"} {
		p := openTab(t, common(t).url+state{flavor: flavor, pattern: `b|` + load.Catastrophic, text: "b " + load.CatastrophicText}.fragment())
		for range 2 {
			p.wait("probe.find('button', 'Cancel')")
			p.run("(probe.find('button', 'i:*').click(), probe.find('button', 'Cancel').click())")
			p.wait("probe.settled() && probe.status().startsWith('Cancelled')")
			p.marks("b")
			p.click("button", "Continue*")
		}
		// A key after the cancel is another search.
		p.wait("probe.find('button', 'Cancel')")
		p.run("(probe.find('button', 'i:*').click(), probe.find('button', 'Cancel').click(), probe.find('button', 's:*').click())")
		p.wait("probe.find('progressbar') && probe.find('button', 'Cancel')?.disabled == false")
		p.replace("Regular expression", "a!")
		p.marks("a!")
	}
}
