package fettle_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// bare are participles that were names of functions. What such a function returns,
// a reader had to look up: a noun says it, or a verb what is done.
const bare = `
answered approved asked broken built called changed checked chosen clocked closed completed computed counted damaged
demanded deployed ended escaped excepted exported filled filtered folded formatted found gained given gone grown guarded
handed hidden indented judged kept known left listed lit locked looked lost meant measured mirrored named needed
numbered opened owed paired passed picked placed pointed prefixed proposed protected provided quoted reached recorded
refused remembered requested required requoted said scheduled sealed seeded settled shared shortened shown started
stored taught titled told tried trimmed unapproved unclosed underscored unescaped unjudged unmarked unquoted unsaid
untagged unused used verified wrapped written
`

// A function is not named by a participle alone. One that answers yes or no may
// be (waived), and one that makes the message about something (unnamed).
func TestFunctionsSayWhatTheyReturn(t *testing.T) {
	names := strings.Fields(bare)
	eachGoFile(t, func(path string) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, is := d.(*ast.FuncDecl)
			if is && slices.Contains(names, strings.ToLower(f.Name.Name)) && !sayable(f) {
				t.Errorf("%s: %s: name it by what it returns", files.Position(f.Pos()), f.Name.Name)
			}
		}
	})
}

// sayable tells whether the result makes a sentence of a participle.
func sayable(f *ast.FuncDecl) bool {
	if f.Type.Results == nil || len(f.Type.Results.List) != 1 {
		return false
	}
	return slices.Contains([]string{"bool", "*diag.Diagnostic", "diag.Diagnostics"}, types.ExprString(f.Type.Results.List[0].Type))
}
