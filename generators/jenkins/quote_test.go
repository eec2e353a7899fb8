package jenkins_test

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/generators/jenkins"
	"github.com/fettle-ci/fettle/internal/test/groovy"
)

// reader is a Groovy that evaluates one literal after the other.
type reader struct {
	in  io.Writer
	out *bufio.Reader
}

func newReader(t testing.TB) *reader {
	t.Helper()
	c := groovy.Command(t, "-e", `
		System.in.eachLine {
			def value = new GroovyShell().evaluate(new String(it.decodeBase64(), 'UTF-8'))
			println(value.getBytes('UTF-8').encodeBase64().toString())
			System.out.flush()
		}`)
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); c.Wait() })
	return &reader{in, bufio.NewReader(out)}
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func (r *reader) readsBack(t failer, s string) {
	t.Helper()
	literal := jenkins.Groovy(s)
	fmt.Fprintln(r.in, base64.StdEncoding.EncodeToString([]byte(literal)))
	line, err := r.out.ReadString('\n')
	if err != nil {
		t.Fatalf("%q became %s, and Groovy does not read it: %v", s, literal, err)
	}
	got, err := base64.StdEncoding.DecodeString(strings.TrimSpace(line))
	if err != nil || string(got) != s {
		t.Fatalf("%q became %s and came back as %q", s, literal, got)
	}
}

// A literal, evaluated by Groovy, is the text.
func TestGroovyReadBack(t *testing.T) {
	r := newReader(t)
	pieces := []string{"'", "''", "'''", `"`, `\`, `\\`, `\u0041`, "u0027", "$", "${x}", "\n", "\r", "\t", "é", "日", "😀", "\u2028", "\u007f", "/*", "//", "a", " "}
	rapid.Check(t, func(t *rapid.T) {
		r.readsBack(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "text"), ""))
	})
}

func FuzzGroovy(f *testing.F) {
	for _, s := range []string{"", "'", `\u0027`, "a\nb", "\n'''", "😀", "${x}", "\r\n"} {
		f.Add(s)
	}
	r := newReader(f)
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("refused when the policy is read")
		}
		r.readsBack(t, s)
	})
}
