package schema

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/schema/diag"
)

// pairwise compares each policy with each before it: what the keys must find.
func pairwise(policies []*Policy) diag.Diagnostics {
	var diags diag.Diagnostics
	for i, p := range policies {
		for _, o := range policies[:i] {
			diags = append(diags, clash(p, o)...)
		}
	}
	return diags
}

// What is found by keys is what is found by comparing all pairs, in its order.
func TestClashesAreThoseOfAllPairs(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		policies := rapid.SliceOfN(rapid.Custom(anyPolicy), 2, 12).Draw(t, "policies")
		want, got := pairwise(policies), Clashes(policies)
		found += len(want)
		if same := slices.EqualFunc(got, want, func(a, b *diag.Diagnostic) bool { return fmt.Sprintf("%+v", *a) == fmt.Sprintf("%+v", *b) }); !same {
			t.Fatalf("by keys:\n%s\nby pairs:\n%s", listing(got), listing(want))
		}
	})
	if found == 0 {
		t.Error("no policies clashed: nothing was compared")
	}
}

func listing(diags diag.Diagnostics) string {
	var out string
	for _, d := range diags {
		out += fmt.Sprintf("%s: %s\n", d.Code, d.Detail)
	}
	return out
}

// anyPolicy has few names to choose from, so that many meet.
func anyPolicy(t *rapid.T) *Policy {
	text := func(label string, of ...string) Value[string] {
		return Value[string]{V: rapid.SampledFrom(of).Draw(t, label), Set: rapid.Bool().Draw(t, label+" set")}
	}
	pattern := func(label string) Pattern {
		return Pattern{
			Prefix: rapid.SampledFrom([]string{"", "v", "v1", "a/", "a/v", "a/b/", "b/v", "ci-", "c", "main", "a/1/"}).Draw(t, label),
			Suffix: rapid.SampledFrom([]string{"", "-a", "/a", "-b/c", "x"}).Draw(t, label+" suffix"),
			Set:    rapid.Bool().Draw(t, label+" set"),
		}
	}
	p := &Policy{
		Name:      rapid.StringMatching("[a-z]{3}").Draw(t, "name"),
		Component: text("component", "", "a", "b", "c", "d", "main", "v1"),
		Mainline:  text("mainline", "main", "main", "main", "a/main", "v12", "v1-a"),
		Default:   text("default", "", "", "main"),
		Version:   text("version", "sequence", "sequence", "command"),
		Names: Names{
			Ledger:    text("ledger", "fettle/ledger", "fettle/ledger", "a/ledger"),
			Candidate: pattern("candidate"), Release: pattern("release"), HotfixBranch: pattern("hotfix branch"),
			HotfixCandidate: pattern("hotfix candidate"), HotfixRelease: pattern("hotfix release"),
		},
		GitLabRoot: text("root", "", ".gitlab/fettle.yml"),
	}
	for _, target := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"github", "gitlab"}), 1, 2, rapid.ID[string]).Draw(t, "targets") {
		p.Targets = append(p.Targets, Value[string]{V: target})
	}
	for range rapid.IntRange(0, 2).Draw(t, "former") {
		p.Former = append(p.Former, text("former", "master", "main", "v13", "a/main"))
	}
	return p
}
