package schema

import "testing"

func TestCaught(t *testing.T) {
	for _, c := range []struct {
		name, pattern string
		want          bool
	}{
		{"hotfix/ledger", "hotfix/*", true},
		{"hf-main", "hf-*", true},
		{"hf-main-x", "hf-*-x", true},
		{"hf-x", "hf-*-x", false},
		{"hotfix/a/b", "hotfix/*", false},
		{"hotfix/", "hotfix/*", false},
		{"main-old", "main", false},
		{"hotfix/*", "hotfix/*", false},
		{"a", "*", true},
	} {
		if got := caught(c.name, c.pattern); got != c.want {
			t.Errorf("%s as %s: %t", c.name, c.pattern, got)
		}
	}
}
