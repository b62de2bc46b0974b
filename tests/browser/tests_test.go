package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

const statuses = "[...document.querySelectorAll('.test')].map((e) => e.dataset.status).join()"

// chooseFile gives a file to the page's input of a name, as its dialog does.
func (p *tab) chooseFile(name, path string) {
	p.t.Helper()
	evaluated := call(p, runtime.Evaluate, runtime.EvaluateParams{Expression: insert("document.querySelector('input[type=file][aria-label=' + JSON.stringify(%s) + ']')", []any{name})})
	call(p, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{path}, ObjectID: evaluated.Result.ObjectID})
}

// A user makes the present text a test, breaks the pattern, sees which test fails and
// what differs, and mends it. The tests come back with a reload and with a link.
func TestTestsFollowThePattern(t *testing.T) {
	s := serve(t)
	p := openState(t, s, state{flavor: "python", pattern: `(?P<year>\d{4})-(\d\d)?`, text: "since 1999-12, 2024-"})
	p.click("tab", "Tests")
	p.wait("document.querySelector('.tests .empty')")
	p.click("button", "Exactly these")
	p.wait(statuses + " == 'passed'")
	p.wait("probe.find('status', 'Tests').textContent == '1 passed'")
	p.replace("Test text", "none")
	p.settle()
	p.click("button", "Must not match")
	p.wait(statuses + " == 'passed,passed'")

	// What is typed in the pattern is what is tested.
	p.replace("Regular expression", `(?P<year>\d{4})-(\d\d)`)
	p.wait(statuses + " == 'failed,passed'")
	p.check(`document.querySelector('.test-details').textContent.includes('there is no match 2, expected is 15-20 "2024-"')`)
	p.click("button", "TOML")
	p.wait(`probe.text('Tests in TOML').includes("pattern = '(?P<year>\\d{4})-(\\d\\d)'")`)
	p.check(`probe.text('Tests in TOML').includes("{ span = [15, 20], text = '2024-', groups = { year = [15, 19], 2 = [] } },")`)

	// A test that fails is opened in the editor.
	p.click("button", "Results")
	p.click("button", "Open input 1 in the editor")
	p.wait("probe.text('Test text') == 'since 1999-12, 2024-'")
	p.focus("textbox", "Regular expression")
	p.press("End")
	p.keys("?")
	p.wait(statuses + " == 'passed,passed'")

	// Nothing of it is lost.
	p.wait(`decodeURIComponent(location.hash).includes("[[pattern.input]]") && decodeURIComponent(location.hash).includes("(\\d\\d)?'") && decodeURIComponent(location.hash).includes("&text=since")`)
	link := get[string](p, "location.href")
	p.reload()
	p.settle()
	p.click("tab", "Tests")
	p.wait(statuses + " == 'passed,passed'")
	other := openTab(t, link+"&panel=tests")
	other.settle()
	other.wait(statuses + " == 'passed,passed'")
	// A link that says nothing of tests leaves them.
	other.run("location.hash = " + quoted(state{flavor: "go", pattern: "x", text: "y"}.fragment()))
	other.wait("probe.text('Regular expression') == 'x'")
	other.check(statuses + " == 'passed,passed'")
	p.allow("ERR_CONNECTION_REFUSED|WebSocket")
	other.allow("ERR_CONNECTION_REFUSED|WebSocket")
	// And the server that is started again runs them again.
	s.kill()
	s.restart()
	p.wait("probe.connected()")
	p.wait("probe.find('status', 'Tests').textContent == '2 passed'")
}

