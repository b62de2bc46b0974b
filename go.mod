module github.com/regexdbg/regexdbg

go 1.26.0

require (
	github.com/dlclark/regexp2/v2 v2.12.0
	github.com/gorilla/websocket v1.5.3
	golang.org/x/sys v0.49.0
)
