package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestBatchTrace(t *testing.T) {
	for _, test := range []struct {
		request string
		want    []string // contained in the answer
	}{
		{`{"id":1,"op":"debug","flavor":"pcre2","pattern":"a(b)?","text":"xab"}`,
			[]string{`"id":1,"outcome":"match"`, `"engine":{"name":"PCRE2"`, `"names":["",""]`, `"matches":[{"span":[1,3],"groups":[[2,3]]}]`, `"steps":13`,
				`"events":[{"step":0,"kind":"attempt","token":[0,5],"attempt":0,"from":0,"pos":0,"groups":[null],"says":"Tries the pattern at offset 0."}`,
				`"kind":"capture","token":[1,4],"attempt":1,"from":3,"pos":3,"groups":[[2,3]],"changed":1,`,
				`"kind":"match","token":[0,5],"attempt":1,"from":3,"pos":3,"groups":[[2,3]],"span":[1,3]`, `"engine_agrees":true`, `"agreement":"agrees with PCRE2`}},
		{`{"op":"debug","flavor":"dotnet","pattern":"a","text":"ba","from":1,"steps":1}`, []string{`"events":[{"step":1,"kind":"failed"`, `does not match \"b\" at offset 0."}]`, `"engine_agrees":true`}},
		{`{"op":"debug","flavor":"dotnet","pattern":"a","text":"b","from":100}`, []string{`"outcome":"no-match"`, `"events":[]`}},
		{`{"op":"debug","flavor":"dotnet","pattern":"a","text":"b","steps":0}`, []string{`"steps":6`, `"events":[]`}},
		{`{"op":"debug","pattern":"a+","text":"baa"}`, []string{`"outcome":"match"`, `"name":"regexp"`, `"kind":"character"`, `"engine_agrees":true`}},
		{`{"op":"debug","flavor":"dotnet","pattern":"a","text":"aa","all":false}`, []string{`"outcome":"match"`, `"matches":[{"span":[0,1],"groups":[]}]`, `"engine_agrees":true`}},
		{`{"op":"debug","flavor":"dotnet","pattern":"(a+)+$","text":"` + strings.Repeat("a", 40) + `!","timeout_ms":20,"steps":2}`,
			[]string{`"outcome":"timeout"`, `"engine_agrees":null`, `"step":1`}},
		{`{"op":"debug","flavor":"pcre2","pattern":"x(a+)+$","text":"x` + strings.Repeat("a", 12) + `!","steps":0}`,
			[]string{`"multiplying":[[3,4],[5,6]]`, `"why_not":{"attempt":0,"furthest":13,"found":"\"!\"","expected":[`, `"says":"leave `, `"complete":true}`}},
		{`{"op":"debug","pattern":"id:\\d+","text":"id;7","steps":0}`,
			[]string{`"why_not":{"attempt":0,"furthest":2,"found":"\";\"","expected":[{"token":[2,3],"words":"`, `"pattern":"id[:;]\\d+"`, `"match":[0,4]`}},
		{`{"op":"debug","flavor":"perl","pattern":"a\\p{IsOwn}","text":"a"}`, []string{`"outcome":"error"`, `"code":"not-traced"`, `"span":[1,10]`, `"hint"`}},
		{`{"op":"debug","flavor":"pcre2","pattern":"a(","text":"a"}`, []string{`"outcome":"error"`, `"code":"missing-paren"`, `"span":[1,2]`}},
		{`{"op":"debug","flavor":"pcre2","pattern":"a"}`, []string{"no text"}},
		{`{"op":"debug","flavor":"pcre2","pattern":"a","text":"a","from":-1}`, []string{`"code":"bad-request"`, "from cannot be negative"}},
		{`{"op":"debug","flavor":"pcre2","pattern":"a","text":"a","steps":100001}`, []string{`"code":"bad-request"`, "100000"}},
		{`{"op":"debug","flavor":"pcre2","pattern":"a","text":"a","flags":"q"}`, []string{`"code":"unknown-flag"`}},
		{`{"op":"debug","flavor":"pcre2","pattern":"a","text":"a","engine":"no"}`, []string{`"code":"unknown-engine"`}},
		{`{"op":"debug","flavor":"pcre2","pattern":"(?R)?a","text":"a"}`, []string{`"outcome":"error"`, `"code":"trace-error"`, `"engine_agrees":null`, `"kind":"call"`}},
		{`{"op":"match","engine":"trace","flavor":"js","pattern":"(?<y>a)|b","text":"ab"}`,
			[]string{`"outcome":"match"`, `"engine":{"name":"trace","version":"`, `"names":["","y"]`, `"matches":[{"span":[0,1],"groups":[[0,1]]},{"span":[1,2],"groups":[null]}]`}},
		{`{"op":"match","engine":"trace","flavor":"python","pattern":"a","text":"bb"}`, []string{`"outcome":"no-match"`, `"matches":[]`}},
		{`{"op":"match","engine":"trace","flavor":"python","pattern":"a","text":"aa","all":false}`, []string{`"outcome":"match"`, `"matches":[{"span":[0,1],"groups":[]}]`}},
		{`{"op":"match","engine":"trace","pattern":"a","text":"ba"}`, []string{`"name":"trace"`, `"matches":[{"span":[1,2],"groups":[]}]`}},
		{`{"op":"parse","engine":"trace","flavor":"ruby","pattern":"(a)"}`, []string{`"outcome":"match"`, `"names":["",""]`}},
		{`{"op":"parse","engine":"trace","flavor":"perl","pattern":"\\p{IsOwn}"}`, []string{`"code":"not-traced"`}},
	} {
		status, stdout, stderr := call(test.request, "batch")
		if status != 0 || stderr != "" || strings.Count(stdout, "\n") != 1 || !json.Valid([]byte(stdout)) {
			t.Errorf("%s: status %d\n%s%s", test.request, status, stdout, stderr)
		}
		for _, want := range test.want {
			if !strings.Contains(stdout, want) {
				t.Errorf("%s: no %s in\n%s", test.request, want, stdout)
			}
		}
	}
}
