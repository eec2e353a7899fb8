package syntax

import "testing"

// What a policy refers to is kept, and the policy itself is not: no other reads it.
func TestShelfKeepsWhatOthersRead(t *testing.T) {
	shelf := &Shelf{}
	text := []byte("check \"unit\" {\n  run = \"make\"\n}\n")
	shelf.Parse(Source{Name: "release.hcl", Bytes: text})
	if len(shelf.files) != 0 {
		t.Error("the policy itself is on the shelf")
	}
	shelf.Parse(Source{Name: "base.hcl", Bytes: text, Loaded: true})
	if len(shelf.files) != 1 {
		t.Errorf("%d files are on the shelf", len(shelf.files))
	}
}
