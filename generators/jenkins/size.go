package jenkins

import (
	"bytes"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/diag"
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
	w, section := weights[c.text[:wordEnd(c.text)]]
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
	var room [256]byte // of most statements, without an allocation
	bare, total := withoutLiterals(room[:0], withoutRemark(text))
	calls, opened := bytes.Count(bare, []byte("(")), 0
	if !bytes.Contains(bare, []byte(" = ")) && !bytes.HasPrefix(bytes.TrimLeft(bare, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ."), []byte("(")) {
		opened++ // checkout scm
	}
	p := partsOf(bare)
	total += (calls+opened)*ofCall + p.names*ofLiteral + min(p.names, 1)*ofNames*max(1, calls-bytes.Count(bare, []byte("(["))) + p.members*ofMember +
		bytes.Count(bare, []byte(" + "))*ofPlus + bytes.Count(bare, []byte("["))*ofList + p.numbers*ofLiteral
	return total
}
