package main

import (
	"bytes"
	"testing"
)

// Not every policy is told of, and nothing is left of the line at the end. Where
// nobody looks, nothing is said.
func TestProgress(t *testing.T) {
	var out bytes.Buffer
	told := progressOn(&out, 250)
	for done := range 250 {
		told(done + 1)
	}
	if n := bytes.Count(out.Bytes(), []byte("of 250 policies")); n != 124 || !bytes.HasSuffix(out.Bytes(), []byte("\r248 of 250 policies\r                   \r")) {
		t.Errorf("%d times, at the end %q", n, out.Bytes()[max(0, out.Len()-60):])
	}
	if c := (&command{stderr: &out}); c.progress(1000) != nil {
		t.Error("told to what is no terminal")
	}
}
