package jenkins

import (
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/regex"
)

// maxMethod is how many bytes a pipeline may have by our estimate. A method of
// Java has 65,535 at most (JVM specification, 4.7.3), and a declarative pipeline
// is the body of one: pipeline-model-definition makes a tree of constructors of
// it, and the CPS transformation of workflow-cps one expression, closures
// included.
const maxMethod = 60_000

// weight is what a part of a pipeline takes, and each statement in it beyond
// what its text does.
type weight struct{ self, statement int }

// weights were measured with testdata/conformance/jenkins_size.groovy, which
// builds both trees and has Groovy 2.4 compile them; TestSize compares.
var weights = map[string]weight{
	"pipeline":     {self: 620},
	"stages":       {self: 30},
	"parallel":     {self: 30},
	"stage":        {self: 172},
	"agent":        {self: 80},
	"docker":       {self: 40},
	"options":      {},
	"environment":  {self: 130, statement: 110},
	"when":         {self: 230, statement: -(ofCall + ofLiteral)}, // beforeAgent true is no call
	"input":        {self: 34, statement: -ofCall},                // its lines are no calls
	"tools":        {self: 25, statement: 105},
	"post":         {self: 18},
	"always":       {self: 148},
	"unsuccessful": {self: 148},
	"steps":        {self: 133},
	"parameters":   {self: 30, statement: 50},
	"triggers":     {self: 20, statement: 50},
}

// What a step takes, by its text.
const (
	ofCall    = 46
	ofLiteral = 15
	ofNames   = 13 // a call with named arguments; each name is a literal more
	ofMember  = 55 // currentBuild.keepLog
	ofPlus    = 19
	ofList    = 13
	ofBraces  = 90
	ofGString = 45
)

var (
	literals = regex.New(`(?s)'''(?:\\.|[^\\])*?'''|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"`)
	named    = regex.New(`\w: `)
	member   = regex.New(`\w\.\w`)
	number   = regex.New(`\b([0-9]+|true|false)\b`)
	first    = regex.New(`^\w+`)
	remark   = regex.New(` //[^']*$`)
)

// sized is the pipeline of a flow, in bytes.
type sized struct {
	flow *flow.Flow
	size int
}

type sizes []sized

// add keeps the largest pipeline of each block of the policy: a delivery and its
// merge requests grow by the same checks.
func (s *sizes) add(f *flow.Flow, size int) {
	for i, other := range *s {
		if other.flow.Origin == f.Origin {
			if size > other.size {
				(*s)[i].flow, (*s)[i].size = f, size
			}
			return
		}
	}
	*s = append(*s, sized{f, size})
}

func (s sizes) tooLarge() diag.Diagnostics {
	var out diag.Diagnostics
	for _, f := range s {
		if f.size > maxMethod {
			out = append(out, tooLarge(f.flow, f.size))
		}
	}
	return out
}

// Size estimates the bytes that the pipeline of a flow has on Jenkins.
func Size(p *flow.Plan, f *flow.Flow) int { return (&writer{plan: p, flow: f}).pipeline().size() }

// size estimates the bytes of a part of a pipeline.
func (c code) size() int { return c.sizeIn(weight{}) }

func (c code) sizeIn(in weight) int {
	w, section := weights[first().FindString(c.text)]
	total := w.self
	switch {
	case strings.HasPrefix(strings.TrimSpace(c.text), "//"):
		return 0
	case !c.open:
		total = in.statement + textSize(c.text)
	case !section:
		total = ofBraces + textSize(c.text)
	}
	for _, inner := range c.body {
		total += inner.sizeIn(w)
	}
	return total
}

// textSize is what a statement takes: its calls, and what they are given.
func textSize(text string) int {
	text = remark().ReplaceAllString(text, "")
	total := 0
	bare := literals().ReplaceAllStringFunc(text, func(s string) string {
		total += ofLiteral
		if s[0] == '"' {
			total += ofGString + strings.Count(s, "${")*(ofMember+ofLiteral)
		}
		return "''"
	})
	calls := strings.Count(bare, "(")
	if !strings.Contains(bare, " = ") && !strings.HasPrefix(strings.TrimLeft(bare, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ."), "(") {
		calls++ // checkout scm
	}
	names := len(named().FindAllString(bare, -1))
	total += calls*ofCall + names*ofLiteral + min(names, 1)*ofNames*max(1, strings.Count(bare, "(")-strings.Count(bare, "([")) + len(member().FindAllString(bare, -1))*ofMember +
		strings.Count(bare, " + ")*ofPlus + strings.Count(bare, "[")*ofList + len(number().FindAllString(bare, -1))*ofLiteral
	return total
}
