package main

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fettle-ci/fettle/generators"
)

// docs/diagnostics.md is written from the pages that `fettle explain` prints:
// UPDATE=1 writes it anew.
func TestDiagnosticsPage(t *testing.T) {
	const path = "../../docs/diagnostics.md"
	want := diagnosticsPage()
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
