package ledger

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf8"
)

// Clock is how times are printed.
const Clock = "2006-01-02 15:04"

// ListText prints entries for reading, one a line.
func ListText(w io.Writer, entries []Entry) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "UTC\tENTRY\tVERSION\tENVIRONMENT\tFLOW\tBY\tWHY\tLEDGER COMMIT")
	for _, e := range entries {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.Time.Format(Clock), e.Kind, dash(full(e.Component, e.Version)), dash(full(e.Component, e.Environment)), dash(e.Flow), dash(who(e.Actor, e.Approvers)), dash(e.why()), Short(e.ID))
	}
	return t.Flush()
}

func full(component, name string) string {
	if component == "" || name == "" {
		return name
	}
	return component + "/" + name
}

func dash(s string) string { return cmp.Or(s, "-") }

// who started it, and who approved.
func who(actor, approvers string) string {
	if approvers == "" {
		return actor
	}
	return strings.TrimSpace(actor + " (" + approvers + ")")
}

// why is the incident and the reason, and what else an entry is about.
func (e *Entry) why() string {
	var parts []string
	for _, s := range []string{e.Incident, e.Hold, e.BreakGlass, e.Freeze, e.Decision, e.Reason} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return shorten(strings.Join(parts, ": "), 60)
}

// shorten cuts a text to as many letters.
func shorten(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

// Short is a commit as git abbreviates it.
func Short(commit string) string { return commit[:min(7, len(commit))] }

// Text prints all that the ledger has of a version.
func (s *Story) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, commit %s\n", full(s.Component, s.Version), dash(s.Commit))
	if s.Incident != "" {
		fmt.Fprintf(&b, "Incident: %s\n", s.Incident)
	}
	for _, c := range s.Checks {
		fmt.Fprintf(&b, "Check %s: %s%s\n", c.Name, c.Outcome, after(", evidence ", c.Evidence))
	}
	for _, waived := range s.Waivers {
		fmt.Fprintf(&b, "Waived: %s\n", waived)
	}
	for _, stay := range s.Stays {
		fmt.Fprintf(&b, "%s: %s\n", full(s.Component, stay.Environment), stay.words())
	}
	for _, environment := range s.Open {
		fmt.Fprintf(&b, "%s: a deployment of it did not end\n", full(s.Component, environment))
	}
	for _, environment := range s.Withdrawn {
		fmt.Fprintf(&b, "%s: it was withdrawn there\n", full(s.Component, environment))
	}
	for _, environment := range s.Due {
		fmt.Fprintf(&b, "%s: it is due there\n", full(s.Component, environment))
	}
	if len(s.Stays)+len(s.Open) == 0 {
		b.WriteString("It ran nowhere.\n")
	}
	b.WriteString("\n")
	if _, err := io.WriteString(w, b.String()); err != nil {
		return err
	}
	return ListText(w, s.Entries)
}

func (s Stay) words() string {
	until := "until now"
	if !s.Until.IsZero() {
		until = "until " + s.Until.Format(Clock)
	}
	out := s.From.Format(Clock) + " UTC " + until + ", by " + s.Flow
	out += after(", started by ", s.Actor) + after(", approved by ", s.Approvers) + after(", incident ", s.Incident)
	return out + after(": ", s.Reason)
}

// after is a text behind a word, and nothing where there is none.
func after(word, text string) string {
	if text == "" {
		return ""
	}
	return word + text
}

// VerdictText prints what is wrong.
func VerdictText(w io.Writer, v Verdict) error {
	var b strings.Builder
	for _, f := range v.Findings {
		fmt.Fprintf(&b, "%s: %s: %s\n  Next: %s\n", f.Kind, f.About, f.Text, f.Next)
	}
	if len(v.Findings) == 0 {
		fmt.Fprintf(&b, "The ledger %s is in order: %d entries, up to %s.\n", v.Ledger, v.Entries, Short(v.Head))
	} else {
		fmt.Fprintf(&b, "\nThe ledger %s, %d entries up to %s: %d findings.\n", v.Ledger, v.Entries, Short(v.Head), len(v.Findings))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Age is a time that has passed, in words: "3 hours", "2 days".
func Age(d time.Duration) string {
	of := func(n int, unit string) string {
		if n == 1 {
			return "1 " + unit
		}
		return fmt.Sprintf("%d %ss", n, unit)
	}
	switch {
	case d < time.Minute:
		return "less than a minute"
	case d < 2*time.Hour:
		return of(int(d/time.Minute), "minute")
	case d < 48*time.Hour:
		return of(int(d/time.Hour), "hour")
	default:
		return of(int(d/(24*time.Hour)), "day")
	}
}
