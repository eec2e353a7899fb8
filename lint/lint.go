// Package lint says what must not be: rules over a policy and the plan that
// follows from it. What no pipeline could carry out is an error of the
// lowering; what a pipeline would carry out, and should not, is a rule.
package lint

import (
	"strings"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

// Rule is one thing that must not be. It is a value: its code, its page, one
// function. Doc is the text of the rule's folder (doc.go), which is also its
// help text and its page in the documentation.
type Rule struct {
	ID       string // of the catalogue: HF015; "" for what an organisation demands itself
	Code     diag.Code
	Severity diag.Severity // of the mildest finding
	Asked    bool          // it is off until the policy asks for it
	Doc      string
	Check    func(p *Pass) diag.Diagnostics
}

// Page is the rule's page, read from its doc.go.
func (r *Rule) Page() *diag.Page {
	text, _, _ := strings.Cut(r.Doc, "\npackage ")
	text = strings.ReplaceAll(strings.TrimPrefix(text, "// "), "\n// ", "\n")
	text = strings.ReplaceAll(text, "\n//", "\n")
	_, text, _ = strings.Cut(text, " ") // Package
	_, text, _ = strings.Cut(text, " ") // its name
	p, err := diag.ParsePage(r.Code, strings.ToUpper(text[:1])+text[1:])
	if err != nil {
		panic(err) // a defect that every test shows
	}
	p.Number = r.ID
	return p
}

// Pass is what a rule looks at. The plan is the one that Lower made of the
// policy; a rule reads both and changes neither.
type Pass struct {
	Policy *schema.Policy
	Plan   *flow.Plan
	Now    time.Time // zero: no time is asked for, and nothing is over

	// Lacks tells whether a file is not in the repository; nil where nobody knows.
	Lacks func(file string) bool
}

// Run gives a pass to every rule and returns what they found, in the order of
// the rules, and apart from it what the policy has off.
func Run(p *Pass, rules []*Rule) (found, off diag.Diagnostics) {
	found = checkSeverities(p, rules)
	for _, r := range rules {
		s := r.SeverityIn(p.Policy)
		if s == nil && r.Asked {
			continue
		}
		for _, d := range r.Check(p) {
			d.Number = r.ID
			if weigh(d, s) {
				off = append(off, d)
			} else {
				found = append(found, d)
			}
		}
	}
	return found, off
}

// Weigh gives what the compiler found the numbers of the catalogue, and its
// warnings the weight that the policy says.
func Weigh(p *Pass, diags diag.Diagnostics) (found, off diag.Diagnostics) {
	Numbers(diags)
	for _, d := range diags {
		r := &Rule{ID: d.Number, Code: d.Code}
		if d.Number != "" && d.Severity == diag.Warning && weigh(d, r.SeverityIn(p.Policy)) {
			off = append(off, d)
		} else {
			found = append(found, d)
		}
	}
	return found, off
}
