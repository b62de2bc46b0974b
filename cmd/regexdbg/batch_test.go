package main

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
	"testing"
)

func TestBatch(t *testing.T) {
	slow := strings.Repeat("a", 40) + "!"
	for _, test := range []struct {
		request string
		want    []string // contained in the answer
	}{
		{`{"id":1,"op":"match","flavor":"go","pattern":"a(b)?","text":"xab a"}`,
			[]string{`"id":1,"outcome":"match"`, `"name":"regexp"`, `"names":["",""]`, `"matches":[{"span":[1,3],"groups":[[2,3]]},{"span":[4,5],"groups":[null]}]`}},
		{`{"id":[1, "x"],"op":"match","pattern":"a","text":"b"}`, []string{`"id":[1,"x"],"outcome":"no-match"`, `"matches":[]`}},
		{`{"op":"match","pattern":"a","text":"aa","all":false}`, []string{`"id":null,"outcome":"match"`, `"matches":[{"span":[0,1],"groups":[]}]}`}},
		{`{"op":"match","pattern":"a","text":"b","all":false}`, []string{`"outcome":"no-match"`}},
		{`{"op":"match","pattern_b64":"YQ==","text_b64":"/2Fh"}`, []string{`"matches":[{"span":[1,2],"groups":[]},{"span":[2,3],"groups":[]}]`}},
		{`{"op":"match","flavor":".net","flags":"i","pattern":"(?<y>A)","text":"a"}`, []string{`"name":"regexp2"`, `"names":["","y"]`, `[[0,1]]`}},
		{`{"op":"match","flavor":"dotnet","engine":"regexp2","pattern":"a","text":"a"}`, []string{`"outcome":"match"`}},
		{`{"op":"match","flavor":"dotnet","pattern":"(a+)+$","text":"` + slow + `","timeout_ms":20}`, []string{`"outcome":"timeout"`, `"matches":[]`}},
		{`{"op":"match","flavor":"pcre2","pattern":"(*MARK:x)a|b","text":"ab"}`, []string{`"matches":[{"span":[0,1],"groups":[],"mark":"x"},{"span":[1,2],"groups":[]}]`}},
		{`{"op":"replace","pattern":"(a)","text":"xaya","replacement":"[$1]"}`, []string{`"outcome":"match"`, `"result":"x[a]y[a]"`}},
		{`{"op":"replace","pattern":"(a)","text":"xaya","replacement":"[$1]","all":false}`, []string{`"outcome":"match"`, `"result":"x[a]ya"`}},
		{`{"op":"replace","pattern":"(a)","text":"xaya","replacement":"<$1>","separator":", "}`, []string{`"outcome":"match"`, `"result":"<a>, <a>"`}},
		{`{"op":"replace","pattern":"z","text":"xaya","replacement":""}`, []string{`"outcome":"no-match"`, `"result":"xaya"`}},
		{`{"op":"replace","pattern":"a","text_b64":"/2E=","replacement_b64":"/g=="}`, []string{`"outcome":"match"`, `"result_b64":"//4="`}},
		{`{"op":"replace","pattern":"a","text":"a","replacement":"$1x"}`, []string{`"result":""`, `"warnings":[{"code":"unknown-group"`, `"span":[0,3]`, `"in":"replacement"`}},
		{`{"op":"replace","flavor":"dotnet","pattern":"a","text":"a","replacement":"-$99999999999"}`, []string{`"outcome":"error"`, `"code":"bad-reference"`, `"span":[1,13]`, `"in":"replacement"`}},
		{`{"op":"replace","flavor":"dotnet","pattern":"^a|(a+)+$","text":"` + slow + `","replacement":"b","timeout_ms":20}`, []string{`"outcome":"timeout"`, `"result":"b"`}},
		{`{"op":"replace","pattern":"a","text":"a"}`, []string{"no replacement"}},
		{`{"op":"replace","pattern":"a","text":"a","replacement":"","replacement_b64":""}`, []string{"both replacement and replacement_b64"}},
		{`{"op":"replace","engine":"trace","pattern":"a","text":"a","replacement":""}`, []string{"an engine replaces"}},
		{`{"op":"parse","pattern":"a(b)"}`, []string{`"outcome":"match"`, `"names":["",""]`,
			`"ast":{"kind":"concat","span":[0,4],"children":[{"kind":"literal","form":"verbatim","span":[0,1],"text":"a"},` +
				`{"kind":"group","form":"capture","span":[1,4],"number":1,"children":[{"kind":"literal","form":"verbatim","span":[2,3],"text":"b"}]}]}`}},
		{`{"op":"parse","flavor":"python","pattern":"(?P<y>\\d{4,})(?i:(?<!é)z*?|[^a-f])(?P=y)"}`, []string{`"names":["","y"]`,
			`"form":"capture","span":[0,13],"number":1,"name":"y","children":[{"kind":"repetition","form":"greedy","span":[6,12],"min":4,"children":[{"kind":"class-escape","span":[6,8],"text":"d"}]}`,
			`"form":"lookbehind","span":[17,24],"negated":true`, `"form":"flags","span":[13,35],"text":"i","children":[{"kind":"alternation","span":[17,34],"flags":"i"`, `"form":"lazy","span":[24,27],"min":0,`,
			`{"kind":"class","span":[28,34],"negated":true,"children":[{"kind":"range","span":[30,33],`,
			`{"kind":"backreference","form":"absolute","span":[35,41],"number":1,"name":"y"}`}},
		{`{"op":"parse","flavor":"dotnet","pattern":"(?<o-p>x)(?<p>)"}`, []string{`"form":"balancing","span":[0,9],"number":1,"name":"o","pops":"p"`}},
		{`{"op":"parse","engine":"trace","flavor":"pcre2","pattern":"(?R)?a{2}+"}`, []string{`{"kind":"call","form":"absolute","span":[0,4],"number":0}`, `"form":"possessive","span":[5,10],"min":2,"max":2,`}},
		{`{"op":"match","flavor":"pcre2","pattern":"(a+)+$","text":"` + slow + `","timeout_ms":0}`, []string{`"outcome":"limit"`, `"matches":[]`, `"code":"engine-limit"`}},
		{`{"op":"parse","flavor":"dotnet","pattern":"a[b"}`, []string{`"outcome":"error"`, `"code":"missing-bracket"`, `"span":[1,2]`, `"hint":"`, `"ast":{"kind":"concat"`}},
		{`{"id":2,"op":"replace-all","pattern":"a","replacement":"b"}`, []string{`"id":2,"outcome":"error"`, `"code":"unknown-op"`, "match, replace, parse, debug, test"}},
		{`{"op":"test","tests":"[[pattern]]\npattern='a'\n[[pattern.input]]\ntext='a'\nmatch=true\n[[pattern.input]]\ntext='b'\nmatch=true\n"}`,
			[]string{`"outcome":"no-match"`, `"results":[{"pattern":"a","input":"input 1","line":3,"status":"passed"},`, `"status":"failed","details":"there is no match`, `"link":"http://127.0.0.1:7331/#flavor=go&flags=&pattern=a&text=b"`}},
		{`{"op":"test","tests":"[[pattern]]\nflavor='dotnet'\npattern='^(a+)+$'\nlinear=true"}`, []string{`"outcome":"no-match"`, `"input":"generated attack"`, `steps grow exponentially`, `"link":"http`}},
		{`{"op":"test","tests":"x"}`, []string{`"outcome":"error"`, `"code":"bad-tests"`, `line 1, column 1`, `"in":"tests"`}},
		{`{"op":"test","tests":"[[pattern]]\npattern='('\n[[pattern.input]]\ntext=''\nmatch=true"}`, []string{`"outcome":"error"`, `"code":"test-error"`, `"status":"error"`}},
		{`{"op":"test"}`, []string{"no tests"}},
		{`{"op":"match","pattern":"a","text":"a","tests":""}`, []string{"only op test has tests"}},
		{`{"id":3,"op":"match","pattern":"a","text":"a","txet":""}`, []string{`"id":3,"outcome":"error"`, `did you mean \"text\"?`}},
		{`{"op":"mtch","pattern":"a","text":"a"}`, []string{`"code":"unknown-op"`, "did you mean match?"}},
		{`{"pattern":"a","text":"a"}`, []string{`"code":"bad-request"`, "the request has no op"}},
		{`{"op":"match","pattern":"a","text":"a","separator":","}`, []string{"only op replace has a separator"}},
		{`{"op":"match","flavor":"pcre2","pattern":"a","text":"a","optimize":"all"}`, []string{"only op debug has optimize"}},
		{`{"op":"match","pattern":"a","text":"a","flavor":"dotnot"}`, []string{`"code":"unknown-flavor"`, "did you mean dotnet?"}},
		{`{"op":"match","pattern":"a","text":"a","engine":"pcre2"}`, []string{`"code":"unknown-engine"`, "the flavor pcre2 has it"}},
		{`{"op":"match","text":"a"}`, []string{"no pattern"}},
		{`{"op":"match","pattern":"a"}`, []string{"no text"}},
		{`{"op":"match","pattern":"a","pattern_b64":"YQ==","text":"a"}`, []string{"both pattern and pattern_b64"}},
		{`{"op":"match","pattern":"a","text":"a","timeout_ms":-1}`, []string{"timeout_ms"}},
		{`{"op":"match","pattern":5,"text":"a"}`, []string{`the field \"pattern\" has to be a string, and is a number`}},
		{`{"op":"match","pattern":"a","text":"a","timeout_ms":1.5}`, []string{`the field \"timeout_ms\" has to be a whole number, and is 1.5`}},
		{`{"op":"match","pattern":"a","text":"a","all":"yes"}`, []string{`the field \"all\" has to be true or false, and is a string`}},
		{`{"op":"match","pattern":"a","text":true}`, []string{`the field \"text\" has to be a string, and is true or false`}},
		{`{"op":"match","pattern":"a","text_b64":[]}`, []string{`the field \"text_b64\" has to be a string of base64, and is an array`}},
		{`{"op":"match","pattern":"a","text":"a","flavor":{}}`, []string{`the field \"flavor\" has to be a string, and is an object`}},
		{`{"op":"match","pattern":"a","text":"a"} x`, []string{`"outcome":"error"`}},
		{`{"op":"match","pattern":"a","text":"a","flags":"q"}`, []string{`"code":"unknown-flag"`}},
		{`{"op":"match","pattern":"a","text":"a","flavor":"cobol"}`, []string{`"code":"unknown-flavor"`}},
		{`{"op":"match","pattern":"a","text":"a","engine":"no"}`, []string{`"code":"unknown-engine"`, "there are: regexp"}},
		{`garbage`, []string{`"id":null,"outcome":"error"`, `"code":"bad-request"`}},
		{`{"id":4,"op":"match","pattern":"a","text":"`, []string{`"outcome":"error"`}},
		{`[]`, []string{"not an object"}},
		{`null`, []string{`"code":"bad-request"`, "not an object"}},
		{`{"id":5,"op":"parse","pattern":"a"`, []string{`"id":5,"outcome":"error"`, "ends too early"}},
		{`{"id":5,"op":"parse","pattern":"a",}`, []string{`"id":5,"outcome":"error"`, `"code":"bad-request"`}},
		{`{"op":"parse","pattern":"a","id":5} {}`, []string{`"id":5,"outcome":"error"`, "more on the line"}},
		{`{"op":"parse","PATTERN":"a","id":5}`, []string{`"id":5,"outcome":"error"`, `there is no field \"PATTERN\" (it is written \"pattern\")`}},
		{`{"ID":5,"op":"parse","pattern":"a"}`, []string{`"id":null,"outcome":"error"`, `it is written \"id\"`}},
		{`{"id":5,"op":"parse","pattern":"a","pattern":"b"}`, []string{`"id":5,"outcome":"error"`, `the field \"pattern\" twice`}},
		{`{"id":5,"id":6,"op":"parse","pattern":"a"}`, []string{`"id":5,"outcome":"error"`, `the field \"id\" twice`}},
		{`{"op":"match","pattern":"a","text_b64":"="}`, []string{`the field \"text_b64\" is no good`}},
		{"{\"id\":\"\xff\",\"op\":\"parse\",\"pattern\":\"a\"}", []string{`"id":null,"outcome":"error"`, "not valid UTF-8"}},
		{`{"op":"match","pattern":"a","text":"\\\ud800a"}`, []string{`"outcome":"error"`, `half of a surrogate pair, \\ud800,`, "text_b64"}},
		{`{"op":"match","pattern":"\uDC00\uD800","text":""}`, []string{`half of a surrogate pair, \\uDC00,`, "pattern_b64"}},
		{`{"op":"match","pattern":"a","text":"\ud83d\ude00\ud83d"}`, []string{`half of a surrogate pair, \\ud83d,`}},
		{`{"op":"match","pattern":"a","text":"\ud83d\ude00\\ud800\ufffda"}`, []string{`"matches":[{"span":[13,14],"groups":[]}]`}},
		{`{"op":"match","pattern":"a","text":"\ud83d\\ude00"}`, []string{`half of a surrogate pair, \\ud83d,`}},
		{"{\"op\":\"match\",\"pattern\":\"a\xff\",\"text\":\"a\"}", []string{"not valid UTF-8"}},
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

// Whether a pattern is good can be told without an engine.
func TestBatchParsesWithoutAnEngine(t *testing.T) {
	_, stdout, _ := call(`{"op":"parse","flavor":"perl","pattern":"(?<y>a)b++"}`+"\n"+`{"op":"parse","flavor":"perl","pattern":"(a"}`+"\n"+
		`{"op":"parse","flavor":"perl","engine":"perl","pattern":"a"}`+"\n"+`{"op":"match","flavor":"perl","pattern":"a","text":""}`+"\n", "batch", "--runtimes", "none")
	lines := strings.Split(stdout, "\n")
	for i, want := range []string{`"outcome":"match","names":["","y"],"ast":{`, `"code":"missing-paren"`, "no engine for Perl", "no engine for Perl"} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("%d: no %s in\n%s", i, want, lines[i])
		}
	}
}

