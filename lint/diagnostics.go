package lint

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/regex"
)

//go:embed docs
var docs embed.FS

// Docs are the pages of what is wrong with the `lint` blocks of a policy.
func Docs() []*diag.Page { return diag.EmbeddedDocs(docs) }

func problem(code diag.Code, at hcl.Range, summary, format string, args ...any) *diag.Diagnostic {
	return &diag.Diagnostic{Code: code, Subject: at, Summary: summary, Detail: fmt.Sprintf(format, args...)}
}

// unknownRule suggests a code or a number. Of the numbers it suggests the one
// with the same digits: they are all alike.
func unknownRule(name string, settable []*Rule, at hcl.Range) *diag.Diagnostic {
	var known []string
	for _, r := range settable {
		if !numbered().MatchString(name) && !slices.Contains(known, string(r.Code)) {
			known = append(known, string(r.Code))
		}
	}
	for _, n := range Catalogue {
		if !numbered().MatchString(name) || digits(n.ID) == digits(name) {
			known = append(known, n.ID)
		}
	}
	return problem("unknown-rule", at, "Unknown rule", "There is no rule %q.%s docs/rules.md lists all of them.", name, diag.Suggest(name, known))
}

func digits(number string) string {
	all := []byte(number)
	slices.Sort(all)
	return string(all)
}

// numbered is what a number looks like.
var numbered = regex.New(`^HF[0-9]{3}$`)

func fixedRule(answers []Answer, s *schema.RuleSeverity) *diag.Diagnostic {
	var enforced []string
	for _, a := range answers {
		enforced = append(enforced, a.String())
	}
	d := problem("fixed-rule", s.At, "Rule without a severity", "A policy cannot set the severity of %s. It is enforced by: %s. Remove the block.", s.Rule, strings.Join(enforced, "; "))
	d.Fix = &diag.Fix{Message: "Remove the block", Edits: []diag.Edit{{Range: s.Whole}}}
	return d
}

func ruleSetTwice(s, other *schema.RuleSeverity) *diag.Diagnostic {
	d := problem("rule-set-twice", s.At, "Rule set twice", "%s and %s name the same rule. Keep one of the two blocks.", s.Rule, other.Rule)
	d.Notes = []diag.Note{{Range: other.At, Text: "the other block"}}
	return d
}

func loweredError(s *schema.RuleSeverity) *diag.Diagnostic {
	return problem("lowered-error", s.Severity.Range, "Error lowered", "%s is always an error: a policy cannot lower it. Correct what it finds, or remove the block.", s.Rule)
}

func reasonMissing(s *schema.RuleSeverity) *diag.Diagnostic {
	return problem("reason-missing", s.Severity.Range, "Rule off without a reason", "%s is off without a reason. Add: reason = \"…\".", s.Rule)
}
