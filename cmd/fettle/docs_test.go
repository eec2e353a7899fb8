package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/azure"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/generators/github"
	"github.com/fettle-ci/fettle/generators/jenkins"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/rules"
	"github.com/fettle-ci/fettle/lint/weakening"
	"github.com/fettle-ci/fettle/report"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

// docs/diagnostics.md and the pages of docs/diagnostics are written from the pages that `fettle explain` prints:
// UPDATE=1 writes it anew.
func TestDiagnosticsPage(t *testing.T) {
	index, pages := diagnosticsPages()
	demandPage(t, "../../docs/diagnostics.md", index)
	for name, page := range pages {
		demandPage(t, "../../docs/diagnostics/"+name+".md", page)
	}
}

// docs/unguarded.md is the report's own table.
func TestUnguardedPage(t *testing.T) {
	var targets, titles []string
	for _, target := range generators.All {
		targets, titles = append(targets, target.Name), append(titles, target.Title)
	}
	demandPage(t, "../../docs/unguarded.md", report.UnguardedPage(targets, titles))
}

// docs/limits.md is written from the tables of the hosts' limits.
func TestLimitsPage(t *testing.T) {
	demandPage(t, "../../docs/limits.md", limitsPage())
}

func limitsPage() []byte {
	var b bytes.Buffer
	b.WriteString("# Limits of the hosts\n\n" +
		"Every documented limit that a generated pipeline could meet, as read in November 2026. What is beyond one starts nothing, so it is the error\n" +
		"`beyond-host` at the line of the policy that asks for it, unless the last column says otherwise. Where an administrator may raise a limit, the\n" +
		"default counts. Jenkins documents no such numbers.\n\n" +
		"| host | what | at most | source | how it is kept |\n| --- | --- | --- | --- | --- |\n")
	for _, c := range flow.HostCounts {
		note := c.Note
		if note == "" {
			note = "error `beyond-host`"
		}
		fmt.Fprintf(&b, "| %s | %s | %d | %s | %s |\n", title(c.Target), c.What, c.Most, c.Source, note)
	}
	b.WriteString("\n## Time\n\n" +
		"The rules `timeout-beyond-host` and `run-too-long` warn of more. An approval waits for 30 days on each host.\n\n" +
		"| host | a job on a machine of the host | on a machine of your own | a run, with its approvals | source |\n| --- | --- | --- | --- | --- |\n")
	for _, t := range generators.All {
		l := flow.HostLimits[t.Name]
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", t.Title, lasting(l.Hosted), lasting(l.Own), lasting(l.Run), l.Source)
	}
	return b.Bytes()
}

func lasting(d time.Duration) string {
	if d == 0 {
		return "no limit"
	}
	return flow.Duration(d)
}

func title(target string) string {
	for _, t := range generators.All {
		if t.Name == target {
			return t.Title
		}
	}
	return target
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
	b.WriteString("# Guards\n\n" +
		"The release script runs the guards twice: in `request`, before anybody is asked to approve, and in `begin`, under the lock of the\n" +
		"environment and before anything is deployed. The first guard that refuses ends the run; nothing was changed by then. A refusal says what\n" +
		"was found, why it matters and what to do next, and names the guard: `Refused (withdrawn): …`. `fettle explain withdrawn` prints\n" +
		"its entry; `fettle explain delivery` lists the guards before each deployment of a policy.\n\n" +
		"They are listed in the order in which they run. For a break glass, the guards of the flow of its version run: delivery or hotfix.\n\n" +
		"| Guard | Checks | Refuses | Rationale | Exceptions | Break glass |\n|---|---|---|---|---|---|\n")
	for _, g := range flow.Guards {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", g.Name, g.Where(), g.Refuses, g.Why, g.Spares, g.Glass())
	}
	return b.Bytes()
}

// docs/operations.md is written from the table of operations.
func TestOperationsPage(t *testing.T) {
	demandPage(t, "../../docs/operations.md", operationsPage())
}

