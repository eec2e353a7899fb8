package fettle_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/fettle-ci/fettle/"

// arrows are who may import whom: packages of the program, and behind them those
// that only tests import. A star stands for one part of a path.
var arrows = map[string][]string{
	"cmd/fettle":          {"generators", "report", "starter", "rehearse", "rehearse/scenario", "lint", "lint/weakening", "generators/gen", "generators/settings", "generators/script", "advise", "dispatch", "ledger", "flow", "schema", "schema/format", "schema/syntax", "schema/language", "schema/diag", "schema/regex"},
	"generators":          {"generators/azure", "generators/github", "generators/gitlab", "generators/jenkins", "generators/script", "generators/gen", "lint", "lint/rules", "flow", "schema", "schema/diag"},
	"generators/azure":    {"generators/gen", "flow", "schema/diag", "schema/regex"},
	"generators/github":   {"generators/gen", "flow", "schema/diag", "schema/regex"},
	"generators/gitlab":   {"generators/gen", "flow", "schema/diag", "schema/regex"},
	"generators/jenkins":  {"generators/gen", "flow", "schema/diag", "schema/regex"},
	"generators/script":   {"generators/gen", "flow"},
	"generators/settings": {"generators/gen", "flow", "schema/regex"},
	"generators/gen":      {"templates", "flow", "schema/diag", "schema/regex"},
	"lint":                {"flow", "schema", "schema/eval", "schema/diag", "schema/regex"},
	"rehearse":            {"rehearse/scenario", "generators/gen", "flow"},
	"rehearse/scenario":   {"generators/gen", "flow"}, // it calls a shell
	"report":              {"generators/gen", "flow", "schema/language"},
	"advise":              {"generators/gen", "ledger", "flow"}, // what the release script answers, with what the ledger and the policy say
	"dispatch":            {"generators/settings", "generators/gen", "ledger", "flow", "schema/regex"},
	"ledger":              {},
	"starter":             {},
	"lint/weakening":      {"lint", "lint/rules", "flow", "schema", "schema/language", "schema/diag"}, // how much a rule weighs by itself, the rule says
	"lint/rules":          {"lint", "lint/rules/*"},
	"lint/rules/*":        {"lint", "flow", "schema", "schema/eval", "schema/language", "schema/diag", "schema/regex"},
	"flow":                {"schema", "schema/eval", "schema/language", "schema/diag", "schema/regex"},
	"schema":              {"library", "schema/language", "schema/syntax", "schema/format", "schema/eval", "schema/diag", "schema/regex"},
	"schema/format":       {"schema/syntax", "schema/language", "schema/diag"},
	"schema/eval":         {"schema/language", "schema/diag", "schema/regex"}, // it knows no blocks: what a command is, it asks
	"schema/syntax":       {"schema/language", "schema/diag", "schema/regex"},
	"schema/language":     {"schema/diag", "schema/regex"}, // tables: nothing of a policy
	"schema/diag":         {},
	"schema/regex":        {},
	"library":             {}, // texts of the language: what is built in is read like any other library
	"templates":           {},

	// What tests alone need.
	"internal/test/bench":      {"internal/test/history"}, // measures, for docs/performance.md
	"internal/test/bench/bare": {},                        // what it is compared with
	"internal/test/errexit":    {},
	"internal/test/graph":      {"flow"},
	"internal/test/groovy":     {},
	"internal/test/host":       {},
	"internal/test/history":    {"generators", "generators/gen", "schema", "schema/syntax", "internal/test/wire"},
	"internal/test/linttest":   {"lint", "flow", "schema", "schema/format", "schema/syntax", "schema/diag"},
	"internal/test/render":     {"generators", "schema", "schema/syntax"}, // writes what an earlier revision generates
	"internal/test/wire":       {},
}

func TestArrows(t *testing.T) {
	eachGoFile(t, func(path string) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		from := filepath.ToSlash(filepath.Dir(path))
		allowed, known := allowedFor(from)
		if !known {
			t.Errorf("%s: the package is not in the table", from)
		}
		for _, to := range importsOf(t, path) {
			if !slices.ContainsFunc(allowed, func(a string) bool { return matches(a, to) }) {
				t.Errorf("%s imports %s", path, to)
			}
		}
	})
}

// What no package of the program imports is for tests, and lies where a reader
// sees it.
func TestEveryPackageIsUsed(t *testing.T) {
	used := map[string]bool{"cmd/fettle": true}
	packages := map[string]bool{}
	eachGoFile(t, func(path string) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		packages[filepath.ToSlash(filepath.Dir(path))] = true
		for _, to := range importsOf(t, path) {
			used[to] = true
		}
	})
	for name := range packages {
		if !used[name] && !strings.HasPrefix(name, "internal/test/") {
			t.Errorf("%s: only tests import it; it belongs into internal/test", name)
		}
	}
}

// The imports of a file stand in up to three groups: the standard library's,
// those of other modules, and ours.
func TestImportGroups(t *testing.T) {
	eachGoFile(t, func(path string) {
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		origin, line := 0, 0
		for _, i := range file.Imports {
			of, at := originOf(i.Path.Value), files.Position(i.Pos()).Line
			if line > 0 && (of < origin || of > origin && at == line+1 || of == origin && at > line+1) {
				t.Errorf("%s:%d: the import %s stands in the wrong group: first the standard library, then other modules, then this one", path, at, i.Path.Value)
			}
			origin, line = of, at
		}
	})
}

// originOf is the group that an import belongs to.
func originOf(quoted string) int {
	name := strings.Trim(quoted, `"`)
	first, _, _ := strings.Cut(name, "/")
	switch {
	case strings.HasPrefix(name, module):
		return 2
	case strings.Contains(first, "."):
		return 1
	default:
		return 0
	}
}

func eachGoFile(t *testing.T, look func(path string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".go") {
			look(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func allowedFor(from string) ([]string, bool) {
	if a, ok := arrows[from]; ok {
		return a, true
	}
	for pattern, a := range arrows {
		if matches(pattern, from) {
			return a, true
		}
	}
	return nil, false
}

func matches(pattern, name string) bool {
	ok, err := filepath.Match(pattern, name)
	return err == nil && ok
}

func importsOf(t *testing.T, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, i := range file.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if rest, ours := strings.CutPrefix(name, module); ours {
			out = append(out, rest)
		}
	}
	return out
}