// Tests are edited in rows and as TOML, which are the same; an example that takes the
// place of the pattern leaves the file alone.
func TestTestsAreEdited(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `(a)(b)?`, text: "xa"})
	p.click("tab", "Tests")
	p.click("button", "Must match")
	p.wait(statuses + " == 'passed'")
	p.click("button", "Edit input 1")
	p.wait("probe.find('group', 'Edit the test')")
	p.replace("Text", "it's b")
	p.wait(statuses + " == 'failed'")
	p.replace("Text", "it's ab")
	p.wait(statuses + " == 'passed'")
	p.run("{ const s = probe.find('combobox', 'Expected'); s.value = 'first'; s.dispatchEvent(new Event('change', { bubbles: true })) }")
	p.wait(statuses + " == 'failed'")
	field := func(name, value string) {
		t.Helper()
		p.wait("probe.find('textbox', %s)", name)
		p.run(insert("probe.find('textbox', %s).focus()", []any{name}))
		p.press("Ctrl+a", "Delete")
		p.keys(value)
		p.press("Tab")
	}
	field("Bytes", "5-7")
	p.wait(statuses + " == 'passed'")
	p.click("button", "Add a group")
	p.wait(statuses + " == 'failed'") // group 1 takes part
	p.run("{ const s = probe.find('combobox', 'Is'); s.value = 'text'; s.dispatchEvent(new Event('change', { bubbles: true })) }")
	p.wait("document.querySelectorAll('.test-match .field input').length == 4")
	p.run("document.querySelectorAll('.test-match .field input')[3].focus()")
	p.keys("a")
	p.press("Tab")
	p.wait(statuses + " == 'passed'")
	field("Steps at most", "1")
	p.wait(statuses + " == 'failed' && document.querySelector('.test-details').textContent.includes('more than 1 steps')")
	field("Steps at most", "x")
	p.wait("document.querySelector('.notices').textContent.includes('takes a whole number above 0')")
	p.check("probe.find('textbox', 'Steps at most').value == '1'")
	field("Steps at most", "")
	field("Name", "first")
	p.wait(statuses + " == 'passed' && document.querySelector('.test-name').textContent == 'first'")
	p.click("button", "Done")

	p.click("button", "TOML")
	p.wait(`probe.text('Tests in TOML') == %s`, "[[pattern]]\nflavor = 'go'\npattern = '(a)(b)?'\n\n[[pattern.input]]\nname = 'first'\ntext = '''it's ab'''\nfirst = { span = [5, 7], groups = { 1 = 'a' } }\n")
	p.focus("textbox", "Tests in TOML")
	p.press("Ctrl+End")
	p.keys("mach = true")
	p.wait("document.querySelector('.tests-problems').textContent.includes('line 9, column 1') && document.querySelector('.tests-problems').textContent.includes('did you mean match?')")
	p.wait("document.querySelector('.toml-box .error-squiggle')")
	p.check("probe.find('status', 'Tests').textContent == '1 problem in the file'")
	p.click("button", "line 9, column 1")
	p.press("Right", "Right")
	p.keys("t")
	p.wait("probe.text('Tests in TOML').endsWith('match = true')")
	p.click("button", "Results")
	p.wait(statuses + " == 'passed' && !document.querySelector('.tests-problems')")

	// Another pattern, and not one that is typed: the file stays.
	p.click("tab", "Reference")
	p.wait("document.querySelector('.panel button')")
	p.run("[...document.querySelectorAll('.panel button')].find((b) => /try/i.test(probe.name(b) + b.textContent)).click()")
	p.wait("probe.text('Regular expression') != '(a)(b)?'")
	p.click("tab", "Tests")
	p.wait(statuses + " == 'passed'")
	p.click("button", "Open")
	p.wait("probe.text('Regular expression') == '(a)(b)?'")

	p.click("button", "Edit first")
	p.run("probe.find('button', 'Take out the test').click()") // notices may cover it
	p.wait("document.querySelectorAll('.test').length == 0")
	p.click("button", "Bring it back")
	p.wait(statuses + " == 'passed'")
}

