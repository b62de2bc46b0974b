package demos

import (
	"html/template"
	"strings"
)

// view is what the templates show.
type view struct {
	demo
	Previous, Next *view
}

// The templates see methods only.
func (v view) Name() string          { return v.name }
func (v view) Title() string         { return v.title }
func (v view) Lead() template.HTML   { return v.lead }
func (v view) File() string          { return v.file }
func (v view) Fields() template.HTML { return v.fields }
func (v view) Chat() bool            { return v.chat }
func (v view) Source() template.HTML { return highlight(source(v.file)) }

var indexTemplate = template.Must(template.New("index").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Event-loop demos</title>
<link rel="icon" href="favicon.svg">
<link rel="stylesheet" href="viol.css">
<link rel="stylesheet" href="demos.css">
</head>
<body>
<main>
<h1>Event-loop demos</h1>
<p class="lead">Small programs on package eventloop, after those of the talk
“Asynchronous I/O in Python&nbsp;3”. Each page shows a program, runs it, and
draws what ran when.</p>
<ol class="index">
{{- range .}}
<li><a href="{{.Name}}/">{{.Title}}</a><span>{{.Lead}}</span></li>
{{- end}}
</ol>
</main>
</body>
</html>
`))

// pageTemplate is what viol puts into the body.
var pageTemplate = template.Must(template.New("demo").Parse(`<link rel="stylesheet" href="../demos.css">
<nav aria-label="Demos">
<a href="../">All demos</a>
{{- with .Previous}} <a href="../{{.Name}}/" rel="prev">← {{.Title}}</a>{{end}}
{{- with .Next}} <a href="../{{.Name}}/" rel="next">{{.Title}} →</a>{{end}}
</nav>
<main>
<h1>{{.Title}}</h1>
<p class="lead">{{.Lead}}</p>
<div class="columns">
<div class="stage">
{{- if .Chat}}
<form id="door" data-viol-submit="sign-in">
<label for="name">Your name</label>
<div class="row"><input id="name" name="name" maxlength="40" autocomplete="off" required><button>Sign in</button></div>
</form>
<p id="problem" role="alert"></p>
<div id="room" hidden>
<p id="people"></p>
<form data-viol-submit="say" data-viol-reset>
<label for="line">Your message</label>
<div class="row"><input id="line" name="line" maxlength="1000" autocomplete="off" required><button>Send</button></div>
</form>
</div>
<h2 id="output-title">Messages</h2>
<div id="output" class="output talk" role="log" aria-labelledby="output-title" tabindex="0"></div>
{{- else}}
<form data-viol-submit="go">
{{- .Fields}}
<div class="row"><button class="go">Go</button><button type="button" data-viol-click="stop">Stop</button>
<span id="state" role="status">Connecting ...</span></div>
</form>
<h2 id="output-title">Output</h2>
<div id="output" class="output lines" role="log" aria-labelledby="output-title" tabindex="0"></div>
{{- end}}
<h2>Timeline</h2>
<p class="legend">Full: at work. Pale: waiting, while the loop is free for others.</p>
<div id="timeline" class="timeline"></div>
<details><summary>The same in words</summary><ul id="words"></ul></details>
</div>
<div class="source">
<h2 id="source-title">{{.File}}</h2>
<pre tabindex="0" role="region" aria-labelledby="source-title"><code id="source">{{.Source}}</code></pre>
</div>
</div>
</main>
`))

// body returns what viol shows of a demo.
func (v view) body() template.HTML {
	var b strings.Builder
	if err := pageTemplate.Execute(&b, v); err != nil {
		panic(err) // the template and the demo do not fit
	}
	return template.HTML(b.String())
}

// views returns every demo with its neighbours.
func views() []view {
	var all []view
	for _, d := range demos() {
		all = append(all, view{demo: d})
	}
	for i := range all {
		if i > 0 {
			all[i].Previous = &all[i-1]
		}
		if i+1 < len(all) {
			all[i].Next = &all[i+1]
		}
	}
	return all
}
