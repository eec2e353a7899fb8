package lint

import (
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

//go:embed pages
var pages embed.FS

// Pages are those of what is wrong with the settings of rules.
func Pages() []*diag.Page { return diag.EmbeddedPages(pages) }

func problem(code diag.Code, at hcl.Range, summary, format string, args ...any) *diag.Diagnostic {
	return &diag.Diagnostic{Code: code, Subject: at, Summary: summary, Detail: fmt.Sprintf(format, args...)}
}

// unknownRule suggests a number for one that is written in another way. Of those
// that are numbers it suggests the one with the same digits: they are all alike.
func unknownRule(name string, at hcl.Range) *diag.Diagnostic {
	var known []string
	for _, n := range Catalogue {
		if !numbered.MatchString(name) || digits(n.ID) == digits(name) {
			known = append(known, n.ID)
		}
	}
	return problem("unknown-rule", at, "Unknown rule", "There is no rule with the number %q.%s docs/rules.md has all of them.", name, diag.Suggest(name, known))
}

func digits(number string) string {
	all := []byte(number)
	slices.Sort(all)
	return string(all)
}

// numbered is what a number looks like.
var numbered = regexp.MustCompile(`^HF[0-9]{3}$`)

func ruleByCode(code, number string, at hcl.Range) *diag.Diagnostic {
	d := problem("unknown-rule", at, "Unknown rule", "A policy sets rules by their numbers: %s is %s. Write: lint %q.", code, number, number)
	d.Fix = &diag.Fix{Message: "Write the number", Edits: []diag.Edit{{Range: at, New: strconv.Quote(number)}}}
	return d
}

func fixedRule(n *Number, s *schema.RuleSetting) *diag.Diagnostic {
	var answers []string
	for _, a := range n.Answers {
		answers = append(answers, a.String())
	}
	d := problem("fixed-rule", s.At, "Rule without a setting", "%s has no severity that a policy could set. What keeps it from happening is: %s. Remove the block.", n.ID, strings.Join(answers, "; "))
	d.Fix = &diag.Fix{Message: "Remove the setting", Edits: []diag.Edit{{Range: s.Whole}}}
	return d
}

func loweredError(s *schema.RuleSetting) *diag.Diagnostic {
	return problem("lowered-error", s.Severity.Range, "Error made less", "%s is an error by itself, and no policy makes it less. Change what it finds, or remove the block.", s.Number)
}

func reasonMissing(s *schema.RuleSetting) *diag.Diagnostic {
	return problem("reason-missing", s.Severity.Range, "Rule off without a reason", "%s is off, and nobody says why. Add: reason = \"…\".", s.Number)
}