// Files are imported, of our format and regex101's, with what is wrong at its place,
// and exported.
func TestTestsImportAndExport(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `a`, text: "a"})
	p.run(`URL.createObjectURL = ((made) => (blob) => (blob.text().then((text) => (window.exported = text)), made(blob)))(URL.createObjectURL.bind(URL))`)
	p.click("tab", "Tests")
	const document = "# kept\n[[pattern]]\npattern = 'b+'\n[[pattern.input]]\ntext = 'abb' # and this\nfirst = { span = [1, 3] }\n"
	p.chooseFile("File of tests", writeFile(t, "mine.toml", []byte(document)))
	p.wait(statuses + " == 'passed'")
	p.chooseFile("File of tests", writeFile(t, "x.json", []byte(`{"regex":"c","flavor":"golang","flags":"g","testString":"","unitTests":[{"description":"is c","testString":"c","criteria":"DOES_MATCH"},{"testString":"","criteria":"STARTS_WITH","target":"0"}]}`)))
	p.wait(statuses + " == 'passed,passed'")
	p.wait("document.querySelector('.notices').textContent.includes('left out: unit test 2')")
	p.chooseFile("File of tests", writeFile(t, "y.json", []byte("{\n  \"regex\": x}")))
	p.wait("document.querySelector('.notices').textContent.includes('y.json: 2:12: this is not the JSON of regex101')")
	p.focus("button", "Export") // a notice may be where the mouse would be
	p.press("Enter")
	want := document + "\n[[pattern]]\nflavor = 'go'\npattern = 'c'\n\n[[pattern.input]]\nname = 'is c'\ntext = 'c'\nmatch = true\n"
	p.wait("window.exported !== undefined")
	if got := get[string](p, "exported"); got != want {
		t.Errorf("exported %q, want %q", got, want)
	}
	p.chooseFile("File of tests", writeFile(t, "bad.toml", []byte("[[pattern]]\npattern = \"\\d\"\n")))
	p.wait("document.querySelector('.tests-problems').textContent.includes('line 2, column 12')")
	p.check("document.querySelectorAll('.test').length == 0")
}

// A file of another program is read although the connection is lost meanwhile, and two files at once are both read. When
// the server does not outlive a file, the page says so and asks no more.
func TestTestsImportOutlivesItsConnection(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `a`, text: "a"})
	p.click("tab", "Tests")
	file := func(name, pattern string) string {
		return writeFile(t, name, []byte(`{"regex":"`+pattern+`","flavor":"golang","flags":"","testString":"","unitTests":[{"testString":"b","criteria":"DOES_MATCH"}]}`))
	}
	cut := p.cuts("import-tests", "imported-tests")
	want := ""
	for _, when := range []string{"request", "answer"} {
		cut(when)
		p.chooseFile("File of tests", file(when+".json", "b"))
		want = strings.TrimPrefix(want+",passed", ",")
		p.wait(statuses+" == %s", want)
	}
	cut("answer", "request")
	p.chooseFile("File of tests", file("twice.json", "b"))
	p.wait("document.querySelector('.notices').textContent.includes('twice.json: the connection was lost twice')")
	p.wait("probe.data().connection == 'connected'")

	p.run(`{
		const input = document.querySelector('input[type=file][aria-label="File of tests"]')
		for (const regex of ['b+', 'b*']) {
			const given = new DataTransfer()
			const tests = { regex, flavor: 'golang', flags: '', testString: '', unitTests: [{ testString: 'b', criteria: 'DOES_MATCH' }] }
			given.items.add(new File([JSON.stringify(tests)], regex + '.json'))
			input.files = given.files
			input.dispatchEvent(new Event('change', { bubbles: true }))
		}
	}`)
	p.wait(statuses+" == %s", want+",passed,passed")
}

// A newer key ends a run that would take long.
func TestTestsAreCancelledByNewerInput(t *testing.T) {
	p := openState(t, common(t), state{flavor: "dotnet", pattern: `b`, text: "b"})
	p.click("tab", "Tests")
	slow := "[[pattern]]\nflavor = 'dotnet'\npattern = '(a+)+$'\n[[pattern.input]]\ntext = 'b'\nmatch = false\n" + strings.Repeat("[[pattern.input]]\ntext = '"+strings.Repeat("a", 60)+"!'\nmatch = false\n", 40)
	p.chooseFile("File of tests", writeFile(t, "slow.toml", []byte(slow)))
	p.wait("probe.find('status', 'Tests').textContent == 'Running… 1 passed'") // 40 take 200 s
	p.click("button", "TOML")
	p.focus("textbox", "Tests in TOML")
	p.press("Ctrl+a")
	p.keys("[[pattern]]\npattern='a'\n[[pattern.input]]\ntext='a'\nmatch=true")
	p.wait("probe.find('status', 'Tests').textContent == '1 passed'")
}