func operationsPage() []byte {
	var b bytes.Buffer
	b.WriteString("# Operations\n\n" +
		"`.fettle/release.sh` carries out the operations of a release. The pipelines call it in their steps; anyone can call it in a clone to read\n" +
		"(`sh .fettle/release.sh status`). `sh .fettle/release.sh help` lists the operations of one policy, `sh .fettle/release.sh help begin` and\n" +
		"`fettle explain begin` print one of them.\n\n" +
		"Exit code: 0 done, 1 refused (one message says what was found, why it matters and what to do next), 2 wrong use, 3 technical failure.\n")
	for _, c := range flow.ByCaller(flow.Usages) {
		fmt.Fprintf(&b, "\n## %s\n\n| Operation | What it does | Example | Reads of the environment | Only with |\n|---|---|---|---|---|\n", c.Title)
		for _, u := range c.Usages {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", strings.ReplaceAll(u.Call(), "|", "\\|"), u.Does, ticked(strings.TrimSpace(u.Name+" "+u.Example)), ticked(u.Reads), ticked(string(u.Needs)))
		}
	}
	return b.Bytes()
}

// ticked is a text of code, and nothing where there is none.
func ticked(text string) string {
	if text == "" {
		return ""
	}
	return "`" + text + "`"
}

// Two pages have a part of that table in the middle.
func TestGuardsInPages(t *testing.T) {
	var ways, kept strings.Builder
	ways.WriteString("| guard | way |\n| --- | --- |\n")
	kept.WriteString("| guard | why no break glass skips it |\n| --- | --- |\n")
	for _, g := range flow.Guards {
		fmt.Fprintf(&ways, "| `%s` | %s |\n", g.Name, g.Way)
		if g.Kept != "" {
			fmt.Fprintf(&kept, "| `%s` | %s |\n", g.Name, g.Kept)
		}
	}
	demandPart(t, "../../docs/when-a-guard-is-wrong.md", "<!-- guards: ways -->\n", ways.String())
	demandPart(t, "../../docs/governance.md", "<!-- guards: kept -->\n", kept.String())
	if _, err := os.Stat("../../" + strings.TrimPrefix(flow.WrongPage, "https://github.com/fettle-ci/fettle/blob/main/")); err != nil {
		t.Error(err)
	}
}

// A page says what is compared with an earlier revision, what is only named, and
// what is not looked at.
func TestWeakeningInPage(t *testing.T) {
	var compared, not strings.Builder
	compared.WriteString("| compared | weaker, an error | named for a reader |\n| --- | --- | --- |\n")
	for _, s := range weakening.Subjects {
		fmt.Fprintf(&compared, "| %s | %s | %s |\n", s.What, s.Weaker, s.Named)
	}
	not.WriteString("| not looked at | why a change of it alone weakens nothing |\n| --- | --- |\n")
	var derived []string
	for _, f := range weakening.Unwatched {
		if from, ok := strings.CutPrefix(f.Why, "follows from "); ok {
			derived = append(derived, from)
		} else if f.Words != "" {
			fmt.Fprintf(&not, "| %s | %s |\n", f.Words, f.Why)
		}
	}
	if len(derived) == 0 {
		t.Fatal("nothing is derived")
	}
	fmt.Fprintf(&not, "| %s | %s |\n", weakening.Derived, weakening.WhyDerived)
	demandPart(t, "../../docs/governance.md", "<!-- weakening: compared -->\n", compared.String())
	demandPart(t, "../../docs/governance.md", "<!-- weakening: not looked at -->\n", not.String())
}

// A page lists what each format changed, the newest first.
func TestFormatsInPage(t *testing.T) {
	var b strings.Builder
	for i := len(generators.Formats) - 1; i > 0; i-- {
		f := generators.Formats[i]
		if f.Number != i+1 || len(f.Changes) == 0 {
			t.Errorf("format %d is number %d, with %d changes", i+1, f.Number, len(f.Changes))
		}
		fmt.Fprintf(&b, "**Format %d**\n\n", f.Number)
		for _, text := range f.Changes {
			b.WriteString("- " + text + "\n")
		}
	}
	demandPart(t, "../../docs/upgrading.md", "<!-- formats -->\n", b.String())
}

// demandPart is demandPage for what is between a mark and the end of its part.
func demandPart(t *testing.T, path, mark, part string) {
	t.Helper()
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(page), mark)
	_, after, ended := strings.Cut(rest, "<!-- / -->")
	if !found || !ended {
		t.Fatalf("%s has no part %q", path, mark)
	}
	demandPage(t, path, []byte(before+mark+part+"<!-- / -->"+after))
}

