// Package linttest tests a rule by the examples of its page: one line in the
// rule's folder.
package linttest

import (
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/format"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Now is when examples are judged, for what is over by then.
var Now = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Examples demands that the rule finds one thing in the wrong example of its
// page and nothing in the right one, and that its repair, where it has one,
// leaves nothing to find.
func Examples(t *testing.T, rule *lint.Rule) {
	t.Helper()
	base, err := os.ReadFile("../../../testdata/diagnostics/base.hcl")
	if err != nil {
		t.Fatal(err)
	}
	page := rule.Page()
	wrong := syntax.Source{Name: "policy.hcl", Bytes: Complete(page.Wrong, string(base))}
	found := run(t, rule, wrong)
	if len(found) != 1 || found[0].Code != rule.Code || found[0].Number != rule.ID {
		t.Errorf("in the wrong example it finds %d things", len(found))
	}
	right := syntax.Source{Name: "policy.hcl", Bytes: Complete(page.Right, string(base))}
	if len(run(t, rule, right)) > 0 {
		t.Error("it finds something in the right example")
	}
	if len(found) != 1 || found[0].Fix == nil {
		return
	}
	repaired, ok := format.Repair(wrong, found[0].Fix)
	if !ok || len(run(t, rule, repaired)) > 0 {
		t.Error("its repair does not hold")
	}
}

// run is what one rule finds in a policy that compiles. It may have been asked
// for as an error, so the weight does not matter.
func run(t *testing.T, rule *lint.Rule, s syntax.Source) diag.Diagnostics {
	t.Helper()
	in := schema.Input{Sources: []syntax.Source{s}, Now: Now}
	if archive := txtar.Parse(s.Bytes); len(archive.Files) > 0 { // a .git makes a working tree of them
		files := fstest.MapFS{}
		for _, f := range archive.Files {
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		in.Sources[0].Bytes, in.Files, in.WorkTree = archive.Comment, files, files[".git"] != nil
	}
	p, diags := schema.Parse(in)
	plan, more := flow.Lower(p)
	for _, d := range append(diags, more...) {
		if d.Severity == diag.Error {
			t.Fatalf("%s: %s: %s", d.Subject, d.Summary, d.Detail)
		}
	}
	pass := &lint.Pass{Policy: p, Plan: plan, Now: Now}
	if in.WorkTree {
		pass.Lacks = in.Lacks
	}
	found, _ := lint.Run(pass, []*lint.Rule{rule})
	return found
}

// Complete is an example with the blocks of a small policy that it does not
// have itself. One that begins with "# The whole policy" is complete; other
// policies may stand behind it, each after a line `-- name --`.
func Complete(example, base string) []byte {
	if strings.HasPrefix(example, "# The whole policy") {
		return []byte(example)
	}
	archive := txtar.Parse([]byte(example + "\n"))
	archive.Comment = append(archive.Comment, missingBlocks(string(archive.Comment), base)...)
	for i, f := range archive.Files {
		if path.Base(f.Name) == "policy.hcl" {
			archive.Files[i].Data = append(f.Data, missingBlocks(string(f.Data), base)...)
		}
	}
	return txtar.Format(archive)
}

// missingBlocks are the blocks of the base that an example does not have.
func missingBlocks(example, base string) string {
	var out strings.Builder
	starts := append(blockHeader.FindAllStringIndex(base, -1), []int{len(base)})
	for i, at := range starts[:len(starts)-1] {
		if !hasBlock(example, base[at[0]:at[1]]) {
			out.WriteString(base[at[0]:starts[i+1][0]])
		}
	}
	return out.String()
}

var blockHeader = regexp.MustCompile(`(?m)^[a-z_]+( "[^"]*")? \{`)

func hasBlock(example, header string) bool {
	for _, h := range blockHeader.FindAllString(example, -1) {
		if h == header || strings.HasPrefix(h, "policy ") && strings.HasPrefix(header, "policy ") {
			return true
		}
	}
	return false
}
