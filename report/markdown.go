package report

import (
	"fmt"
	"io"
	"strings"
)

// Markdown prints accounts as a page: for each a table with a column a target,
// and the rules that are answered.
func Markdown(w io.Writer, reports []*Report) error {
	var b strings.Builder
	for i, r := range reports {
		if i > 0 {
			b.WriteByte('\n')
		}
		r.markdown(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "# What is enforced where: %s\n\n", escape(r.heading()))
	fmt.Fprintf(b, "```\n%s\n```\n\n", r.summary())
	fmt.Fprintf(b, "| requirement | %s | answers |\n|%s\n", strings.Join(r.Titles, " | "), strings.Repeat(" --- |", len(r.Titles)+2))
	for _, q := range r.Requirements {
		fmt.Fprintf(b, "| %s |\n", strings.Join(q.cells(), " | "))
	}
	if len(r.Unguarded) > 0 {
		b.WriteString("\n## " + unguardedTitle + "\n\n")
		r.unguardedTable(b)
	}
	b.WriteString("\n## The rules that are answered\n\n")
	for _, s := range r.sources() {
		fmt.Fprintf(b, "- **%s**: %s\n", s.ID, s.Text)
	}
}

func (r *Report) unguardedTable(b *strings.Builder) {
	fmt.Fprintf(b, "| not guarded | %s |\n|%s\n", strings.Join(r.Titles, " | "), strings.Repeat(" --- |", len(r.Titles)+1))
	for _, q := range r.Unguarded {
		cells := q.cells()
		fmt.Fprintf(b, "| %s | %s |\n", escape(q.Text), strings.Join(cells[1:len(cells)-1], " | "))
	}
}

// cells are the columns of a requirement.
func (q Requirement) cells() []string {
	out := []string{escape(q.Text) + " (" + escape(q.location()) + ")"}
	for _, ways := range q.On {
		var lines []string
		for _, way := range ways {
			lines = append(lines, "**"+string(way.How)+"** "+cell(way.sentence()))
		}
		out = append(out, strings.Join(lines, "<br>"))
	}
	return append(out, escape(q.sources()))
}

// sources are the rules that the account answers, each once, in the order of
// the requirements.
func (r *Report) sources() []Source {
	var out []Source
	seen := map[string]bool{}
	for _, q := range r.Requirements {
		for _, s := range q.Answers {
			if !seen[s.ID] {
				seen[s.ID] = true
				out = append(out, s)
			}
		}
	}
	return out
}

// escape keeps the policy's words from being read as Markdown or HTML.
func escape(s string) string {
	return cell(strings.NewReplacer("*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`).Replace(s))
}

// cell keeps a text inside its cell; its own marks stay.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;", ">", "&gt;").Replace(s)
}
