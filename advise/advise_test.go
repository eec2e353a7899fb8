package advise

import (
	"slices"
	"strings"
	"testing"
)

// What one commit has and another lacks is found, whichever way leads there.
func TestBetween(t *testing.T) {
	t.Parallel()
	// a - b - d (a merge of c and b), c is from a; e is alone
	h := ReadHistory(strings.Join([]string{"d\nc b\nPat\nMerge", "c\na\nAna\nC ##vso[x]", "b\na\nPat\nB", "a\nbefore\nPat\nA", "e\n\nPat\nE"}, "\x00") + "\x00")
	for _, tt := range []struct {
		has, lacks string
		want       []string
	}{
		{"d", "b", []string{"d", "c"}}, {"b", "d", nil}, {"b", "c", []string{"b"}}, {"d", "e", []string{"d", "c", "b", "a"}}, {"e", "d", []string{"e"}}, {"x", "d", nil}, {"d", "d", nil},
	} {
		var got []string
		for _, c := range h.Between(tt.lacks, tt.has) {
			got = append(got, c.ID)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s without %s: %v and not %v", tt.has, tt.lacks, got, tt.want)
		}
	}
	if got := h.Between("b", "c")[0].Subject; got != "C # #vso[x]" {
		t.Errorf("%q", got)
	}
}

// A script that says something else is not guessed at.
func TestReadAnswers(t *testing.T) {
	t.Parallel()
	for _, out := range []string{"redeploy 42 ab open\n", "\tRefused\n", "environment production 43 ab\n\tRefused\n", "environment production 43 ab\nredeploy 42 ab ajar\n", "environment production 43\n", "\n"} {
		if _, err := readAnswers(out); err == nil {
			t.Errorf("%q is read", out)
		}
	}
	all, err := readAnswers("environment production 43 ab\nredeploy 42 cd closed irreversible\n\tRefused (irreversible): between 42 and\n\t    a.sql\n\t  Why:  so\n\t  Next: go on\n\t  If the guard is wrong: https://x\n\tNote: older\nhotfix hotfix/43 ab open\nmerge-back 43 there\n")
	if err != nil || len(all) != 1 || len(all[0].all) != 2 || all[0].mergeBack != "there" || !all[0].all[1].open {
		t.Fatalf("%+v %v", all, err)
	}
	r := readRefusal(all[0].all[0].said)
	if r.Found != "between 42 and" || !slices.Equal(r.More, []string{"a.sql"}) || r.Why != "so" || r.Next != "go on" || !slices.Equal(r.Notes, []string{"older"}) {
		t.Errorf("%+v", r)
	}
}
