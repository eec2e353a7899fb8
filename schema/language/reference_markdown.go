package language

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Markdown is the whole reference as a page.
func (r *Reference) Markdown() string {
	var b strings.Builder
	b.WriteString(`<!-- Written by: UPDATE=1 go test ./schema -run TestReference. Change the tables in schema/. -->
# Reference

Every block and attribute of a policy, every function, every run-time value, and what rules may ask. ` + "`fettle explain environment.deploy`" + `
prints one entry.

`)
	b.WriteString("## Blocks\n\n")
	for _, e := range r.Blocks {
		e.markdown(&b, 3)
	}
	b.WriteString("## What attributes take\n\n| kind | |\n| --- | --- |\n")
	for _, k := range r.Kinds {
		row(&b, k.Name, k.Doc)
	}
	b.WriteString("\n## Run-time values\n\nThey are known only when the pipeline runs. Use them in any text that becomes a command: `\"./deploy.sh ${release.version}\"`. They travel\nthrough locals, lists, `for` expressions and conditionals; a function, a comparison or an index needs its values now and takes none.\n\n| value | |\n| --- | --- |\n")
	for _, v := range r.RunValues {
		row(&b, code(v.Name), v.Doc)
	}
	b.WriteString("\n## Functions\n\nThey work on what is known when compiling. What a function gives is bounded by what it gets, 256 KiB at most.\n\n| function | | for example | gives |\n| --- | --- | --- | --- |\n")
	for _, f := range r.Functions {
		row(&b, code(f.Signature), f.Doc, code(f.Example), code(f.Result))
	}
	b.WriteString("\n## What rules may ask\n\nThe condition of a `rule` knows, beside variables, locals and functions, these objects. `environment` and `check` are objects by label:\n`alltrue([for e in environment : length(e.approvals) > 0 if e.tier == \"production\"])`.\n\n| value | | |\n| --- | --- | --- |\n")
	for _, f := range r.Facts {
		row(&b, code(f.Path), f.Kind, f.Doc)
	}
	return b.String()
}

func (e *BlockEntry) markdown(b *strings.Builder, level int) {
	fmt.Fprintf(b, "%s %s\n\n%s\n\n", strings.Repeat("#", level), e.Path, e.summary())
	fmt.Fprintf(b, "```hcl\n%s```\n\n", e.small(""))
	if len(e.Attributes) > 0 {
		b.WriteString("| attribute | takes | default | for example | |\n| --- | --- | --- | --- | --- |\n")
		for _, a := range e.Attributes {
			row(b, code(a.Name), a.Kind, a.fallback(), code(a.Example), a.meaning())
		}
		b.WriteString("\n")
	}
	for _, c := range e.Blocks {
		c.markdown(b, level+1)
	}
}

// summary is what the block is, and how often it stands.
func (e *BlockEntry) summary() string {
	switch {
	case e.Once:
		return e.Doc + " Once."
	case e.Labels == 1:
		return e.Doc + " One for each label."
	default:
		return e.Doc
	}
}

// small is the smallest example of a block: what it must have, and nothing
// else. Where it must have nothing, it shows the first attribute.
func (e *BlockEntry) small(indent string) string {
	head := e.Path[strings.LastIndex(e.Path, ".")+1:]
	if e.Labels == 1 {
		head += " \"" + e.Label + "\""
	}
	var lines []AttributeEntry
	for _, a := range e.Attributes {
		if a.Required {
			lines = append(lines, a)
		}
	}
	if len(lines) == 0 && len(e.Attributes) > 0 {
		lines = e.Attributes[:1]
	}
	body := ""
	if e.Free {
		body = indent + "  " + e.Example + "\n"
	}
	width := 0
	for _, a := range lines {
		width = max(width, len(a.Name))
	}
	for _, a := range lines {
		body += fmt.Sprintf("%s  %-*s = %s\n", indent, width, a.Name, a.Example)
	}
	return indent + head + " {\n" + body + indent + "}\n"
}

func (a AttributeEntry) fallback() string {
	if a.Required {
		return "must be there"
	}
	if _, diags := hclsyntax.ParseExpression([]byte(a.Fallback), "", hcl.InitialPos); a.Fallback == "" || diags.HasErrors() {
		return a.Fallback
	}
	return code(a.Fallback)
}

func (a AttributeEntry) meaning() string {
	if a.Values == nil {
		return a.Doc
	}
	return a.Doc + " One of: " + strings.Join(a.Values, ", ") + "."
}

func code(s string) string { return "`" + s + "`" }

func row(b *strings.Builder, cells ...string) {
	for _, c := range cells {
		b.WriteString("| " + strings.ReplaceAll(c, "|", `\|`) + " ")
	}
	b.WriteString("|\n")
}