// Only the first line may have a byte order mark.
func TestBatchByteOrderMark(t *testing.T) {
	const line = "\uFEFF" + `{"id":1,"op":"parse","pattern":"a"}` + "\n"
	_, stdout, _ := call(line+line, "batch")
	if first, second, _ := strings.Cut(stdout, "\n"); !strings.HasPrefix(first, `{"id":1,"outcome":"match"`) || !strings.HasPrefix(second, `{"id":null,"outcome":"error"`) {
		t.Errorf("got\n%s", stdout)
	}
}

// Answers come in order, each before the next request has to be there.
func TestBatchLineByLine(t *testing.T) {
	in, send := io.Pipe()
	receive, out := io.Pipe()
	ended := make(chan int)
	go func() {
		ended <- run([]string{"batch"}, in, out, io.Discard)
		out.Close()
	}()
	answers := bufio.NewReader(receive)
	// The start of the next request must not hold the answer back.
	for i, part := range []string{"{\"id\":0,\"op\":\"parse\",\"pattern\":\"a\"}\n\n{\"id\":1", ",\"op\":\"x\"}\n", "bad\n"} {
		if _, err := send.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
		answer, err := answers.ReadString('\n')
		if want := []string{`{"id":0,"outcome":"match"`, `{"id":1,"outcome":"error"`, `{"id":null,"outcome":"error"`}[i]; err != nil || !strings.HasPrefix(answer, want) {
			t.Fatalf("%d: got %s, %v", i, answer, err)
		}
	}
	send.Close()
	if status := <-ended; status != 0 {
		t.Errorf("status %d", status)
	}
}