// A pattern has to stay linear on texts that are made to attack it: the text that shows
// that it does not is opened in the editor.
func TestTestsAttack(t *testing.T) {
	p := openState(t, common(t), state{flavor: "dotnet", pattern: `^(\w+\s?)+$`, text: "some words"})
	p.click("tab", "Tests")
	p.click("button", "Must match")
	p.wait(statuses + " == 'passed'")
	p.run("[...document.querySelectorAll('.test-head .tool')].find((b) => b.textContent == 'Edit').click()")
	p.wait("probe.find('group', 'Edit the pattern')")
	p.run("[...document.querySelectorAll('.test-form input[type=checkbox]')].find((b) => b.labels[0].textContent.includes('linear')).click()")
	p.wait(statuses + " == 'passed,failed'")
	p.check("document.querySelector('.test-details').textContent.includes('steps grow exponentially with the length')")
	p.replace("Regular expression", `^(?>\w+\s?)+$`)
	p.wait(statuses + " == 'passed,passed'")
	p.replace("Regular expression", `^\w*\w*!`)
	p.wait("[...document.querySelectorAll('.test-details')].at(-1)?.textContent.includes('to the power of 2.0')")
	p.wait("probe.find('button', 'Open generated attack in the editor')")
	p.run("probe.find('button', 'Open generated attack in the editor').click()") // rows may move while results come
	p.wait("probe.text('Test text').length > 500")
}

// What no test exercises is under the pattern and in a table, and an example that is
// added closes the gap.
func TestTestsCoverage(t *testing.T) {
	p := openState(t, common(t), state{flavor: "pcre2", pattern: `^(?:one|two\d?)$`, text: "one"})
	p.click("tab", "Tests")
	p.click("button", "Must match")
	p.wait("document.querySelector('.coverage summary')?.textContent == 'Tests exercise 1 of 5 parts of the pattern'")
	p.check("document.querySelector('.coverage').parentElement.querySelector('.uncovered').textContent == 'two\\\\d?'")
	// The same is in the field of the pattern, while the tab is open.
	const underlaid = "[...document.querySelectorAll('.cm-content .uncovered')].map((e) => e.textContent).join('')"
	p.wait(underlaid + " == 'two\\\\d?'")
	p.check("document.querySelector('.cm-content .uncovered').title.includes('the alternative two\\\\d? was never taken')")
	p.check("probe.contrast(document.querySelector('.cm-content .uncovered')) >= 4.5")
	p.click("tab", "Matches")
	p.wait(underlaid + " == ''")
	p.click("tab", "Tests")
	p.wait(underlaid + " == 'two\\\\d?'")
	p.run("document.querySelector('.coverage').open = true")
	p.screenshot(t.Name())
	p.check("probe.contrast(document.querySelector('.uncovered')) >= 4.5")
	for range 3 { // the alternative, and then what is in it
		p.wait("document.querySelector('.coverage .tool')")
		count := get[int](p, "document.querySelectorAll('.test').length")
		p.run("document.querySelector('.coverage .tool').click()")
		p.wait("document.querySelectorAll('.test').length > %s && probe.find('status', 'Tests').textContent == document.querySelectorAll('.test').length + ' passed'", count)
		if get[bool](p, "!document.querySelector('.uncovered')") {
			break
		}
	}
	p.wait("document.querySelector('.coverage summary').textContent == 'Tests exercise 5 of 5 parts of the pattern'")
	p.check("!document.querySelector('.uncovered')")
}

// Where no text matches, nothing is exercised, which is said.
func TestTestsCoverageWithoutAMatch(t *testing.T) {
	p := openState(t, serve(t), state{flavor: "pcre2", pattern: `^(?:one|two)$`, text: "none"})
	p.click("tab", "Tests")
	p.click("button", "Must not match")
	p.wait("document.querySelector('.coverage summary')?.textContent == 'No text matched, so that none of 2 parts of the pattern is exercised'")
	p.run("document.querySelector('.coverage').open = true")
	p.run("document.querySelector('.coverage .tool').click()")
	p.wait("document.querySelector('.coverage summary').textContent == 'Tests exercise 1 of 2 parts of the pattern'")
}

