package schema

import (
	"testing"
	"testing/fstest"

	"github.com/fettle-ci/fettle/schema/syntax"
)

// A base that policies of one repository extend is parsed once, and kept once.
// One that has changed, or has a mistake, is read anew.
func TestShelf(t *testing.T) {
	files := fstest.MapFS{"base.hcl": {Data: []byte("check \"unit\" {\n  run = \"make\"\n}\n")}}
	own := []syntax.Source{{Name: "release.hcl", Bytes: []byte("policy \"a\" {\n  targets = [\"github\"]\n  extends = \"../base.hcl\"\n}\n")}}
	shelf := &syntax.Shelf{}
	read := func(dir string) *Policy {
		p, _ := Parse(Input{Sources: own, Files: files, Shelf: shelf, Dir: dir, Base: "."})
		if len(p.Sources) != 2 || len(p.Checks) != 1 {
			t.Fatalf("%d sources, %d checks", len(p.Sources), len(p.Checks))
		}
		return p
	}
	a, b := read("a"), read("b")
	if &a.Sources[1].Bytes[0] != &b.Sources[1].Bytes[0] {
		t.Error("two policies hold the same base twice")
	}
	if &a.Sources[0].Bytes[0] != &own[0].Bytes[0] {
		t.Error("the policy itself was copied")
	}
	files["base.hcl"].Data = []byte("check \"unit\" {\n  run = \"ninja\"\n}\n")
	if c := read("c"); string(c.Sources[1].Bytes) != string(files["base.hcl"].Data) {
		t.Errorf("the base of before was read: %s", c.Sources[1].Bytes)
	}
	files["base.hcl"].Data = []byte("check \"unit\" {\n  run = \n}\n")
	for range 2 {
		if _, diags := Parse(Input{Sources: own, Files: files, Shelf: shelf, Dir: "d", Base: "."}); !diags.HasErrors() {
			t.Error("a mistake in the base is not told each time")
		}
	}
}
