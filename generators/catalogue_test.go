package generators_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/rules"
	"github.com/fettle-ci/fettle/schema/diag"
)

// guards are those that the release script judges.
var guards = []flow.Guard{
	flow.PayloadIdentity, flow.EvidenceGuard, flow.PreflightNames, flow.ContainsProduction, flow.SameFamily, flow.NoStrangers,
	flow.Unsettled, flow.Irreversible, flow.Withdrawn, flow.Hold, flow.FreezeGuard, flow.IncidentGuard,
}

// What the catalogue names is there: rules, codes with a page, guards. Every
// number is answered, if only by why it is not.
func TestCatalogueNamesWhatIsThere(t *testing.T) {
	for _, n := range lint.Catalogue {
		if n.Text == "" || n.Rests == "" || len(n.Answers) == 0 {
			t.Errorf("%s: something is missing: %+v", n.ID, n)
		}
		for _, a := range n.Answers {
			if a.Why == "" || !isThere(n.ID, a) {
				t.Errorf("%s: no %s %q", n.ID, a.By, a.Name)
			}
		}
	}
}

func isThere(number string, a lint.Answer) bool {
	switch a.By {
	case lint.ByRule:
		return slices.ContainsFunc(rules.All, func(r *lint.Rule) bool { return string(r.Code) == a.Name && r.ID != "" && !r.Asked })
	case lint.ByAsked:
		return slices.ContainsFunc(rules.All, func(r *lint.Rule) bool { return string(r.Code) == a.Name && r.ID == number && r.Asked })
	case lint.ByCompiler, lint.ByWord, lint.ByWarning:
		p := diag.PageOf(generators.Pages(), diag.Code(a.Name))
		return p != nil && p.Number == ""
	case lint.ByModel:
		return a.Name == "" || slices.Contains(guards, flow.Guard(a.Name))
	case lint.ByHost:
		return a.Name == ""
	default:
		panic("no answer " + a.By)
	}
}

// Whatever the compiler answers, some wrong policy is told it with the number of
// the entry; and no number is told that does not name the code.
func TestCompilerTellsNumbers(t *testing.T) {
	told := map[string]bool{}
	for _, file := range glob(t, "../testdata/invalid/*.hcl") {
		src, err := os.ReadFile(file)
		must(t, err)
		for _, policy := range strings.Split(string(src), "\n# ---\n") {
			ins, _ := wrongPolicy(policy)
			_, diags := generators.CompileAll(ins, nil)
			for _, d := range diags {
				told[d.Number+" "+string(d.Code)] = true
				if d.Number != "" && !slices.Contains(lint.Answered(d.Code), d.Number) {
					t.Errorf("%s: %s is told with %s, whose entry does not name it", file, d.Code, d.Number)
				}
			}
		}
	}
	for _, n := range lint.Catalogue {
		for _, a := range n.Answers {
			byCode := a.By == lint.ByCompiler || a.By == lint.ByWord || a.By == lint.ByWarning
			if byCode && !told[n.ID+" "+a.Name] {
				t.Errorf("nothing is told %s with %s", a.Name, n.ID)
			}
		}
	}
}

// What gets weaker is called by numbers that have an entry, and a trailer that
// names one is a question that explain answers.
func TestWeakeningsAreInTheCatalogue(t *testing.T) {
	src, err := os.ReadFile("../lint/weakening/diagnostics.go")
	must(t, err)
	found := regexp.MustCompile(`weaker\("(\w+)"`).FindAllStringSubmatch(string(src), -1)
	if len(found) < 10 {
		t.Fatalf("only %d weakenings found", len(found))
	}
	for _, m := range found {
		if lint.Numbered(m[1]) == nil {
			t.Errorf("%s has no entry", m[1])
		}
	}
}

// The numbers are those of the catalogue, in order, each once; each rule but
// the organisation's own has one, and its entry names the rule.
func TestNumbersAndRulesAgree(t *testing.T) {
	if len(lint.Catalogue) != 54 {
		t.Errorf("%d numbers", len(lint.Catalogue))
	}
	if !slices.IsSortedFunc(lint.Catalogue, func(a, b lint.Number) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	}) {
		t.Error("the numbers are not in order")
	}
	for _, r := range rules.All {
		if r.Code == "broken-rule" {
			continue
		}
		if !slices.Contains(lint.Answered(r.Code), r.ID) {
			t.Errorf("%s has the number %s, whose entry does not name it", r.Code, r.ID)
		}
	}
}
