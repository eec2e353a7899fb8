package ledger_test

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/fettle-ci/fettle/ledger"
)

const state = `reserved 43 0123
glass glass-1 run-44 production 43.1 INC 7, the second
openedby glass-1 pat
glass glass-2 run-45 production 44 INC-8
openedby glass-2 
something that a later script writes
opened glass-1 1000 2026-11-25T01:00:00Z production 43.1
openedby glass-1 Ana of Sales
openedby glass-1 pat
opened glass-2 2000 2026-11-26T01:00:00Z production 44
`

const production = `version 43.1
commit 0123
base 43
run https://ci.example.com/44
flow hotfix
time 2026-11-25T01:00:00Z
intent 44 4567 run-45 delivery
past 43 89ab - - - -
past 43.1 0123 43 - - -
`

func TestRead(t *testing.T) {
	t.Parallel()
	files := ledger.Files{"state": []byte(state), "environments/production": []byte(production), "environments/dev": []byte("intent 44 4567 run-45 delivery\n"),
		"environments/pay/production": []byte("version 9\ncommit 1\n"), "components/pay": []byte("glass glass-1 run-1 production 9 INC-1\r\nopened glass-1 5 2026-11-25T02:00:00+01:00 production 9\r\n")}
	got, err := ledger.Read(files, "")
	if err != nil {
		t.Fatal(err)
	}
	opened := time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC)
	intent := []ledger.Intent{{Version: "44", Commit: "4567", Run: "run-45", Flow: "delivery"}}
	past := []ledger.Former{{Version: "43", Commit: "89ab"}, {Version: "43.1", Commit: "0123", Base: "43"}}
	want := &ledger.Ledger{
		Environments: []ledger.Environment{
			{Name: "dev", Intents: intent},
			{Name: "production", Version: "43.1", Commit: "0123", Base: "43", Run: "https://ci.example.com/44", Flow: "hotfix", Time: "2026-11-25T01:00:00Z", Intents: intent, Past: past},
		},
		Reserved: []ledger.Version{{Version: "43", Commit: "0123"}},
		Others:   []string{"something"},
		Glasses: []ledger.Glass{
			{ID: "glass-1", Run: "run-44", Environment: "production", Version: "43.1", Incident: "INC 7, the second", By: []string{"pat", "Ana of Sales"}},
			{ID: "glass-2", Run: "run-45", Environment: "production", Version: "44", Incident: "INC-8"},
		},
		Reviews: []ledger.Review{
			{ID: "glass-1", Environment: "production", Version: "43.1", Incident: "INC 7, the second", By: []string{"pat", "Ana of Sales"}, Opened: opened, Deadline: time.Unix(1000, 0).UTC()},
			{ID: "glass-2", Environment: "production", Version: "44", Incident: "INC-8", Opened: opened.AddDate(0, 0, 1), Deadline: time.Unix(2000, 0).UTC()},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("it says\n%+v\nand should say\n%+v", got, want)
	}
	if r := got.Reviews[0]; r.Overdue(time.Unix(999, 0)) || !r.Overdue(time.Unix(1000, 0)) {
		t.Error("a review is overdue from its deadline on, as the script has it")
	}

	pay, err := ledger.Read(files, "pay")
	if err != nil || len(pay.Environments) != 1 || pay.Environments[0].Version != "9" || len(pay.Reviews) != 1 || !pay.Reviews[0].Opened.Equal(opened) {
		t.Errorf("%+v %v", pay, err)
	}
	if none, err := ledger.Read(nil, "pay"); err != nil || len(none.Environments)+len(none.Reviews) != 0 {
		t.Errorf("%+v %v", none, err)
	}
}

