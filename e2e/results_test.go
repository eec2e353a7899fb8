package e2e

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// table is what every scenario came to on every engine.
type table struct {
	mu    sync.Mutex
	about map[string]string            // scenario to its first line
	cells map[string]map[string]string // scenario to engine to result
}

var results = &table{about: map[string]string{}, cells: map[string]map[string]string{}}

func (r *table) add(s scenario.Scenario, engine string, t *testing.T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cells[s.Name] == nil {
		r.cells[s.Name] = map[string]string{}
	}
	r.about[s.Name] = s.About
	r.cells[s.Name][engine] = "passed"
	if t.Failed() {
		r.cells[s.Name][engine] = "**failed**"
	}
}

const page = "../docs/scenarios.md"

// TestMain writes the table when FETTLE_RESULTS asks for it, and otherwise
// leaves the page alone: it records what ran, not what should.
func TestMain(m *testing.M) {
	code := m.Run()
	if os.Getenv("FETTLE_RESULTS") != "" {
		if err := results.write(page); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

const begin = "<!-- results -->\n"

func (r *table) write(file string) error {
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, _, _ := strings.Cut(string(old), begin)
	var b strings.Builder
	b.WriteString(head + begin + "| scenario | GitHub on act | GitLab on gitlab-ci-local | Azure on an emulator | Jenkins on an emulator | fettle rehearse |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, name := range slices.Sorted(keys(r.cells)) {
		fmt.Fprintf(&b, "| %s: %s |", name, r.about[name])
		for _, engine := range []string{"github", "gitlab", "azure", "jenkins", "rehearse"} {
			result := r.cells[name][engine]
			if result == "" {
				result = "not run"
			}
			fmt.Fprintf(&b, " %s |", result)
		}
		b.WriteString("\n")
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}

func keys(m map[string]map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}
