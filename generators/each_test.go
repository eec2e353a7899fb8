package generators_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/internal/test/linttest"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// What is compiled in small pieces, on several processors, is what is compiled
// whole: the same files of every case, and the same messages for every mistake.
func TestEachIsAll(t *testing.T) {
	for _, c := range cases(t) {
		ins, err := inputsOf(c.dir)
		must(t, err)
		sameEach(t, c.name, ins, c.repository, string(diagnosticsText(c.diags)))
	}
	base, err := os.ReadFile(baseFile)
	must(t, err)
	several := 0
	for _, w := range wrongPolicies(t) {
		src, err := os.ReadFile("../testdata/invalid/" + w.file)
		must(t, err)
		ins, _ := wrongPolicy(string(linttest.Complete(strings.Split(string(src), "\n# ---\n")[w.number-1], string(base))))
		sameEach(t, fmt.Sprint(w.file, w.number), ins, w.result, string(diagnosticsText(w.diags)))
		if len(ins) > 1 {
			several++
		}
	}
	if several == 0 {
		t.Error("no mistake is one of several policies together")
	}
}

func sameEach(t *testing.T, name string, ins []schema.Input, whole *generators.Repository, found string) {
	t.Helper()
	shelf := &syntax.Shelf{}
	for i := range ins {
		ins[i].Shelf = shelf
	}
	var told, taken atomic.Int64
	each, diags := generators.CompileEach(ins, nil, func(f gen.File) gen.File { taken.Add(1); return f }, func(int) { told.Add(1) })
	if len(whole.Files) != len(each.Files) {
		t.Fatalf("%s: %d files compiled whole, %d each by itself", name, len(whole.Files), len(each.Files))
	}
	for i, f := range whole.Files {
		if o := each.Files[i]; f.Path != o.Path || f.Executable != o.Executable || !bytes.Equal(f.Content, o.Content) {
			t.Errorf("%s: %s compiled whole is not %s compiled by itself", name, f.Path, o.Path)
		}
	}
	if got := string(diagnosticsText(diags)); got != found {
		t.Errorf("%s: found whole:\n%s\neach by itself:\n%s", name, found, got)
	}
	if int(told.Load()) != len(ins) || int(taken.Load()) < len(each.Files) {
		t.Errorf("%s: %d policies, of which %d were told; %d files, of which %d were handed on", name, len(ins), told.Load(), len(each.Files), taken.Load())
	}
}
