package library_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fettle-ci/fettle/schema"
)

const (
	docs  = "../docs/libraries.md"
	begin = "<!-- The rest of this page is generated from the libraries: UPDATE=1 go test ./library -->\n"
)

// What docs/libraries.md says of the commands is what the libraries say.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	prose, rest, found := strings.Cut(string(page), begin)
	if !found {
		t.Fatalf("%s has no line %q", docs, begin)
	}
	var b strings.Builder
	for _, name := range names(t) {
		fmt.Fprintf(&b, "\n## builtin:%s\n", name)
		for _, c := range definitions(t, name) {
			describe(&b, name, c)
		}
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(docs, []byte(prose+begin+b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(rest, "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("%s (-page +libraries):\n%s", docs, diff)
	}
}

func describe(b *strings.Builder, library string, c *schema.Definition) {
	fmt.Fprintf(b, "\n### %s::%s\n%s", library, c.Label, c.Description.V)
	if c.OS.V != "" {
		fmt.Fprintf(b, " Runs on %s only.", c.OS.V)
	}
	b.WriteString("\n")
	if len(c.Parameters) > 0 {
		b.WriteString("\n| parameter | takes | if it is not given | option | |\n| --- | --- | --- | --- | --- |\n")
	}
	for _, p := range c.Parameters {
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s |\n", p.Label, takes(p), otherwise(p), optionText(p), p.Description.V)
	}
	fmt.Fprintf(b, "\n```hcl\n%s\n```\n", strings.ReplaceAll(c.Run, "\n  ", "\n"))
}

func takes(p *schema.Parameter) string {
	switch {
	case p.Secret:
		return "secret"
	case len(p.Values) > 0:
		var all []string
		for _, v := range p.Values {
			all = append(all, "`\""+v.V+"\"`")
		}
		return strings.Join(all, " or ")
	default:
		return p.Type.V
	}
}

func otherwise(p *schema.Parameter) string {
	switch {
	case p.Required:
		return "an error"
	case p.Default != "":
		return "`" + p.Default + "`"
	default:
		return "left out"
	}
}

func optionText(p *schema.Parameter) string {
	switch {
	case p.Option.V == "":
		return ""
	case p.Type.V == "list(string)" && p.Separator.V == "":
		return "`" + p.Option.V + "`, once for each"
	case p.Type.V == "list(string)":
		return "`" + p.Option.V + "`, joined by `" + p.Separator.V + "`"
	default:
		return "`" + p.Option.V + "`"
	}
}
