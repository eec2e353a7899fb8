package advise

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/ledger"
)

// jsonFormat is raised when a field of what is printed changes its meaning; new
// fields may come without it.
const jsonFormat = 1

// JSON prints advice for programs: one object.
func JSON(w io.Writer, read Read, all []*Advice) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		FormatVersion int       `json:"format_version"`
		Read          Read      `json:"read"`
		Environments  []*Advice `json:"environments"`
	}{jsonFormat, read, all})
}

// most is how many commits are listed of an answer.
const most = 5

// Text prints advice for reading: what runs and what to do first, then the rest.
func Text(w io.Writer, read Read, all []*Advice, now time.Time) error {
	var b strings.Builder
	for i, a := range all {
		if i > 0 {
			b.WriteString("\n")
		}
		a.text(&b, now)
	}
	fmt.Fprintf(&b, "\nRead from %s, entry %s, %s.\n", read.Ref, ledger.Short(read.Entry), read.age(now))
	if read.Script != "" {
		fmt.Fprintf(&b, "Answered by %s.\n", read.Script)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Read) age(now time.Time) string {
	if r.Fetched.IsZero() {
		return "never fetched here; --fetch asks the host"
	}
	return "fetched " + ledger.Age(now.Sub(r.Fetched)) + " ago; --fetch asks the host again"
}

func (a *Advice) text(b *strings.Builder, now time.Time) {
	name := a.Policy
	if a.Component != "" {
		name = a.Component
	}
	fmt.Fprintf(b, "%s, %s: %s\n", name, a.Environment, a.Runs.words(now))
	if a.Before != "" {
		fmt.Fprintf(b, "Before it ran %s.\n", a.Before)
	}
	a.Recommended.text(b, a)
	if len(a.InTheWay) > 0 {
		b.WriteString("\nIN THE WAY\n")
		for _, text := range a.InTheWay {
			fmt.Fprintf(b, "  %s\n", text)
		}
	}
	b.WriteString("\nREDEPLOY a version that ran before\n")
	if len(a.Redeploys) == 0 {
		b.WriteString("  closed: there is none.\n")
	}
	shown := false
	for i := range a.Redeploys {
		r := &a.Redeploys[i]
		r.text(b, "takes out", !shown)
		shown = shown || r.Open
	}
	b.WriteString("\nHOTFIX of what runs\n")
	a.Hotfix.text(b, "the branch has", true)
	b.WriteString("\nFIX FORWARD\n")
	for i := range a.Forward {
		a.Forward[i].text(b, "brings", true)
	}
}

func (r *Runs) words(now time.Time) string {
	if r == nil {
		return "nothing yet"
	}
	out := fmt.Sprintf("%s (%s), by %s", r.Version, ledger.Short(r.Commit), r.Flow)
	if !r.Since.IsZero() {
		out += fmt.Sprintf(" since %s UTC (%s)", r.Since.Format(ledger.Clock), ledger.Age(now.Sub(r.Since)))
	}
	for _, part := range [][2]string{{", started by ", r.Actor}, {", approved by ", r.Approvers}, {", incident ", r.Incident}} {
		if part[1] != "" {
			out += part[0] + part[1]
		}
	}
	return out
}

// titles are what the answers are called.
var titles = map[string]string{"redeploy": "redeploy", "hotfix": "hotfix on", "delivery": "fix forward on"}

func (c Choice) text(b *strings.Builder, a *Advice) {
	if c.Name == "" {
		fmt.Fprintf(b, "\nRECOMMENDED: %s\n", c.Why)
		return
	}
	fmt.Fprintf(b, "\nRECOMMENDED: %s %s\n  Why: %s\n", titles[c.Kind], c.Name, c.Why)
	for _, all := range [][]Answer{a.Redeploys, {a.Hotfix}, a.Forward} {
		for _, one := range all {
			if one.Kind == c.Kind && one.Name == c.Name && one.After != "" {
				fmt.Fprintf(b, "  Afterwards: %s\n", one.After)
			}
		}
	}
}

// text is an answer: whether it is open, what it does, and how it starts.
func (a *Answer) text(b *strings.Builder, has string, whole bool) {
	if !a.Open {
		a.writeRefusal(b)
		return
	}
	fmt.Fprintf(b, "  %s: open%s\n", a.Name, a.countText(has))
	for _, n := range a.Notes {
		fmt.Fprintf(b, "    Note: %s\n", n)
	}
	if !whole {
		return
	}
	for i, c := range a.Commits {
		if i == most {
			fmt.Fprintf(b, "    and %d more\n", len(a.Commits)-most)
			break
		}
		fmt.Fprintf(b, "    %s %s: %s\n", ledger.Short(c.ID), c.Author, c.Subject)
	}
	for _, s := range a.Start {
		fmt.Fprintf(b, "    $ %s\n", s)
	}
	if a.Button != "" {
		fmt.Fprintf(b, "    or: %s\n", a.Button)
	}
	if len(a.Gates) > 0 {
		fmt.Fprintf(b, "    Then: %s.\n", strings.Join(a.Gates, "; "))
	}
	for _, waived := range a.Waived {
		fmt.Fprintf(b, "    Left out: %s\n", waived)
	}
}

// Does is what an open answer does, and what follows, without how it is started.
func (a *Answer) Does() string {
	has := "brings"
	if a.Kind == "redeploy" {
		has = "takes out"
	}
	plain := *a
	plain.Start, plain.Button = nil, ""
	var b strings.Builder
	plain.text(&b, has, true)
	if a.After != "" {
		fmt.Fprintf(&b, "    Afterwards: %s\n", a.After)
	}
	return b.String()
}

func (a *Answer) countText(has string) string {
	switch len(a.Commits) {
	case 0:
		return ", " + has + " nothing"
	case 1:
		return ", " + has + " 1 commit"
	default:
		return fmt.Sprintf(", %s %d commits", has, len(a.Commits))
	}
}

func (a *Answer) writeRefusal(b *strings.Builder) {
	by := ""
	if a.Guard != "-" {
		by = " (" + a.Guard + ")"
	}
	name := a.Name + ": "
	if a.Name == "-" || a.Name == "" { // no version runs that could have a branch
		name = ""
	}
	fmt.Fprintf(b, "  %sclosed%s: %s\n", name, by, a.Refusal.Found)
	for i, text := range a.Refusal.More {
		if i == most {
			fmt.Fprintf(b, "    and %d more\n", len(a.Refusal.More)-most)
			break
		}
		fmt.Fprintf(b, "    %s\n", text)
	}
	if a.Refusal.Next != "" {
		fmt.Fprintf(b, "    Next: %s\n", a.Refusal.Next)
	}
}
