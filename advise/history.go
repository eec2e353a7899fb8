package advise

import (
	"strings"

	"github.com/fettle-ci/fettle/ledger"
)

// Commit is one, for reading.
type Commit struct {
	ID      string `json:"id"`
	Author  string `json:"author"`
	Subject string `json:"subject"`
}

// History is the part of a repository's that the answers differ in.
type History struct {
	order   []string // the newest first
	commits map[string]Commit
	parents map[string][]string
}

// HistoryFormat is how git log prints a history, with -z.
const HistoryFormat = "%H%n%P%n%an%n%s"

// ReadHistory reads what git log -z prints in that form.
func ReadHistory(out string) *History {
	h := &History{commits: map[string]Commit{}, parents: map[string][]string{}}
	for record := range strings.SplitSeq(strings.TrimSuffix(out, "\x00"), "\x00") {
		f := strings.SplitN(record, "\n", 4)
		if len(f) < 4 {
			continue
		}
		h.order = append(h.order, f[0])
		h.commits[f[0]] = Commit{f[0], ledger.Harmless(f[2]), ledger.Harmless(f[3])}
		h.parents[f[0]] = strings.Fields(f[1])
	}
	return h
}

// Between are the commits that one lacks and any of the others has, the newest first.
func (h *History) Between(lacks string, has ...string) []Commit {
	with := h.commitsIn(has, h.commitsIn([]string{lacks}, nil))
	var out []Commit
	for _, id := range h.order {
		if with[id] {
			out = append(out, h.commits[id])
		}
	}
	return out
}

// commitsIn are the commits of the history that some contain, without others.
func (h *History) commitsIn(next []string, without map[string]bool) map[string]bool {
	out := map[string]bool{}
	for len(next) > 0 {
		id := next[len(next)-1]
		next = next[:len(next)-1]
		if _, known := h.commits[id]; !known || out[id] || without[id] {
			continue
		}
		out[id] = true
		next = append(next, h.parents[id]...)
	}
	return out
}
