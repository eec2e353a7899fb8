package report

import (
	"fmt"
	"io"
	"strings"
)

// Text prints accounts for a terminal: each requirement, where the policy says
// it, and a line a way and target.
func Text(w io.Writer, reports []*Report) error {
	var b strings.Builder
	for i, r := range reports {
		if i > 0 {
			b.WriteByte('\n')
		}
		r.text(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) text(b *strings.Builder) {
	fmt.Fprintf(b, "%s\n", r.heading())
	for _, q := range r.Requirements {
		q.text(b, r.Targets, "  ("+q.location()+")")
	}
	fmt.Fprintf(b, "\n%s\n", r.summary())
	if len(r.Unguarded) > 0 {
		fmt.Fprintf(b, "\n%s\n", unguardedTitle)
	}
	for _, q := range r.Unguarded {
		q.text(b, r.Targets, "")
	}
}

// text prints what is required, and a line a way and target.
func (q Requirement) text(b *strings.Builder, targets []string, at string) {
	fmt.Fprintf(b, "\n%s%s\n", q.Text, at)
	for i, ways := range q.On {
		for _, way := range ways {
			fmt.Fprintf(b, "  %-8s %-13s %s\n", targets[i], way.How, plainText(way.sentence()))
		}
	}
	if ids := q.sources(); ids != "" {
		fmt.Fprintf(b, "  answers  %s\n", ids)
	}
}

func (r *Report) heading() string {
	if r.Description == "" {
		return r.Policy
	}
	return r.Policy + ": " + r.Description
}

// location is where the policy says it; "" for what the release model requires of
// every policy is the policy's own header.
func (q Requirement) location() string { return fmt.Sprintf("%s:%d", q.At.Filename, q.At.Start.Line) }

func (q Requirement) sources() string {
	var out []string
	for _, s := range q.Answers {
		out = append(out, s.ID)
	}
	return strings.Join(out, "; ")
}

// sentence is what enforces it, and where.
func (w Way) sentence() string {
	if w.Path == "" {
		return w.What
	}
	return fmt.Sprintf("%s:%d: %s", w.Path, w.Line, w.What)
}

// plainText takes the marks of Markdown away that the texts of the table have.
// A star between backquotes is one of the policy's names.
func plainText(s string) string {
	parts := strings.Split(s, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = strings.ReplaceAll(parts[i], "*", "")
	}
	return strings.Join(parts, "")
}

// count is how many requirements a target meets in some way.
func (r *Report) count(target int, how How) int {
	n := 0
	for _, q := range r.Requirements {
		for _, way := range q.On[target] {
			if way.How == how {
				n++
				break
			}
		}
	}
	return n
}

// requirementCount is how many requirements there are: a native part is none.
func (r *Report) requirementCount() int {
	n := 0
	for _, q := range r.Requirements {
		if q.Kind != NativeKind {
			n++
		}
	}
	return n
}

// summary is a line a target. What few policies have is told only where there is some.
func (r *Report) summary() string {
	var b strings.Builder
	for i, t := range r.Targets {
		fmt.Fprintf(&b, "%-8s %d requirements: %d in file, %d by the script, %d need a host setting, %d unsupported",
			t, r.requirementCount(), r.count(i, InFile), r.count(i, Script), r.count(i, HostSetting), r.count(i, Unsupported))
		if n := r.count(i, Compiler); n > 0 {
			fmt.Fprintf(&b, ", %d by the compiler", n)
		}
		if n := r.count(i, Outside); n > 0 {
			fmt.Fprintf(&b, "; native parts in %d jobs", n)
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}
