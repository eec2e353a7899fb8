package scenario

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Print is the state, in words that are the same on every engine.
func (w *World) Print() (string, error) {
	var b strings.Builder
	w.printEnvironments(&b)
	p := w.person()
	p.printRefs(&b)
	p.printLedger(&b)
	w.printRequests(&b)
	return b.String(), p.err
}

func (w *World) printEnvironments(b *strings.Builder) {
	b.WriteString("environments\n")
	for _, e := range w.Entries("environments") {
		version, commit, _ := strings.Cut(w.RunsIn(e), " ")
		fmt.Fprintf(b, "  %s runs %s: %s\n", e, version, w.Subject(commit))
	}
	for _, e := range w.Entries("after") {
		after, _ := os.ReadFile(filepath.Join(w.State, "after", e))
		fmt.Fprintf(b, "  %s stands on %s\n", e, strings.TrimSpace(string(after)))
	}
}

// Subject is that of a commit, or the commit where the host has none.
func (w *World) Subject(commit string) string {
	if out, err := w.TryGit(w.Bare, "log", "-1", "--format=%s", commit); err == nil {
		return out
	}
	return commit
}

// older is a commit of the time before fettle, of which a scenario has hundreds.
var older = regexp.MustCompile(`^Old [0-9]+$`)

func (p *person) printRefs(b *strings.Builder) {
	b.WriteString("refs\n")
	tags := 0
	// One look for all of them: a tag stands for the commit that it is of.
	const format = "--format=%(refname) %(if)%(*objectname)%(then)%(*subject)%(else)%(subject)%(end)"
	for line := range strings.Lines(p.git(p.Bare, "for-each-ref", format, "refs/heads", "refs/tags")) {
		ref, subject, _ := strings.Cut(strings.TrimSpace(line), " ")
		if ref == "refs/heads/"+p.Branch {
			continue
		}
		if older.MatchString(subject) && strings.HasPrefix(ref, "refs/tags/") && ref != "refs/tags/release/41" {
			tags++
			continue
		}
		fmt.Fprintf(b, "  %s: %s\n", strings.TrimPrefix(strings.TrimPrefix(ref, "refs/"), "heads/"), subject)
	}
	if tags > 0 {
		fmt.Fprintf(b, "  %d tags of before\n", tags)
	}
}

// Refs are the commits of all branches and tags: "branch main", "tag release/43".
func (w *World) Refs() map[string]string {
	out := map[string]string{}
	refs, _ := w.TryGit(w.Bare, "for-each-ref", "--format=%(refname) %(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)", "refs/heads", "refs/tags")
	for line := range strings.Lines(refs) {
		ref, commit, _ := strings.Cut(strings.TrimSpace(line), " ")
		ref = strings.Replace(strings.Replace(ref, "refs/heads/", "branch ", 1), "refs/tags/", "tag ", 1)
		out[ref] = commit
	}
	return out
}

// Ledger are the subjects of its entries, in order.
func (w *World) Ledger() []string {
	out, err := w.TryGit(w.Bare, "log", "--reverse", "--format=%s", "refs/heads/"+w.Branch)
	if err != nil || out == "" {
		return nil
	}
	return strings.Split(out, "\n")
}

func (p *person) printLedger(b *strings.Builder) {
	b.WriteString("ledger\n")
	entries := p.Ledger()
	if len(entries) == 0 {
		return
	}
	slices.SortStableFunc(entries, func(a, b string) int { return strings.Compare(ofComponent(a), ofComponent(b)) }) // they run side by side
	b.WriteString("  " + strings.Join(entries, "\n  ") + "\n")
}

var qualified = regexp.MustCompile(`([a-z-]+)/`)

// ofComponent is whose entry it is, or "".
func ofComponent(entry string) string {
	if m := qualified.FindStringSubmatch(entry); m != nil {
		return m[1]
	}
	return ""
}

func (w *World) printRequests(b *strings.Builder) {
	for i, q := range w.Requests() {
		if i == 0 {
			b.WriteString("requests\n")
		}
		fmt.Fprintf(b, "  %s\n", q)
	}
}

// String says what the request is for.
func (q *Request) String() string {
	if q.Issue {
		return "issue: " + q.Title
	}
	text := q.Head + " to " + q.Base + ": " + q.Title
	if q.Draft {
		text += ", a draft"
	}
	return text
}
