package generators_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/internal/test/linttest"
	"github.com/fettle-ci/fettle/schema/diag"
)

// baseFile has the blocks that complete an example.
const baseFile = "../testdata/diagnostics/base.hcl"

// Every wrong example is told its code and nothing else; every right one
// compiles without a word. The example of drift is a generated file: the
// command line's tests make one.
func TestPages(t *testing.T) {
	for _, p := range generators.Docs() {
		if p.Code == "drift" {
			continue
		}
		t.Run(string(p.Code), func(t *testing.T) {
			_, diags := compileExample(t, p.Wrong)
			if len(diags) != 1 || diags[0].Code != p.Code {
				t.Errorf("the wrong example is told:\n%s", diagnosticsText(diags))
			}
			if _, diags := compileExample(t, p.Right); len(diags) > 0 {
				t.Errorf("the right example is told:\n%s", diagnosticsText(diags))
			}
		})
	}
}

// compileExample completes an example with the blocks of a small policy. One
// that begins with "# The whole policy" is complete. Other files and other
// policies stand behind it, as in testdata/invalid.
func compileExample(t *testing.T, example string) (*generators.Repository, diag.Diagnostics) {
	t.Helper()
	ins, _ := wrongPolicy(string(completed(t, example)))
	return generators.CompileAll(ins, nil)
}

func completed(t *testing.T, example string) []byte {
	t.Helper()
	base, err := os.ReadFile(baseFile)
	must(t, err)
	return linttest.Complete(example, string(base))
}

// Every code that a message of the program has is one with a page, and every
// page is one of a code.
func TestEveryCodeHasAPage(t *testing.T) {
	codes := codesOf(t)
	pages := map[string]bool{}
	for _, p := range generators.Docs() {
		if pages[string(p.Code)] {
			t.Errorf("two pages for %s", p.Code)
		}
		pages[string(p.Code)] = true
		if codes[string(p.Code)] == "" {
			t.Errorf("%s has a page, and no message has the code", p.Code)
		}
	}
	for code, path := range codes {
		if !pages[code] {
			t.Errorf("%s: %q has no page: write one into the folder docs beside it", path, code)
		}
	}
}

var (
	literalCode = regexp.MustCompile(`(?:[Pp]roblem\(|Code: |code diag\.Code = )"([a-z-]+[a-z])"`)
	kindOfName  = regexp.MustCompile(`(?:[Uu]nknownName|[Rr]eferences?)\("([a-z]+)"`) // their code is unknown-KIND
)

// codesOf reads the codes from the program's text, with a file for each.
func codesOf(t *testing.T) map[string]string {
	t.Helper()
	codes := map[string]string{}
	for _, pattern := range []string{"../schema/*.go", "../schema/*/*.go", "../flow/*.go", "*.go", "*/*.go", "../lint/*.go", "../lint/rules/*/*.go"} {
		for _, path := range glob(t, pattern) {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			src, err := os.ReadFile(path)
			must(t, err)
			for _, m := range literalCode.FindAllStringSubmatch(string(src), -1) {
				codes[m[1]] = path
			}
			for _, m := range kindOfName.FindAllStringSubmatch(string(src), -1) {
				codes["unknown-"+m[1]] = path
			}
		}
	}
	if len(codes) < 60 {
		t.Fatalf("only %d codes found", len(codes))
	}
	return codes
}