func TestTestsLooks(t *testing.T) {
	s := common(t)
	const document = "[[pattern]]\nname = 'date'\nflavor = 'python'\npattern = '(?P<year>\\d{4})-(?P<month>\\d\\d)(-\\d\\d)?'\nreplacement = '\\g<month>/\\g<year>'\nsteps = 1000\n\n" +
		"[[pattern.input]]\nname = 'two dates'\ntext = \"2024-06,\\n1999-12-31\"\nmatches = [\n  { span = [0, 7], groups = { year = '2024', month = [5, 7], 3 = [] } },\n  { text = '1999-12-31', groups = { 3 = '-30' } },\n]\nreplaced = \"06/2024,\\n12/1999\"\n\n" +
		"[[pattern.input]]\ntext = '2024-6'\nmatch = false\n\n[[pattern.input]]\ntext = 'no'\nmatch = true\n\n[[pattern.input]]\ntext = 'a line of a log, as they are: 2024-06-01 12:00 GET /index.html 200 of 1999-12-31'\nmatch = true\n\n" +
		"[[pattern]]\nflavor = 'dotnet'\npattern = '(a+)+$'\n\n[[pattern.input]]\ntext = 'aaa'\nmatch = true\n\n[[pattern]]\npattern = '(?<a'\n\n[[pattern.input]]\ntext = 'aaa'\nmatch = true\n"
	for _, width := range []int64{1280, 390} {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(map[int64]string{1280: "wide", 390: "narrow"}[width]+"-"+scheme, func(t *testing.T) {
				p := openTab(t, "about:blank")
				call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
				})
				p.do(chromedp.EmulateViewport(width, 844))
				p.navigate(s.url + state{flavor: "python", pattern: `(?P<year>\d{4})-(?P<month>\d\d)(-\d\d)?`, text: "2024-06"}.fragment() + "&panel=tests&tests=" + quote(document))
				p.settle()
				p.wait("probe.find('status', 'Tests').textContent == '3 passed, 2 failed, 1 error'")
				p.run("document.querySelector('.panel-pane').scrollIntoView()")
				p.screenshot(t.Name() + "-rows")
				for _, e := range []string{"document.querySelector('.passed .test-status')", "document.querySelector('.failed .test-status')", "document.querySelector('.test-details')", "document.querySelector('.test-head [aria-pressed=true]')", "document.querySelector('.test-expected')"} {
					p.check("probe.contrast(" + e + ") >= 4.5")
				}
				// A text has most of the panel's width, however long what stands beside it is.
				p.check("[...document.querySelectorAll('.test-text')].every((e) => e.getBoundingClientRect().height < 60)")
				p.click("button", "Edit two dates")
				p.wait("probe.find('group', 'Edit the test')")
				p.screenshot(t.Name() + "-form")
				p.check("document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth")
				p.check("[...document.querySelectorAll('.test-form button, .test-form input, .test-form select')].every((e) => e.getBoundingClientRect().right <= innerWidth)")
				p.click("button", "TOML")
				p.screenshot(t.Name() + "-toml")
			})
		}
	}
}

// "Exactly these" has what comes of the replacement too, where there is one.
func TestExactTestsHaveTheReplacement(t *testing.T) {
	s := common(t)
	p := openTab(t, s.url+state{flavor: "python", pattern: `(\w)(\d)`, text: "a1 b2\n"}.fragment()+"&replace="+quote(`\2\1`))
	p.settle()
	p.click("tab", "Tests")
	p.click("button", "Exactly these")
	p.wait(statuses + " == 'passed'")
	p.click("button", "TOML")
	p.wait(`probe.text('Tests in TOML').includes("replacement = '\\2\\1'") && probe.text('Tests in TOML').includes("replaced = '''\n1a 2b\n'''")`)

	p.click("button", "Results")
	// A pattern that is tested already gets its replacement with the test; one with another replacement is another.
	p.click("tab", "Replace")
	p.replace("Replacement", "-")
	p.click("tab", "Tests")
	p.click("button", "Exactly these")
	p.wait(statuses + " == 'passed,passed' && document.querySelectorAll('.test-pattern').length == 2")
	p.replace("Test text", "none")
	p.settle()
	p.click("button", "Exactly these")
	p.wait(statuses + " == 'passed,passed,passed'")
	// The one with the replacement on screen is what is typed on.
	p.replace("Regular expression", `(\w)`)
	p.wait(statuses + " == 'passed,failed,failed'")

	// A replacement that is wrong is no reason to have no test.
	q := openTab(t, s.url+state{flavor: "python", pattern: `(a)`, text: "a"}.fragment()+"&replace="+quote(`\2`))
	q.settle()
	q.click("tab", "Tests")
	q.click("button", "Exactly these")
	q.wait(statuses + " == 'passed'")
	q.check("document.querySelector('.notices').textContent.includes('the replacement is not right')")
}
