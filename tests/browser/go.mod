module github.com/regexdbg/regexdbg/tests/browser

go 1.26.0

replace github.com/regexdbg/regexdbg => ../..

require (
	github.com/chromedp/cdproto v0.159.0
	github.com/chromedp/chromedp v0.23.0
	github.com/regexdbg/regexdbg v0.0.0-00010101000000-000000000000
)

require (
	github.com/dlclark/regexp2/v2 v2.12.0 // indirect
	github.com/go-json-experiment/json v0.0.0-20260213210345-44df1a37e875 // indirect
	golang.org/x/sys v0.49.0 // indirect
)
