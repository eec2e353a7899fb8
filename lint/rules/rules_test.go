package rules

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/lint"
)

// Every folder is in the list, in the order of codes, and every rule has a page.
func TestListAndFoldersAgree(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var folders []string
	for _, e := range entries {
		if e.IsDir() {
			folders = append(folders, e.Name())
		}
	}
	var listed []string
	for _, r := range All {
		listed = append(listed, strings.ReplaceAll(string(r.Code), "-", ""))
	}
	if !slices.Equal(folders, listed) {
		t.Errorf("folders %v, list %v", folders, listed)
	}
}

func TestEveryRuleHasAPage(t *testing.T) {
	for _, r := range All {
		if !strings.Contains(r.Doc, "// Wrong:") || !strings.Contains(r.Doc, "// Right:") {
			t.Errorf("%s: doc.go shows no wrong and right example", r.Code)
		}
	}
}

// codes are unique: the catalogue is searched by them.
func TestCodesAreUnique(t *testing.T) {
	seen := map[string]*lint.Rule{}
	for _, r := range All {
		if seen[string(r.Code)] != nil {
			t.Errorf("two rules have the code %s", r.Code)
		}
		seen[string(r.Code)] = r
	}
}
