package github

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema/regex"
)

// stepKeys are what a step of GitHub has.
var stepKeys = []string{"continue-on-error", "env", "id", "if", "name", "run", "shell", "timeout-minutes", "uses", "with", "working-directory"}

// native are steps of the policy as they are.
func (w *writer) native(j *flow.Job, n flow.Native) []stepView {
	if n.Target != "github" {
		return nil
	}
	if read := credentialIn(n.Text); read != "" {
		w.diags = append(w.diags, gen.NotNative(n, fmt.Sprintf("%s may read the token that pushes, which is for the operations alone; write steps.ID or secrets.NAME", read)))
		return nil
	}
	ids := gen.NewIDs(j.StepIDs())
	d := gen.NativeSteps(n, func(s *yaml.Node) string { return wrongStep(s, ids) })
	if d != nil {
		w.diags = append(w.diags, d)
		return nil
	}
	return []stepView{{Native: gen.BetweenComments("#", 6, n.Text)}}
}

// expressions are those of GitHub in a text; contexts are the two in them that
// hold what may push. A name of one has no capitals that count.
var (
	expressions = regex.New(`(?s)\$\{\{.*?\}\}`)
	contexts    = regex.New(`(?i)(?:^|[^a-z0-9_.-])(steps|secrets)\b(?:\s*\.\s*([a-z0-9_-]+))?`)
)

// credentialIn is the expression of a text that reads a token of the operations,
// or could: one that takes a context whole, or an index of it, reads all of it.
func credentialIn(text string) string {
	for _, expression := range expressions().FindAllString(text, -1) {
		for _, m := range contexts().FindAllStringSubmatch(expression, -1) {
			name := strings.ToLower(m[2])
			if name == "" || strings.EqualFold(m[1], "steps") && (name == "token" || name == "late-token") {
				return expression
			}
		}
	}
	return ""
}

func wrongStep(s *yaml.Node, ids gen.IDs) string {
	if s.Kind != yaml.MappingNode {
		return "a step is an object, such as `- uses: …` or `- run: …`"
	}
	for i, k := range gen.Keys(s) {
		switch {
		case !slices.Contains(stepKeys, k):
			return fmt.Sprintf("a step has no key %q", k)
		case k == "id" && ids.Taken(s.Content[2*i+1].Value):
			return fmt.Sprintf("the id %q is that of another step of the job", s.Content[2*i+1].Value)
		}
	}
	return ""
}

// keys are keys of the job as the policy has them.
func (w *writer) keys(j *flow.Job) []string {
	var out []string
	for _, k := range j.Keys {
		if k.Target != "github" {
			continue
		}
		if d := gen.NativeKeys(k, "services"); d != nil {
			w.diags = append(w.diags, d)
			continue
		}
		out = append(out, gen.BetweenComments("#", 4, k.Text))
	}
	return out
}
