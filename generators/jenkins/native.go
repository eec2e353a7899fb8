package jenkins

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// native are steps of the policy as they are.
func (w *writer) native(n flow.Native) []code {
	if n.Target != "jenkins" {
		return nil
	}
	if word := gen.Ours(n); word != "" {
		w.diags = append(w.diags, gen.NotNative(n, fmt.Sprintf("it names %s, which is for the operations alone", word)))
		return nil
	}
	if strings.Contains(n.Text, "credentialsId: 'fettle'") || strings.Contains(n.Text, `credentialsId: "fettle"`) {
		w.diags = append(w.diags, gen.NotNative(n, "it takes the credential that may push, which is for the operations alone"))
		return nil
	}
	lines, why := nativeLines(n.Text)
	if why != "" {
		w.diags = append(w.diags, gen.NotNative(n, why))
		return nil
	}
	out := []code{line("// " + gen.NativeBegin)}
	for _, l := range lines {
		out = append(out, line(l))
	}
	return append(out, line("// "+gen.NativeEnd))
}

// refuseKeys: what a stage of Jenkins has besides steps decides when and where
// it runs.
func (w *writer) refuseKeys(j *flow.Job) {
	for _, k := range j.Keys {
		if k.Target == "jenkins" {
			w.diags = append(w.diags, gen.NotNative(k, "what a stage has beyond its steps decides when and where it runs; write steps"))
		}
	}
}

// forbidden are words of Groovy and of Jenkins with which a step reaches other
// stages, the result of the build or what the operations found.
var forbidden = []string{"binding", "currentBuild", "env", "evaluate", "input", "load", "lock", "metaClass", "milestone", "node", "parallel", "params", "setProperty", "stage"}

// groovyReader reads Groovy far enough to say that a text stays inside of the
// braces that it is put into.
type groovyReader struct {
	text  string
	at    int
	open  []byte // brackets
	start []int  // of statements' lines
	why   string
}

// nativeLines are the lines of a text, those of a literal over several lines
// together; or why it cannot be shown to stay in its place.
func nativeLines(text string) ([]string, string) {
	if strings.Contains(text, `\u`) {
		return nil, `Groovy reads \u… before anything else, so it could be any sign`
	}
	r := &groovyReader{text: text, start: []int{0}}
	for r.at < len(r.text) && r.why == "" {
		r.next()
	}
	if r.why == "" && len(r.open) > 0 {
		r.why = fmt.Sprintf("a %q is not closed", string(r.open[len(r.open)-1]))
	}
	if r.why != "" {
		return nil, r.why
	}
	var out []string
	for i, from := range r.start {
		to := len(text)
		if i+1 < len(r.start) {
			to = r.start[i+1] - 1
		}
		out = append(out, strings.TrimRight(text[from:to], " \t"))
	}
	return out, ""
}

var closes = map[byte]byte{')': '(', ']': '[', '}': '{'}

func (r *groovyReader) next() {
	c := r.text[r.at]
	rest := r.text[r.at:]
	switch {
	case strings.HasPrefix(rest, "//"):
		r.skipTo("\n", false)
	case strings.HasPrefix(rest, "/*"):
		r.why = "a comment over several lines could hide what follows it; write //"
	case c == '/':
		r.why = "a slash may begin a text; write texts in quotes"
	case strings.HasPrefix(rest, "'''"), strings.HasPrefix(rest, `"""`):
		r.literal(rest[:3])
	case c == '\'', c == '"':
		r.literal(rest[:1])
	case c == '\n':
		r.at++
		r.start = append(r.start, r.at)
	case c == '(', c == '[', c == '{':
		r.open = append(r.open, c)
		r.at++
	case closes[c] != 0:
		if n := len(r.open); n == 0 || r.open[n-1] != closes[c] {
			r.why = fmt.Sprintf("a %q closes what it did not open", string(c))
			return
		}
		r.open = r.open[:len(r.open)-1]
		r.at++
	case isLetter(c):
		r.word()
	default:
		r.at++
	}
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c >= 0x80
}

func (r *groovyReader) word() {
	from := r.at
	for r.at < len(r.text) && (isLetter(r.text[r.at]) || r.text[r.at] >= '0' && r.text[r.at] <= '9') {
		r.at++
	}
	if w := r.text[from:r.at]; slices.Contains(forbidden, w) || slices.Contains(methodNames, w) {
		r.why = fmt.Sprintf("%q reaches beyond this stage", w)
	}
}

func (r *groovyReader) skipTo(end string, over bool) {
	i := strings.Index(r.text[r.at:], end)
	if i < 0 {
		r.at = len(r.text)
		return
	}
	r.at += i
	if over {
		r.at += len(end)
	}
}

// literal reads a text in quotes. One in double quotes may fill in a variable,
// and nothing that would have to be read itself.
func (r *groovyReader) literal(quote string) {
	for r.at += len(quote); r.at < len(r.text); r.at++ {
		rest := r.text[r.at:]
		switch {
		case strings.HasPrefix(rest, quote):
			r.at += len(quote)
			return
		case rest[0] == '\\':
			r.at++
		case rest[0] == '\n' && len(quote) == 1:
			r.why = "a text in quotes ends on its line"
			return
		case quote[0] == '"' && strings.HasPrefix(rest, "${") && !simple(rest[2:]):
			r.why = "${…} in a text is more than the name of a variable"
			return
		}
	}
	r.why = "a text in quotes has no end"
}

// simple tells whether what is filled in is a name such as env.BRANCH_NAME.
func simple(rest string) bool {
	name, _, found := strings.Cut(rest, "}")
	return found && name != "" && !strings.ContainsFunc(name, func(c rune) bool {
		return c > 0x7f || !isLetter(byte(c)) && c != '.' && (c < '0' || c > '9')
	})
}
