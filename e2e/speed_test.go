//go:build unix

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fettle-ci/fettle/rehearse/scenario"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// storefrontStory is what `fettle rehearse` tells of examples/storefront, as lines: `fettle rehearse --init` writes them so.
const storefrontStory = `commit main "First version" first-version.txt="First version"
push main
43 approved by lead for production/release
43 succeeds
commit hotfix/1 "Repair the defect" repair-the-defect.txt="Repair the defect" body="Incident: INC0001"
push hotfix/1
44 approved by lead for production/release
44 succeeds
merge main merge-back/1.1
push main quietly
commit main "Another feature" another-feature.txt="Another feature"
push main
45 approved by lead for production/release
45 succeeds
dispatch redeploy environment=production version=1.1 reason="3 is slow"
46 approved by lead for production/release
46 succeeds
commit main "One more feature" one-more-feature.txt="One more feature"
push main
47 fails "Refused (withdrawn)"`

// storefrontMake stands for what the example's commands build and test.
const storefrontMake = `dist:
	mkdir -p dist
	echo app > dist/app.txt
test:
	mkdir -p build/junit
	echo '<testsuite><testcase name="it adds"/></testsuite>' > build/junit/unit.xml
.PHONY: dist test
`

// TestSpeed compares fettle rehearse with the engines of the targets, in turn in one run: the story of examples/storefront with act, and
// scenario 04-hotfix with all of them. It prints the figures for docs/performance.md, and demands nothing: `make speed`.
func TestSpeed(t *testing.T) {
	if os.Getenv("FETTLE_SPEED") == "" {
		t.Skip("make speed runs it")
	}
	rounds := max(number("FETTLE_SPEED"), 3)
	program := filepath.Join(t.TempDir(), "fettle")
	if out, err := exec.Command("go", "build", "-o", program, "../cmd/fettle").CombinedOutput(); err != nil {
		t.Fatalf("fettle does not build: %s", out)
	}
	story := &contest{names: []string{"`fettle rehearse`", "act"}, play: []func(t *testing.T){
		func(t *testing.T) { rehearseStorefront(t, program) },
		func(t *testing.T) { playStorefront(t, github{}) },
	}}
	hotfix := &contest{}
	var four scenario.Scenario
	for _, s := range scenarios(t) {
		if s.Name == "04-hotfix" {
			four = s
		}
	}
	for _, e := range []struct {
		name string
		of   func() engine
	}{
		{"`fettle rehearse`", func() engine { return newRehearsed() }}, {"act", func() engine { return github{} }}, {"gitlab-ci-local", func() engine { return gitlab{} }},
		{"Azure's emulator", func() engine { return azure{} }}, {"Jenkins' emulator", func() engine { return jenkins{controller: newController(t)} }},
	} {
		if missing := e.of().missing(); missing != "" {
			t.Logf("%s is not measured: %s is not installed", e.name, missing)
			continue
		}
		hotfix.names = append(hotfix.names, e.name)
		hotfix.play = append(hotfix.play, func(t *testing.T) { must(t, newWorld(t, e.of(), t.TempDir()).Play(four, 0)) })
	}
	for range rounds {
		story.round(t)
		hotfix.round(t)
	}
	fmt.Printf("The story of examples/storefront, %d rounds:\n\n%s\nScenario 04-hotfix, %d rounds:\n\n%s", rounds, story, rounds, hotfix)
}

// rehearseStorefront is the command as a person calls it.
func rehearseStorefront(t *testing.T, program string) {
	c := exec.Command(program, "-C", "../examples/storefront", "rehearse")
	c.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
	if out, err := c.CombinedOutput(); err != nil || !strings.Contains(string(out), "Refused (withdrawn)") {
		t.Fatalf("%v: %s", err, out)
	}
}

// playStorefront is the same story on an engine, which runs the commands too.
func playStorefront(t *testing.T, e engine) {
	w := newWorld(t, e, t.TempDir())
	src, err := os.ReadFile("../examples/storefront/release.hcl")
	must(t, err)
	w.generate([]schema.Input{{Sources: []syntax.Source{{Name: "release.hcl", Bytes: src}}}})
	for _, name := range []string{"smoke.sh", "notify.sh"} {
		content, err := os.ReadFile("../examples/storefront/" + name)
		must(t, err)
		w.write(name, string(content))
	}
	w.write("Makefile", storefrontMake)
	must(t, w.Play(scenario.Read("storefront", "# The story of examples/storefront.\n"+storefrontStory), 0))
}

// contest are engines that do the same thing, in turn.
type contest struct {
	names []string
	play  []func(t *testing.T)
	took  [][]cost // by round
}

// cost is what one of them took: on the clock, and of the processors with everything that it started.
type cost struct{ wall, processor time.Duration }

func (c *contest) round(t *testing.T) {
	t.Helper()
	var out []cost
	for i, play := range c.play {
		before, begin := processor(), time.Now()
		if !t.Run(strings.Trim(c.names[i], "`"), play) {
			t.FailNow()
		}
		out = append(out, cost{time.Since(begin), processor() - before})
	}
	c.took = append(c.took, out)
}

// processor is the time of this process and of all that it has waited for.
func processor() time.Duration {
	var total time.Duration
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if syscall.Getrusage(who, &u) == nil {
			total += time.Duration(u.Utime.Nano() + u.Stime.Nano())
		}
	}
	return total
}

// String is the table: medians, and the median of the ratios to the first.
func (c *contest) String() string {
	var b strings.Builder
	b.WriteString("| engine | wall time | processor time | rehearse takes of its wall time | of its processor time |\n| --- | --- | --- | --- | --- |\n")
	for i, name := range c.names {
		var wall, processor, ofWall, ofProcessor []float64
		for _, round := range c.took {
			wall = append(wall, round[i].wall.Seconds())
			processor = append(processor, round[i].processor.Seconds())
			ofWall = append(ofWall, round[0].wall.Seconds()/round[i].wall.Seconds())
			ofProcessor = append(ofProcessor, round[0].processor.Seconds()/round[i].processor.Seconds())
		}
		if strings.HasPrefix(name, "Jenkins") { // its controller is a process that outlives the scenario, and is not waited for
			fmt.Fprintf(&b, "| %s | %.1f s | not measured | %.2f | not measured |\n", name, median(wall), median(ofWall))
			continue
		}
		fmt.Fprintf(&b, "| %s | %.1f s | %.1f s | %.2f | %.2f |\n", name, median(wall), median(processor), median(ofWall), median(ofProcessor))
	}
	return b.String()
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}
