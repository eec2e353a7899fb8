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
	IncidentValue         RunValue = "incident"
	ArtifactRef           RunValue = "artifact.ref"
	DeploymentURL         RunValue = "deployment.url"
	DeploymentEnvironment RunValue = "deployment.environment"
	DeploymentValues      RunValue = "deployment.values" // with Seg.Key
)

// Seg is a piece of a text: literal, or a run-time value.
type Seg struct {
	Lit   string   // when Ref is ""
	Ref   RunValue // "" for a literal
	Key   string   // of deployment.values
	Range hcl.Range
	Via   []string // the locals by which the value came, outermost first
}

// Text is what a template of the policy says: pieces in order.
type Text struct {
	Segs  []Seg
	Range hcl.Range
}

// Static returns the text and whether it holds no run-time value.
func (t Text) Static() (string, bool) {
	var b strings.Builder
	for _, s := range t.Segs {
		if s.Ref != "" {
			return "", false
		}
		b.WriteString(s.Lit)
	}
	return b.String(), true
}
