package syntax

import (
	"strings"
	"testing"
	"time"
)

// The sign that opens a comment stands in globs too: many of them are no
// comments, and what could be many unclosed ones ends soon.
func TestCommentsAndGlobs(t *testing.T) {
	globs := "locals {\n  x = [" + strings.Repeat(`"services/pay/**", `, 400) + "]\n}\n"
	if _, diags := Parse(Source{Name: "globs.hcl", Bytes: []byte(globs)}); len(diags) > 0 {
		t.Errorf("globs: %s", diags[0].Detail)
	}
	for _, n := range []int{1600, 20_000} {
		began := time.Now()
		_, diags := Parse(Source{Name: "comments.hcl", Bytes: []byte(strings.Repeat("/* ", n))})
		if len(diags) == 0 || time.Since(began) > 5*time.Second {
			t.Errorf("%d unclosed comments: %d diagnostics after %v", n, len(diags), time.Since(began))
		}
	}
}
