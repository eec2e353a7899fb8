package weakening_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/weakening"
	"github.com/fettle-ci/fettle/schema"
)

// pair is a change of a policy, as a pair of texts, and what it weakens.
type pair struct{ name, before, now, want string }

// TestCompare makes each change of the corpus, testdata/weakening/pairs.txt, in
// the policy beside it. The change back weakens nothing, unless it says so.
func TestCompare(t *testing.T) {
	base := read(t, "../../testdata/weakening/policy.hcl")
	for _, p := range pairs(t) {
		t.Run(p.name, func(t *testing.T) {
			if strings.Count(base, p.before) != 1 {
				t.Fatalf("%q stands %d times in the policy", p.before, strings.Count(base, p.before))
			}
			before, now := pass(t, base), pass(t, strings.Replace(base, p.before, p.now, 1))
			demand(t, weakeningsOf(before, now), p.want)
			back := ""
			if i := strings.Index(p.want, "and back: "); i >= 0 {
				back = p.want[i+len("and back: "):]
			}
			demand(t, weakeningsOf(now, before), back)
		})
	}
}

func demand(t *testing.T, got []string, want string) {
	t.Helper()
	want, _, _ = strings.Cut(want, "and back: ")
	var wanted []string
	for line := range strings.Lines(want) {
		if line = strings.TrimSpace(line); line != "" {
			wanted = append(wanted, line)
		}
	}
	if len(got) != len(wanted) {
		t.Fatalf("got %q, want %q", got, wanted)
	}
	for i, w := range wanted {
		if !strings.HasPrefix(got[i], w) {
			t.Errorf("got %q, want %q", got[i], w)
		}
	}
}

// A break glass that was not there, or that opens more, for more people or for
// longer without a review.
func TestBreakGlass(t *testing.T) {
	base := read(t, "../../testdata/weakening/policy.hcl")
	glass := "break_glass {\n  approvers = [group.risk]\n  may_skip  = [approval]\n  review    = \"24h\"\n}\nnotify \"everybody\" {\n  on  = [break_glass]\n  run = \"./tell.sh\"\n}\n"
	demand(t, weakeningsOf(pass(t, base), pass(t, base+glass)), "HF024 Break glass added: There was no way past the gates; now a break glass may skip approval.")
	demand(t, weakeningsOf(pass(t, base+glass), pass(t, base)), "")
	for _, p := range []struct{ before, now, want string }{
		{"may_skip  = [approval]", "may_skip  = [approval, hold]", "HF024 Break glass that opens more: It may skip hold, and could not before."},
		{`review    = "24h"`, `review    = "48h"`, "HF025 Break glass reviewed later: The review was owed within 24h, and is now within 2d."},
		{"approvers = [group.risk]", "approvers = [group.risk, group.managers]", "HF024 More people may break the glass: Group \"managers\" may open it"},
	} {
		before, now := pass(t, base+glass), pass(t, base+strings.Replace(glass, p.before, p.now, 1))
		demand(t, weakeningsOf(before, now), p.want)
		demand(t, weakeningsOf(now, before), "")
	}
}

// TestSame: a policy is not weaker than itself.
func TestSame(t *testing.T) {
	p := pass(t, read(t, "../../testdata/weakening/policy.hcl"))
	if got := weakeningsOf(p, pass(t, read(t, "../../testdata/weakening/policy.hcl"))); len(got) > 0 {
		t.Error(got)
	}
}

func weakeningsOf(before, now *lint.Pass) []string {
	var out []string
	for _, d := range weakening.Compare(before, now) {
		out = append(out, string(d.Code)+" "+d.Summary+": "+d.Detail)
	}
	return out
}

var heading = regexp.MustCompile(`(?m)^## (.*)\n`)

// pairs reads the corpus: "## NAME", and then three parts, separated by lines of
// three dashes: what stands in the policy, what stands there now, what is weaker.
func pairs(t *testing.T) []pair {
	t.Helper()
	text := read(t, "../../testdata/weakening/pairs.txt")
	places := heading.FindAllStringSubmatchIndex(text, -1)
	var out []pair
	for i, m := range places {
		end := len(text)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		parts := strings.Split(text[m[1]:end], "---\n")
		if len(parts) != 3 {
			t.Fatalf("%s: %d parts", text[m[2]:m[3]], len(parts))
		}
		out = append(out, pair{text[m[2]:m[3]], strings.TrimSuffix(parts[0], "\n"), strings.TrimSuffix(parts[1], "\n"), parts[2]})
	}
	if len(out) == 0 {
		t.Fatal("no pairs")
	}
	return out
}

func pass(t *testing.T, policy string) *lint.Pass {
	t.Helper()
	p, diags := schema.Parse(schema.Input{Sources: []schema.Source{{Name: "release.hcl", Bytes: []byte(policy)}}})
	plan, more := flow.Lower(p)
	for _, d := range append(diags, more...) {
		t.Fatalf("%s: %s: %s", d.Subject, d.Summary, d.Detail)
	}
	return &lint.Pass{Policy: p, Plan: plan}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
