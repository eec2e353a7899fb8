package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/lint"
)

// docs/diagnostics.md is written from the pages that `fettle explain` prints:
// UPDATE=1 writes it anew.
func TestDiagnosticsPage(t *testing.T) {
	demandPage(t, "../../docs/diagnostics.md", diagnosticsPage())
}

// demandPage compares a generated page with what is written, or writes it anew.
func demandPage(t *testing.T, path string, want []byte) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is stale; UPDATE=1 go test ./cmd/... writes it:\n%s", path, diff)
	}
}

// docs/rules.md is written from the catalogue of rules in the same way.
func TestRulesPage(t *testing.T) {
	demandPage(t, "../../docs/rules.md", rulesPage())
}

// docs/guards.md is written from the table of guards.
func TestGuardsPage(t *testing.T) {
	demandPage(t, "../../docs/guards.md", guardsPage())
}

func guardsPage() []byte {
	var b bytes.Buffer
	b.WriteString("# What is judged before a deployment\n\n" +
		"A guard is judged by the release script: early by `request`, before anybody is asked to approve, and by `begin`, under the lock of the\n" +
		"environment and before anything is deployed. The first one that refuses ends the run, and nothing has been done then. A refusal says what\n" +
		"was found, why it matters and what to do next, and has the name of the guard: `Refused (withdrawn): …`. `fettle explain withdrawn` prints\n" +
		"its entry; `fettle explain delivery` says which ones stand before each deployment of a policy.\n\n" +
		"They are in the order in which they are judged. A break glass is judged as the delivery or the hotfix that its version is.\n\n" +
		"| Guard | Judges | Refuses | Why | Does not judge | Break glass |\n|---|---|---|---|---|---|\n")
	for _, g := range flow.Guards {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", g.Name, g.Where(), g.Refuses, g.Why, g.Spares, g.Opened)
	}
	return b.Bytes()
}

func rulesPage() []byte {
	var b bytes.Buffer
	b.WriteString("# What must not be\n\n" +
		"Every rule of a governed release has a number that never changes its meaning; `fettle explain HF015` prints its entry, and a commit\n" +
		"acknowledges by it what `fettle lint --against` finds (`Weakens: HF015 REASON`). Some are rules of `fettle lint`. Most need none: the\n" +
		"compiler refuses them, the release script judges them, or the generated files have no other form. What stands on a host is a setting\n" +
		"that `fettle settings` derives from the policy and compares with what the host says.\n\n" +
		"A rule is an error or a warning by itself, or off until a policy asks for it, so that a small policy is not drowned. A `lint` block\n" +
		"raises it, or turns a warning off with a reason; what is an error by itself is never made less, and what has no rule has no setting. Where\n" +
		"a number has several rules, or a warning of the compiler beside them, the block is for all of them. A finding names its code and its number.\n\n" +
		"| Number | What must not be | What keeps it from happening | It rests on |\n|---|---|---|---|\n")
	for _, n := range lint.Catalogue {
		var answers []string
		for _, a := range n.Answers {
			text := a.String()
			if a.Name != "" {
				text = strings.Replace(text, a.Name, "`"+a.Name+"`", 1)
			}
			if a.By == lint.ByRule || a.By == lint.ByAsked || a.By == lint.ByCompiler || a.By == lint.ByWord || a.By == lint.ByWarning {
				text = strings.Replace(text, "`"+a.Name+"`", fmt.Sprintf("[%s](diagnostics.md#%s)", a.Name, a.Name), 1)
			}
			answers = append(answers, text)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", n.ID, n.Text, strings.ReplaceAll(strings.Join(answers, "<br>"), "|", "\\|"), n.Rests)
	}
	return b.Bytes()
}

func diagnosticsPage() []byte {
	var b bytes.Buffer
	b.WriteString("# What fettle finds\n\n" +
		"Every finding has a code that never changes its meaning; `fettle explain CODE` prints its page. This file is written from the same\n" +
		"pages. Each wrong example is told exactly its code and each right one nothing, by a test that completes them with the blocks of\n" +
		"[a small policy](../testdata/diagnostics/base.hcl).\n\n")
	for _, p := range generators.Pages() {
		fmt.Fprintf(&b, "- [%s](#%s): %s\n", p.Code, p.Code, p.Summary())
	}
	for _, p := range generators.Pages() {
		fmt.Fprintf(&b, "\n## %s\n\n%s", p.Code, p.Markdown())
	}
	return b.Bytes()
}
