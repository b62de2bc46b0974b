package main

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"github.com/regexdbg/regexdbg/regex/regextest"
)

// A junitReport is the XML that CI systems read: a testsuite for each pattern, a testcase for each input. It is written
// at the end, because a suite begins with its counts.
type junitReport struct {
	out    *bufio.Writer
	suites junitSuites
	last   *regextest.Pattern
}

type junitSuites struct {
	XMLName  xml.Name `xml:"testsuites"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
	Skipped  int      `xml:"skipped,attr"`
	Suites   []*junitSuite
}

type junitSuite struct {
	XMLName  xml.Name `xml:"testsuite"`
	Name     string   `xml:"name,attr"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
	Skipped  int      `xml:"skipped,attr"`
	File     string   `xml:"file,attr"`
	Time     string   `xml:"time,attr"`
	Cases    []junitCase
	seconds  float64
}

type junitCase struct {
	XMLName   xml.Name    `xml:"testcase"`
	Name      string      `xml:"name,attr"`
	ClassName string      `xml:"classname,attr"`
	File      string      `xml:"file,attr"`
	Line      int         `xml:"line,attr"`
	Time      string      `xml:"time,attr"`
	Failure   *junitFault `xml:"failure"`
	Error     *junitFault `xml:"error"`
	Skipped   *junitFault `xml:"skipped"`
}

type junitFault struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

func (j *junitReport) result(r *regextest.Result, link string) {
	if j.last != r.Pattern {
		j.last = r.Pattern
		j.suites.Suites = append(j.suites.Suites, &junitSuite{Name: r.Pattern.Name, File: r.File.Name})
	}
	suite := j.suites.Suites[len(j.suites.Suites)-1]
	c := junitCase{
		Name: r.Input.Name, ClassName: r.Pattern.Name, File: r.File.Name, Line: r.Input.Line, Time: seconds(r.Elapsed.Seconds()),
	}
	says := r.Describe()
	message, _, _ := strings.Cut(says, "\n")
	if link != "" {
		says += "open " + link + "\n"
	}
	fault := &junitFault{Message: message, Type: string(r.Status), Text: says}
	suite.Tests, j.suites.Tests = suite.Tests+1, j.suites.Tests+1
	switch r.Status {
	case regextest.Failed:
		c.Failure = fault
		suite.Failures, j.suites.Failures = suite.Failures+1, j.suites.Failures+1
	case regextest.Errored, regextest.Stopped:
		c.Error = fault
		suite.Errors, j.suites.Errors = suite.Errors+1, j.suites.Errors+1
	case regextest.Skipped:
		c.Skipped = &junitFault{Message: message}
		suite.Skipped, j.suites.Skipped = suite.Skipped+1, j.suites.Skipped+1
	}
	suite.seconds += r.Elapsed.Seconds()
	suite.Time = seconds(suite.seconds)
	suite.Cases = append(suite.Cases, c)
}

func (j *junitReport) end(error) {
	text, err := xml.MarshalIndent(j.suites, "", "  ")
	if err != nil {
		panic(err) // all of it are strings and numbers
	}
	fmt.Fprintf(j.out, "%s%s\n", xml.Header, text)
}

func seconds(s float64) string { return strconv.FormatFloat(s, 'f', 6, 64) }
