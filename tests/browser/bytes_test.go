package browser

import (
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
)

// awkward holds what editors and decoders like to change: a byte order mark,
// CR LF, a lone CR, NUL, a no-break space, bytes that are not UTF-8, an emoji.
const awkward = "\ufeffa\r\nb\x00c\u00a0d\xff\xfee\rf\u2028😀g\r\n"

// spans are patterns with the bytes that they match in awkward.
var spans = map[string]string{
	`\r\n`:      "1 CR↵ 4–6",
	`\x00`:      "1 NUL 7–8",
	`\x{A0}`:    "1 NBSP 9–11",
	`d..e`:      `1 d\xFF\xFEe 11–15`,
	`\x{FEFF}a`: "1 BOMa 0–4",
	`\rf`:       "1 CRf 15–17",
	`.g`:        "1 😀g 20–25",
}

// same checks that the page's text is awkward, to the byte: by what the server
// finds in it, and by what the link to it says.
func same(p *tab, text string) {
	p.t.Helper()
	for pattern, want := range spans {
		p.replace("Regular expression", pattern)
		p.wait("probe.settled() && probe.list()[0] == %s", want)
	}
	p.wait("location.hash.endsWith(%s)", "&text="+quote(text))
}

func TestBytesOfTheFileSurvive(t *testing.T) {
	p := openTab(t, serve(t, writeFile(t, "awkward.bin", []byte(awkward))).url)
	p.settle()
	same(p, awkward)
	p.check("probe.find('button', 'awkward.bin')")

	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.keys("x")
	p.press("Enter")
	same(p, awkward+"x\n")
	p.press("Ctrl+Enter", "Ctrl+z", "Ctrl+z") // in the text, to where the pattern led
	p.reload()
	p.settle()
	same(p, awkward)
}

func TestBytesOfALinkSurvive(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "a", text: awkward})
	same(p, awkward)
}

func TestInvisiblesCanBeShown(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "x", text: "a b\tc\u00a0d\r\nx\x00"})
	p.check("probe.text('Test text').includes('NUL') && probe.text('Test text').includes('CR')")
	p.check("!probe.text('Test text').includes('NBSP')")
	p.click("button", "Show invisibles")
	p.wait("probe.text('Test text').includes('NBSP')")
	p.check("probe.find('button', 'Show invisibles').getAttribute('aria-pressed') == 'true'")
	p.list("1 x 10–11")
	p.click("button", "Show invisibles")
	p.wait("!probe.text('Test text').includes('NBSP')")
}

func TestFileDroppedOnThePage(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "x", text: "old"})
	path := writeFile(t, "dropped.bin", []byte(awkward))
	at := get[[2]float64](p, "probe.middle(probe.find('list', 'Matches').parentElement)")
	for _, kind := range []input.DispatchDragEventType{
		input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop,
	} {
		call(p, input.DispatchDragEvent, input.DispatchDragEventParams{
			Type: kind, X: at[0], Y: at[1],
			Data: &input.DragData{Items: []*input.DragDataItem{}, Files: []string{path}, DragOperationsMask: 1},
		})
	}
	p.wait("probe.text('Test text').includes('NUL')")
	same(p, awkward)

	// Opening a file by the button does the same; and it is one step of undo.
	other := writeFile(t, "opened.txt", []byte("opened"))
	object := call(p, runtime.Evaluate, runtime.EvaluateParams{Expression: "document.querySelector('input[type=file]')"}).Result
	node := call(p, dom.DescribeNode, dom.DescribeNodeParams{ObjectID: object.ObjectID}).Node
	call(p, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{other}, BackendNodeID: cdp.BackendNodeID(node.BackendNodeID)})
	p.wait("probe.text('Test text') == 'opened'")
	p.settle()
	p.focus("textbox", "Test text")
	p.press("Ctrl+z")
	p.wait("probe.text('Test text').includes('NUL')")
	same(p, awkward)
}
