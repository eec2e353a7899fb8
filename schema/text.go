package schema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// RunValue names something that is known only when the pipeline runs, as the
// policy writes it.
type RunValue string

// The run-time values. The deployment values differ from the others: they are
// known when compiling, as soon as an environment uses the text.
const (
	ReleaseVersion        RunValue = "release.version"
	ReleaseCommit         RunValue = "release.commit"
	ReleaseBase           RunValue = "release.base"
	ReleaseHotfixBranch   RunValue = "release.hotfix_branch"
	RunURL                RunValue = "run.url"
	RunID                 RunValue = "run.id"
	RunFailure            RunValue = "run.failure"
	IncidentValue         RunValue = "incident"
	ArtifactRef           RunValue = "artifact.ref"
	DeploymentURL         RunValue = "deployment.url"
	DeploymentEnvironment RunValue = "deployment.environment"
	DeploymentValues      RunValue = "deployment.values" // with Seg.Key
	EnvValue              RunValue = "env"               // with Seg.Key: a variable that the machine or the block has
	ScriptFile            RunValue = "script"            // with Seg.Key: a file of the repository, which the shell runs
	ProgramValue          RunValue = "program"           // with Seg.Program: what a program is called on the machine
)

// Seg is a piece of a text: literal, or a run-time value.
type Seg struct {
	Lit     string   // when Ref is ""
	Ref     RunValue // "" for a literal
	Key     string   // of deployment.values, env and script
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
		case s.Ref != "" && s.Ref != ProgramValue && s.Ref != ScriptFile:
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
