package browser

import (
	"strings"
	"testing"
)

// unreachable is what the browser itself says of a server that is gone.
const unreachable = `WebSocket connection to|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE`

func TestReconnect(t *testing.T) {
	ends := map[string]func(*testing.T, *server){
		"killed": func(_ *testing.T, s *server) { s.kill() },
		"terminated": func(t *testing.T, s *server) {
			if status := s.terminate(); status != 0 {
				t.Errorf("exit status %d, want 0", status)
			}
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			s := serve(t)
			p := openState(t, s, state{flavor: "go", flags: "i", pattern: "a", text: "abc"})
			p.allow(unreachable)
			end(t, s)
			p.wait("probe.data().connection == 'disconnected'")
			p.wait("document.body.innerText.includes('disconnected') && probe.find('button', 'Reconnect now')")
			p.check("probe.status().startsWith('Not connected')")
			p.check("!probe.find('progressbar')")

			// Typing goes on.
			p.replace("Regular expression", "[bd]")
			p.focus("textbox", "Test text")
			p.press("Ctrl+End")
			p.keys("d")
			p.wait("probe.text('Test text') == 'abcd' && probe.text('Regular expression') == '[bd]'")
			p.check("probe.status().startsWith('Not connected')")

			s.restart()
			p.wait("probe.settled()")
			p.marks("b", "d")
			p.list("1 b 1–2", "2 d 3–4")
			p.shows(state{flavor: "go", flags: "i", pattern: "[bd]", text: "abcd"})
		})
	}
}

func TestReconnectButton(t *testing.T) {
	s := serve(t)
	p := openState(t, s, state{flavor: "go", pattern: "a", text: "abc"})
	p.allow(unreachable)
	s.kill()
	p.wait("probe.data().connection == 'disconnected'")
	s.restart()
	// The page comes back by itself soon; the button must do no harm then.
	p.run("probe.find('button', 'Reconnect now')?.click()")
	p.marks("a")
	p.check("!probe.find('button', 'Reconnect now')")
}

// A reload while the server is gone shows the browser's error; afterwards
// everything is there.
func TestNothingIsLostWhenTheServerIsGoneAtReload(t *testing.T) {
	s := serve(t)
	p := openState(t, s, state{flavor: "go", pattern: "a", text: "abc"})
	p.allow(unreachable)
	s.kill()
	p.wait("probe.data().connection == 'disconnected'")
	p.replace("Regular expression", "b")
	p.wait("location.hash.includes('pattern=b')")
	address := get[string](p, "location.href")
	p.navigate("about:blank")
	s.restart()
	p.navigate(address)
	p.shows(state{flavor: "go", pattern: "b", text: "abc"})
	p.marks("b")
}

// A page for which there is no room says so, and comes back when there is.
func TestNoRoom(t *testing.T) {
	s := serve(t)
	looksAt(t, s.url+state{flavor: "go", pattern: "a", text: "abc"}.fragment(), func(t *testing.T, p *tab) {
		p.allow(unreachable)
		// More pages than the server has room for, each of which comes as soon as another one goes.
		p.run(insert(`{
			window.crowd = new Set()
			window.crowded = true
			const come = () => {
				if (!crowded) return
				const page = new WebSocket(%s)
				crowd.add(page)
				page.onopen = () => page.send('{"type":"hello","protocol":5}')
				page.onclose = () => (crowd.delete(page), setTimeout(come, 20))
			}
			for (let i = 0; i < 70; i++) come()
		}`, []any{strings.Replace(s.url, "http", "ws", 1) + "ws"}))
		p.wait("[...crowd].filter((page) => page.readyState == 1).length >= 63")
		cut := p.cuts(`"type":"update"`, "")
		cut("request")
		p.focus("textbox", "Regular expression")
		p.press("Ctrl+End")
		p.keys("b")
		p.wait("document.body.innerText.includes('This server is for 64 pages at a time, and so many are open: close one')")
		t.Cleanup(func() {
			p.run("crowded = false; crowd.forEach((page) => page.close())")
			p.run("probe.find('button', 'Reconnect now')?.click()")
			p.wait("probe.data().connection == 'connected'")
			p.settle()
			p.list("1 ab 0–2")
		})
	})
}

// cuts returns a function that has the connection lost at each of the page's next messages that match a regular
// expression: before it is sent ("request"), or when a message comes that has the answer's words ("answer").
func (p *tab) cuts(request, answer string) (cut func(when ...string)) {
	p.t.Helper()
	p.run(insert(`{
		const request = RegExp(%s), answer = %s
		window.cuts = []
		const { send } = WebSocket.prototype
		WebSocket.prototype.send = function (data) {
			const when = typeof data == 'string' && request.test(data) ? cuts.shift() : ''
			if (when == 'request') return this.close()
			if (when == 'answer') this.onmessage = ({ data }) => typeof data == 'string' && data.includes(answer) && this.close()
			send.call(this, data)
		}
	}`, []any{request, answer}))
	return func(when ...string) { p.t.Helper(); p.run(insert("window.cuts = %s", []any{when})) }
}
