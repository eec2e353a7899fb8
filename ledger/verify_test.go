package ledger_test

import (
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/ledger"
)

// What is in order has no finding, and each thing that is wrong has its own.
func TestVerify(t *testing.T) {
	t.Parallel()
	a, b := strings.Repeat("a", 40), strings.Repeat("b", 40)
	names := ledger.Names{Scheme: "sequence", Candidate: ledger.Pattern{Prefix: "candidate/"}, Release: ledger.Pattern{Prefix: "release/"}, Line: ledger.Pattern{Prefix: "hotfix/"},
		MergeBack: "merge-back/", Production: []string{"production"}, BeforeCandidate: []string{"dev"}}
	type world struct {
		state, production string
		entries           []ledger.Entry
		refs              ledger.Refs
	}
	tests := map[string]struct {
		change func(w *world)
		kind   ledger.Kind // "" for nothing
		about  string
	}{
		"in order":                    {func(*world) {}, "", ""},
		"a reservation is gone":       {func(w *world) { w.state = strings.Replace(w.state, "reserved 43 "+a+"\n", "", 1) }, ledger.Record, "1"},
		"a candidate is gone":         {func(w *world) { w.state = strings.Replace(w.state, "candidate 43 "+a+"\n", "", 1) }, ledger.Record, "2"},
		"it was accepted":             {func(w *world) { w.state = "accepted 3\nreserved 43 " + a + "\n" }, "", ""},
		"what ran is gone":            {func(w *world) { w.production, w.refs.Heads = "version 43\ncommit "+a+"\n", nil }, ledger.Record, "3"},
		"another version runs":        {func(w *world) { w.production = strings.Replace(w.production, "version 43", "version 42", 1) }, ledger.Record, "production"},
		"nothing says what was asked": {func(w *world) { w.entries[1].Kind = "reserved" }, ledger.Evidence, "3"},
		"a check did not pass":        {func(w *world) { w.entries[1].Checks[0].Outcome = "failed" }, ledger.Evidence, "3"},
		"of dev nothing is asked":     {func(w *world) { w.entries[1].Kind, w.entries[2].Environment, w.production = "reserved", "dev", "" }, "", ""},
		"a tag moved":                 {func(w *world) { w.refs.Tags[0].Commit = b }, ledger.Position, "candidate/43"},
		"a release tag is gone":       {func(w *world) { w.refs.Tags = w.refs.Tags[:1] }, ledger.Position, "43"},
		"a tag names a lost entry":    {func(w *world) { w.refs.Tags[1].Entry = b }, ledger.Seen, "release/43"},
		"that is acknowledged":        {func(w *world) { w.refs.Tags[1].Entry = b; w.state += "acknowledged " + b + "\n" }, "", ""},
		"a tag of nothing":            {func(w *world) { w.refs.Tags = append(w.refs.Tags, ledger.Tag{Name: "release/9", Commit: b}) }, ledger.Unknown, "release/9"},
		"a person's tag":              {func(w *world) { w.refs.Tags = append(w.refs.Tags, ledger.Tag{Name: "release/nine", Commit: b}) }, "", ""},
		"a branch of nothing": {func(w *world) {
			w.refs.Heads = append(w.refs.Heads, ledger.Head{Name: "merge-back/9-to-44", Commit: b})
		}, ledger.Unknown, "merge-back/9-to-44"},
		"a damaged line": {func(w *world) { w.state += "due production\n" }, ledger.Damaged, "state"},
	}
	for name, tt := range tests {
		w := &world{
			state: "reserved 43 " + a + "\ncandidate 43 " + a + "\n", production: "version 43\ncommit " + a + "\npast 43 " + a + " - - - -\n",
			entries: []ledger.Entry{{ID: "1", Kind: "reserved", Version: "43", Commit: a}, {ID: "2", Kind: "candidate", Version: "43", Commit: a, Checks: []ledger.Check{{Name: "unit", Outcome: "passed"}}},
				{ID: "3", Kind: "passed", Flow: "delivery", Environment: "production", Version: "43", Commit: a}},
			refs: ledger.Refs{Tags: []ledger.Tag{{Name: "candidate/43", Commit: a, Entry: "1"}, {Name: "release/43", Commit: a, Entry: "2"}}, Heads: []ledger.Head{{Name: "hotfix/43", Commit: a}, {Name: "main", Commit: b}}},
		}
		tt.change(w)
		files := ledger.Files{"state": []byte(w.state)}
		environment := w.entries[2].Environment
		if w.production != "" {
			files["environments/production"] = []byte(w.production)
		} else {
			files["environments/"+environment] = []byte("version 43\ncommit " + a + "\npast 43 " + a + " - - - -\n")
			w.refs = ledger.Refs{}
		}
		now, err := ledger.Read(files, "")
		if err != nil {
			t.Fatal(err)
		}
		newest := []ledger.Entry{w.entries[2], w.entries[1], w.entries[0]}
		found := ledger.Verify(now, newest, &w.refs, names)
		switch {
		case tt.kind == "" && len(found) > 0:
			t.Errorf("%s: %+v", name, found)
		case tt.kind != "" && (len(found) != 1 || found[0].Kind != tt.kind || found[0].About != tt.about || found[0].Next == ""):
			t.Errorf("%s: it finds %+v, and not %s of %s", name, found, tt.kind, tt.about)
		}
	}
}

// Entries follow one another, and each is the script's.
func TestVerifyChain(t *testing.T) {
	t.Parallel()
	b := &ledger.Branch{Name: "fettle/ledger"}
	chain := func() []ledger.Entry {
		return []ledger.Entry{{ID: "3", Parents: []string{"2"}, Kind: "passed"}, {ID: "2", Parents: []string{"1"}, Kind: "begin"}, {ID: "1", Kind: "reserved"}}
	}
	for name, change := range map[string]func(all []ledger.Entry){
		"a merge":              func(all []ledger.Entry) { all[0].Parents = []string{"2", "9"} },
		"a second beginning":   func(all []ledger.Entry) { all[1].Parents = nil },
		"a commit by somebody": func(all []ledger.Entry) { all[1].Kind = "" },
		"":                     func([]ledger.Entry) {},
	} {
		all := chain()
		change(all)
		if found := ledger.VerifyChain(b, all); len(found) > 0 != (name != "") || len(found) > 1 || name != "" && found[0].Kind != ledger.Chain {
			t.Errorf("%s: %+v", name, found)
		}
	}
}
