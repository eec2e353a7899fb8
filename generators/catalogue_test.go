package generators_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/rules"
	"github.com/fettle-ci/fettle/schema/diag"
)

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

// Every guard answers a number, but those that regulation and experience have
// none for.
func TestGuardsAnswerNumbers(t *testing.T) {
	without := []string{"hold"} // to stop is always allowed
	for _, g := range flow.Guards {
		answers := slices.ContainsFunc(lint.Catalogue, func(n lint.Number) bool {
			return slices.ContainsFunc(n.Answers, func(a lint.Answer) bool { return a.By == lint.ByModel && a.Name == g.Name })
		})
		if answers == slices.Contains(without, g.Name) {
			t.Errorf("%s: answers a number: %t", g.Name, answers)
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
		p := diag.PageOf(generators.Docs(), diag.Code(a.Name))
		return p != nil && !slices.ContainsFunc(rules.All, func(r *lint.Rule) bool { return r.Code == p.Code })
	case lint.ByModel:
		return a.Name == "" || flow.GuardNamed(a.Name) != nil
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
	for _, w := range wrongPolicies(t) {
		for _, d := range w.diags {
			told[d.Number+" "+string(d.Code)] = true
			if d.Number != "" && !slices.Contains(lint.NumbersOf(d.Code), d.Number) {
				t.Errorf("%s: %s is told with %s, whose entry does not name it", w.file, d.Code, d.Number)
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

// shown are the scenarios and tests that show what the release model and the
// hosts' settings answer: a name of a scenario, or of a test of the program.
var shown = map[string][]string{
	"HF001": {"01-first-delivery", "05-stale-line", "21-line-with-mainline"},
	"HF005": {"13-hotfix-of-redeployed", "TestVersions"},
	"HF006": {"TestSettingsAreWhole", "TestVerifyDiffers"},
	"HF010": {"02-check-fails"},
	"HF011": {"08-merge-back-merged", "TestEvidence"},
	"HF012": {"27-hostile-values", "TestGuards"},
	"HF014": {"02-check-fails", "TestEvidence"},
	"HF021": {"31-requester", "31-authors", "TestRequesterDoesNotApprove"},
	"HF023": {"03-approval-refused", "TestAgreement"},
	"HF024": {"32-break-glass", "TestBreakGlass"},
	"HF025": {"TestBreakGlass"},
	"HF027": {"TestScript", "TestVerifyDiffers"},
	"HF029": {"30-settle-and-correction", "37-approved-operations"},
	"HF030": {"04-hotfix", "07-conflict-draft", "08-merge-back-squashed", "09-merge-back-reverted"},
	"HF031": {"34-release-branches"},
	"HF032": {"TestMergeBackUnmergeable", "TestMergeBackMergeable"},
	"HF033": {"08-merge-back-reapplied", "08-merge-back-merged"},
	"HF035": {"TestScript", "TestVerifyDiffers"},
	"HF036": {"TestScript", "TestVerifyDiffers"},
	"HF040": {"11-redeploy-refused"},
	"HF041": {"10-redeploy", "TestAdoptedIsSaid"},
	"HF042": {"10-redeploy-store", "10-redeploy-image", "10-redeploy-artifact"},
	"HF043": {"11-redeploy-irreversible", "TestIrreversible"},
	"HF044": {"10-redeploy"},
	"HF050": {"18-two-at-once", "TestAgreement"},
	"HF051": {"18-two-at-once", "TestSettingsAreWhole"},
	"HF052": {"05-stale-line", "06-two-candidates"},
	"HF053": {"01-first-delivery", "TestAgreement"},
	"HF054": {"17-run-again", "17-killed-everywhere"},
	"HF060": {"04-hotfix", "TestSettingsAreWhole"},
	"HF061": {"TestScript", "TestNothingIsTakenForFine"},
	"HF062": {"TestNoCompletionTrigger"},
	"HF015": {"32-older-requirements", "32-check-renamed", "TestRequirementsGrow"},
	"HF063": {"26-newer-script"},
	"HF064": {"32-request-paths", "TestHotfixHasNoPaths"},
	"HF070": {"20-freeze", "20-freeze-exception"},
	"HF072": {"TestNothingIsForced"},
	"HF073": {"TestActionsArePinned"},
	"HF074": {"TestEveryJobHasPermissions"},
	"HF075": {"04-hotfix", "TestGuards"},
	"HF076": {"16-killed-after-begin", "16-deploy-fails"},
	"HF077": {"TestMeasures"},
	"HF078": {"12-withdrawn-candidates"},
	"HF079": {"TestAgreement"},
}

// What the release model and the hosts answer is shown by something that runs.
func TestAnswersAreShown(t *testing.T) {
	tests := map[string]bool{}
	for _, pattern := range []string{"*_test.go", "*/*_test.go"} {
		for _, file := range glob(t, pattern) {
			src, err := os.ReadFile(file)
			must(t, err)
			for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(string(src), -1) {
				tests[m[1]] = true
			}
		}
	}
	for _, n := range lint.Catalogue {
		model := slices.ContainsFunc(n.Answers, func(a lint.Answer) bool { return a.By == lint.ByModel || a.By == lint.ByHost })
		if model != (len(shown[n.ID]) > 0) {
			t.Errorf("%s is shown by %v", n.ID, shown[n.ID])
		}
		for _, name := range shown[n.ID] {
			if _, err := os.Stat("../testdata/scenarios/" + name + ".txt"); err != nil && !tests[name] {
				t.Errorf("%s: there is no %s", n.ID, name)
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
		if lint.NumberOf(m[1]) == nil {
			t.Errorf("%s has no entry", m[1])
		}
	}
}

// The numbers are those of the catalogue, in order, each once; each rule but
// the organisation's own has one, and its entry names the rule.
func TestNumbersAndRulesAgree(t *testing.T) {
	if len(lint.Catalogue) != 59 {
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
		if !slices.Contains(lint.NumbersOf(r.Code), r.ID) {
			t.Errorf("%s has the number %s, whose entry does not name it", r.Code, r.ID)
		}
	}
}