// Nothing opens what says what is deployed, that it was checked and that it
// takes nothing out; what no break glass skips has a reason, and every guard a
// way for a person to say that it is wrong.
func TestGuardsSayWhatAPersonCanDo(t *testing.T) {
	for _, g := range flow.Guards {
		if (g.Opened == flow.NeverOpened) != (g.Kept != "") {
			t.Errorf("guard %s: opened %q, and the reason why not is %q", g.Name, g.Opened, g.Kept)
		}
		if g.Way == "" {
			t.Errorf("guard %s has no way", g.Name)
		}
	}
	for _, name := range []string{"ledger", "payload-identity", "evidence", "mainline", "contains-production"} {
		if flow.GuardNamed(name).Opened != flow.NeverOpened {
			t.Errorf("a break glass opens %s", name)
		}
	}
}

func rulesPage() []byte {
	var b bytes.Buffer
	b.WriteString("# Rules\n\n" +
		"Each entry is something that a governed release does not allow, with the experience or standard behind it. Some entries are enforced by\n" +
		"findings of `fettle lint`; most by the compiler, by a guard of the release script, by the form of the generated files, or by a host\n" +
		"setting, which `fettle settings` derives from the policy and compares with the host.\n\n" +
		"A finding is identified by its code, such as `unwaived-check`. The number of an entry, such as HF015, is an alias for all codes of that\n" +
		"entry and never changes its meaning: `fettle explain HF015` prints the entry, `lint \"HF015\"` sets all of its rules, and a commit\n" +
		"acknowledges with it what `fettle lint --against` reports (`Weakens: HF015 REASON`).\n\n" +
		"By default a rule is an error, a warning, or off. A `lint` block with its code raises it, or turns a warning off with a reason. An error is\n" +
		"never lowered, and what the compiler, the script or a host enforces has no severity.\n\n" +
		"| Number | Not allowed | Enforced by | Rationale |\n|---|---|---|---|\n")
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

// toPage is a link to another page of docs, from which one of a folder is a step further away.
var toPage = regexp.MustCompile(`\]\(([a-z-]+\.md)`)

// areas are the pages of docs/diagnostics: a package's findings each.
var areas = []struct {
	file, title string
	pages       func() []*diag.Page
}{
	{"language", "The language: how a policy is written", schema.Docs},
	{"plan", "The plan: what a policy asks for", flow.Docs},
	{"targets", "The targets: what a CI system or its host cannot do", func() []*diag.Page {
		return slices.Concat(gen.Docs(), azure.Docs(), github.Docs(), jenkins.Docs())
	}},
	{"rules", "Rules", func() []*diag.Page {
		out := lint.Docs()
		for _, r := range rules.All {
			out = append(out, r.Page())
		}
		return out
	}},
	{"files", "Generated files", nil}, // those of no other
}

// diagnosticsPages are the pages by file name, and the index of them.
func diagnosticsPages() (index []byte, pages map[string][]byte) {
	area := map[diag.Code]string{}
	for _, a := range areas {
		if a.pages == nil {
			continue
		}
		for _, p := range a.pages() {
			area[p.Code] = a.file
		}
	}
	var list bytes.Buffer
	list.WriteString("# Findings\n\n" +
		"Every finding has a code that never changes its meaning; `fettle explain CODE` prints its page. These pages are generated from the same\n" +
		"texts. A test completes each example with the blocks of a small policy: the wrong one has exactly this finding, the right one none:\n" +
		"[a small policy](../testdata/diagnostics/base.hcl).\n")
	pages = map[string][]byte{}
	for _, a := range areas {
		fmt.Fprintf(&list, "\n## %s\n\n", a.title)
		page := bytes.NewBufferString("# " + a.title + "\n\n[All findings](../diagnostics.md)\n")
		for _, p := range generators.Docs() {
			if of, known := area[p.Code]; of == a.file || !known && a.pages == nil {
				fmt.Fprintf(&list, "- <a id=\"%s\"></a>[%s](diagnostics/%s.md#%s): %s\n", p.Code, p.Code, a.file, p.Code, p.Summary())
				fmt.Fprintf(page, "\n## %s\n\n%s", p.Code, toPage.ReplaceAllString(p.Markdown(), "](../$1"))
			}
		}
		pages[a.file] = page.Bytes()
	}
	return list.Bytes(), pages
}
