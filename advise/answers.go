// Package advise says what can be done now about a production that is broken: which
// of the three answers is open, what each would do, and how it is started.
//
// Whether an answer is open is not decided here. The release script is asked, by its
// operation advise, which runs the guards that a deployment would meet: a twin of
// them in Go would be a second opinion, and wrong on the night when it matters. This
// package adds what the ledger, the history and the policy say.
package advise

import (
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/ledger"
)

// answers are what the script says of an environment.
type answers struct {
	environment, version, commit string
	all                          []answer
	mergeBack                    string // there, missing, abandoned, unknown; "" where nothing is said
}

// answer is what it says of one: redeploy VERSION, hotfix BRANCH, delivery BRANCH.
type answer struct {
	kind, name, commit string
	open               bool
	guard              string   // that closes it; "-" where it is no guard
	said               []string // in the guard's own words
}

// readAnswers reads what the operation advise prints for programs.
func readAnswers(out string) ([]*answers, error) {
	var all []*answers
	for text := range strings.Lines(out) {
		text = strings.TrimRight(text, "\n")
		if err := readAnswer(&all, text); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func readAnswer(all *[]*answers, text string) error {
	wrong := fmt.Errorf("the release script said %q, which this fettle does not know. Ask the script itself: sh release.sh advise; or use the fettle that generated it", text)
	f := strings.Fields(text)
	if len(*all) == 0 && (len(f) == 0 || f[0] != "environment") {
		return wrong
	}
	var now *answers
	if n := len(*all); n > 0 {
		now = (*all)[n-1]
	}
	switch {
	case strings.HasPrefix(text, "\t"):
		if len(now.all) == 0 {
			return wrong
		}
		last := &now.all[len(now.all)-1]
		last.said = append(last.said, strings.TrimPrefix(text, "\t"))
	case len(f) == 4 && f[0] == "environment":
		*all = append(*all, &answers{environment: f[1], version: ledger.Value(f[2]), commit: ledger.Value(f[3])})
	case len(f) == 3 && f[0] == "merge-back":
		now.mergeBack = f[2]
	case len(f) == 4 && f[3] == "open":
		now.all = append(now.all, answer{kind: f[0], name: f[1], commit: ledger.Value(f[2]), open: true})
	case len(f) == 5 && f[3] == "closed":
		now.all = append(now.all, answer{kind: f[0], name: f[1], commit: ledger.Value(f[2]), guard: f[4]})
	default:
		return wrong
	}
	return nil
}

// refusal is what a guard said, without where to read what to do when it is wrong.
type refusal struct {
	Found string   `json:"found"`
	More  []string `json:"more,omitempty"` // what it lists: commits, files
	Why   string   `json:"why"`
	Next  string   `json:"next"`
	Notes []string `json:"notes,omitempty"`
}

// readRefusal takes a refusal of the script apart, and what it notes beside.
func readRefusal(said []string) refusal {
	var r refusal
	for _, text := range said {
		switch trimmed := strings.TrimSpace(text); {
		case strings.HasPrefix(text, "Refused"):
			_, r.Found, _ = strings.Cut(text, ": ")
		case strings.HasPrefix(text, "  Why:  "):
			r.Why = strings.TrimPrefix(text, "  Why:  ")
		case strings.HasPrefix(text, "  Next: "):
			r.Next = strings.TrimPrefix(text, "  Next: ")
		case strings.HasPrefix(text, "Note: "):
			r.Notes = append(r.Notes, strings.TrimPrefix(text, "Note: "))
		case strings.HasPrefix(text, "  If the guard is wrong: "), trimmed == "":
		case r.Why == "":
			r.More = append(r.More, trimmed)
		}
	}
	return r
}