// A line that is damaged is said, with where it is, and the rest is read.
func TestDamage(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		files ledger.Files
		want  string
	}{
		"no deadline":  {ledger.Files{"state": []byte("\nopened glass-1 soon 2026-11-25T01:00:00Z production 43\n")}, `state:2: the deadline "soon"`},
		"no time":      {ledger.Files{"state": []byte("opened glass-1 5 today production 43\n")}, `state:1: "today" is no time`},
		"no id":        {ledger.Files{"state": []byte("opened ::error 5 2026-11-25T01:00:00Z production 43\n")}, `state:1: ":" names no break glass`},
		"cut off":      {ledger.Files{"state": []byte("opened glass-1 5\n")}, "state:1: opened has 2 words and needs 5"},
		"no incident":  {ledger.Files{"state": []byte("glass glass-1 run production 43\n")}, "state:1: glass has 4 words and needs 5"},
		"no person":    {ledger.Files{"state": []byte("openedby glass-1\n")}, "state:1: openedby has 1 words and needs 2"},
		"no flow":      {ledger.Files{"environments/dev": []byte("version 43\ncommit 0123\nintent 43 0123 run\n")}, "environments/dev:3: intent has 3 words and needs 4"},
		"no commit":    {ledger.Files{"environments/dev": []byte("version 43\n")}, "environments/dev:1: it has not one version and one commit"},
		"two versions": {ledger.Files{"environments/dev": []byte("version 43\ncommit 01\nversion 44\ncommit 02\n")}, "environments/dev:1: it has not one version and one commit"},
		"no version":   {ledger.Files{"state": []byte("withdrawn production 01 02\n")}, "state:1: withdrawn has 3 words and needs 4"},
	}
	for name, tt := range tests {
		tt.files["environments/production"] = []byte(production)
		got, err := ledger.Read(tt.files, "")
		if err != nil || len(got.Damage) != 1 || !strings.HasPrefix(got.Damage[0].String(), tt.want) {
			t.Errorf("%s: it says %v %+v and should begin with %s", name, err, got.Damage, tt.want)
			continue
		}
		if e := got.Environment("production"); e == nil || e.Version != "43.1" || len(e.Past) != 2 {
			t.Errorf("%s: the rest is read as %+v", name, e)
		}
	}
}

// A newer format is named as such, and nothing of it is guessed at.
func TestNewerFormat(t *testing.T) {
	t.Parallel()
	for state, want := range map[string]string{"format 2\nformat 4\n": `state:2: the format is "4"`, "format x\n": `state:1: the format is "x"`} {
		if got, err := ledger.Read(ledger.Files{"state": []byte(state)}, ""); got != nil || err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %+v %v", state, got, err)
		}
	}
}

// Whatever somebody pushed, nothing that is read of it does anything to who
// reads it, and what cannot be read is an error.
func FuzzRead(f *testing.F) {
	f.Add("environments/production", []byte(production), "state", []byte(state), "")
	f.Add("environments/pay/production", []byte("version ::error::43\n"), "components/pay", []byte("glass glass-1 r production 43 ###vso[x]\x1b[2J\u202e\nopened glass-1 9223372036854775807 2026-11-25T01:00:00Z production 43"), "pay")
	f.Add("environments/\x1b[2J", []byte("intent \xff ##[error] x y"), "state", []byte("format ::::"), "")
	f.Fuzz(func(t *testing.T, environment string, e []byte, path string, s []byte, component string) {
		got, err := ledger.Read(ledger.Files{environment: e, path: s}, component)
		if err != nil {
			harmless(t, err.Error())
			return
		}
		for _, d := range got.Damage {
			harmless(t, d.String())
		}
		for _, e := range got.Environments {
			harmless(t, e.Name, e.Version, e.Commit, e.Flow, e.Time)
			for _, i := range e.Intents {
				harmless(t, i.Version, i.Commit, i.Run, i.Flow)
			}
		}
		for _, r := range got.Reviews {
			harmless(t, append(r.By, r.ID, r.Environment, r.Version, r.Incident, r.Deadline.Format(time.RFC1123))...)
		}
	})
}

func harmless(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(s, "##") || strings.Contains(s, "::") || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("%q", s)
		}
	}
}

// A few entries explain what is so now, or they do not: then all are read.
func TestExplained(t *testing.T) {
	t.Parallel()
	now := &ledger.Ledger{
		Environments: []ledger.Environment{{Name: "production", Version: "43", Intents: []ledger.Intent{{Version: "44", Run: "run-44"}}}, {Name: "dev"}},
		Holds:        []ledger.Hold{{ID: "hold-1", Environment: "production"}},
	}
	entries := []ledger.Entry{{Kind: "begin", RunID: "run-44", Environment: "production"}, {Kind: "hold", Hold: "hold-1"}, {Kind: "settle", Environment: "production"}}
	if !now.Explained(entries) {
		t.Error("all is said")
	}
	for i := range entries {
		if now.Explained(append(append([]ledger.Entry{}, entries[:i]...), entries[i+1:]...)) {
			t.Errorf("nothing says what %+v says", entries[i])
		}
	}
	if entries[2].Component = "pay"; now.Explained(entries) {
		t.Error("another component says it")
	}
}
