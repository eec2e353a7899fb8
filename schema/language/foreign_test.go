package language

import (
	"strings"
	"testing"
)

// Every word of another tool is unknown where it is answered, is answered once,
// and the answer names only what the language has.
func TestForeignWords(t *testing.T) {
	for _, table := range [][]foreign{foreignNames, ForeignFunctions, ForeignRoots} {
		seen := map[string]bool{}
		for _, f := range table {
			for _, w := range f.words {
				if seen[w] {
					t.Errorf("%s is answered twice", w)
				}
				seen[w] = true
			}
			if !strings.HasSuffix(f.advice, ".") {
				t.Errorf("%q does not end", f.advice)
			}
		}
	}
	for _, f := range foreignNames {
		for _, w := range f.words {
			if Root.Block(w) != nil {
				t.Errorf("%s is a block of the language", w)
			}
		}
	}
	for _, f := range ForeignFunctions {
		for _, w := range f.words {
			for _, known := range FunctionNames() {
				if known == w {
					t.Errorf("%s is a function of the language", w)
				}
			}
		}
	}
}
