package eval

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/language"
)

// Seg is a piece of a text: literal, or a run-time value.
type Seg struct {
	Lit     string            // when Ref is ""
	Ref     language.RunValue // "" for a literal
	Key     string            // of deployment.values, env and script
	Range   hcl.Range
	Via     []string // the locals by which the value came, outermost first
	Word    []Seg    // of an argument of a command: what the shell must read as one word, whatever is in it
	Program *Program // of program
	Needed  bool     // of env: the block must give the variable
	Secret  bool     // of env: the variable carries a secret
}

// Program is what a program is called, by operating system.
type Program struct{ Windows, Other string }

// Text is what a template of the policy says: pieces in order.
type Text struct {
	Segs  []Seg
	Range hcl.Range
	Call  *Call // nil when the policy writes the text itself
}

// Values are the run-time values of a text, those in its words too.
func (t Text) Values() []Seg { return valuesOf(t.Segs) }

func valuesOf(segs []Seg) []Seg {
	var out []Seg
	for _, s := range segs {
		switch {
		case s.Word != nil:
			out = append(out, valuesOf(s.Word)...)
		case s.Ref != "" && s.Ref != language.ProgramValue && s.Ref != language.ScriptFile:
			out = append(out, s)
		}
	}
	return out
}

// Static returns the text and whether it holds no run-time value.
func (t Text) Static() (string, bool) {
	var b strings.Builder
	for _, s := range t.Segs {
		if s.Ref != "" || s.Word != nil {
			return "", false
		}
		b.WriteString(s.Lit)
	}
	return b.String(), true
}

// Call is the call that a text comes from, and what it asks of the block.
type Call struct {
	Name    string   // mettleci::deploy
	OS      string   // "" when it runs on all
	Shells  []string // none when it is for all
	Needs   []Need   // by name
	Range   hcl.Range
	Defined hcl.Range // of the command that asks for the operating system
}

// Need is an environment variable that a call needs.
type Need struct {
	Name    string
	Secret  bool
	IDToken bool // an OpenID token of the pipeline is in it, or can be had instead
}

func (c *Call) Need(n Need) {
	for i, o := range c.Needs {
		if o.Name == n.Name {
			c.Needs[i].Secret, c.Needs[i].IDToken = o.Secret || n.Secret, o.IDToken || n.IDToken
			return
		}
	}
	c.Needs = append(c.Needs, n)
	slices.SortFunc(c.Needs, func(a, b Need) int { return strings.Compare(a.Name, b.Name) })
}
