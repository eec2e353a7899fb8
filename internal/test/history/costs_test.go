package history_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/internal/test/history"
)

const costs = "testdata/costs.txt"

// TestCosts is the gate that needs no clock: what each operation of the script
// starts and asks of the host, after 2 versions and after 500, is what the file
// says, exactly. So nothing may grow with the number of versions, and what gets
// cheaper is written down (UPDATE=1) and stays so.
func TestCosts(t *testing.T) {
	if os.Getenv("FETTLE_LONG") == "" {
		t.Skip("it takes long: FETTLE_LONG=yes runs it, as .ci/run does")
	}
	place, err := history.NewPlace(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var found [2]string
	for i, versions := range []int{2, 500} {
		b, err := place.Bench(history.Size{Versions: versions}, history.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Count(); err != nil {
			t.Fatal(err)
		}
		found[i] = table(b.Costs())
	}
	if found[0] != found[1] {
		t.Errorf("it grows with the number of versions. At 2:\n%s\nAt 500:\n%s", found[0], found[1])
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(costs, []byte(found[1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(costs)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(found[1]) {
		if !strings.Contains(string(want), line) {
			t.Errorf("not in %s: %s", costs, line)
		}
	}
	if found[1] != string(want) {
		t.Errorf("%s has other operations than those that were carried out", costs)
	}
}

func table(all []*history.Cost) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-34s %8s %11s %8s\n", "operation", "programs", "round trips", "requests")
	for _, c := range all {
		fmt.Fprintf(&b, "%-34s %8d %11d %8d\n", c.Operation, len(c.Programs), c.Traffic.Trips, c.Traffic.Requests)
	}
	return b.String()
}
