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

// A policy that was looked into is parsed for that alone, and handed on once.
func TestShelfHandsOnWhatWasLookedInto(t *testing.T) {
	shelf := &Shelf{}
	src := Source{Name: "release.hcl", Bytes: []byte("policy \"a\" {\n  targets = [\"github\"]\n}\n")}
	_, early, _ := shelf.Early(src)
	_, first, _ := shelf.Parse(src)
	_, second, _ := shelf.Parse(src)
	if early[0] != first[0] || first[0] == second[0] {
		t.Error("what was looked into is not what is read, once")
	}
	shelf.Early(src)
	src.Bytes = []byte("policy \"b\" {\n  targets = [\"gitlab\"]\n}\n")
	if _, other, _ := shelf.Parse(src); other[0].Blocks[0].Labels[0] != "b" {
		t.Error("another text of the same name is taken for the one before")
	}
}
