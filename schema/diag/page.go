package diag

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Page is what there is to know of a code: what it means, why it matters, a
// wrong example and a right one. An example is a whole policy or the blocks
// of one that matter.
type Page struct {
	Code         Code
	Number       string // in the catalogue of what must not be; of a compiler's code there may be several, separated by commas
	Text         string // paragraphs
	Wrong, Right string
}

// ParsePage reads a page: paragraphs, then the line "Wrong:" with an example
// that is indented, then "Right:" with another. It is Markdown as it is, and
// what stands in the comment of a rule's package.
func ParsePage(code Code, source string) (*Page, error) {
	text, rest, wrong := strings.Cut(source, "\nWrong:\n")
	before, after, right := strings.Cut(rest, "\nRight:\n")
	p := &Page{Code: code, Text: strings.TrimSpace(text), Wrong: unindent(before), Right: unindent(after)}
	if !wrong || !right || p.Text == "" || p.Wrong == "" || p.Right == "" {
		return nil, fmt.Errorf("the page of %s needs a text, and an example after each of \"Wrong:\" and \"Right:\"", code)
	}
	return p, nil
}

// EmbeddedDocs reads a package's folder docs, one file a code. A page that
// cannot be read is a defect that every test shows.
func EmbeddedDocs(files embed.FS) []*Page {
	entries, err := files.ReadDir("docs")
	if err != nil {
		panic(err)
	}
	var out []*Page
	for _, e := range entries {
		src, err := files.ReadFile(path.Join("docs", e.Name()))
		if err != nil {
			panic(err)
		}
		p, err := ParsePage(Code(strings.TrimSuffix(e.Name(), ".md")), string(src))
		if err != nil {
			panic(err)
		}
		out = append(out, p)
	}
	return out
}

// PageOf returns the page of a code, or nil.
func PageOf(pages []*Page, code Code) *Page {
	if i := slices.IndexFunc(pages, func(p *Page) bool { return p.Code == code }); i >= 0 {
		return pages[i]
	}
	return nil
}

// Summary is the first sentence of a page.
func (p *Page) Summary() string {
	first, _, more := strings.Cut(strings.Join(strings.Fields(p.Text), " "), ". ")
	if more {
		return first + "."
	}
	return first
}

// String is the page for a terminal.
func (p *Page) String() string {
	name := string(p.Code)
	if p.Number != "" {
		name += ", " + p.Number
	}
	return fmt.Sprintf("%s\n\n%s\n\nWrong:\n\n%s\n\nRight:\n\n%s\n", name, p.Text, indent(p.Wrong), indent(p.Right))
}

// Markdown is the page for a host and for the documentation, without a heading.
func (p *Page) Markdown() string {
	return fmt.Sprintf("%s\n\nWrong:\n\n```hcl\n%s\n```\n\nRight:\n\n```hcl\n%s\n```\n", p.Text, p.Wrong, p.Right)
}

func indent(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "    " + line
		}
	}
	return strings.Join(lines, "\n")
}

// unindent takes the margin of an example away: a tab or four blanks.
func unindent(text string) string {
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	for i, line := range lines {
		if cut, tab := strings.CutPrefix(line, "\t"); tab {
			lines[i] = cut
		} else {
			lines[i] = strings.TrimPrefix(line, "    ")
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n ")
}
