package e2e

import (
	"bytes"
	"fmt"
	"math"
	"math/rand"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/fettle-ci/fettle/internal/test/wire"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// TestTraffic is a gate that needs no clock: what the hotfix of scenario 04 asks
// of its host on each target, its checkouts too, is not more than the file says,
// and not much less: what gets cheaper is written down (UPDATE=yes).
//
// FETTLE_COMMITS and FETTLE_MIB say how many commits the mainline has before, and
// how much they carry that does not compress: then the figures are printed, and
// nothing is demanded. A hosted machine has nothing yet when a job checks out;
// Jenkins' agents keep their workspaces, here as there.
func TestTraffic(t *testing.T) {
	if os.Getenv("FETTLE_E2E") == "" {
		t.Skip("make e2e runs it")
	}
	commits, mib := number("FETTLE_COMMITS"), number("FETTLE_MIB")
	alone := commits > 0 || os.Getenv("UPDATE") != "" // a disk for one large history; one file
	if !alone {
		t.Parallel()
	}
	engines := []engine{github{}, gitlab{}, azure{}, jenkins{}}
	if _, err := exec.LookPath("groovy"); err == nil {
		engines[3] = jenkins{controller: newController(t)}
	}
	for _, e := range engines {
		t.Run(e.name(), func(t *testing.T) {
			if !alone {
				t.Parallel()
			}
			if missing := e.missing(); missing != "" {
				if os.Getenv("FETTLE_E2E") == "required" {
					t.Fatalf("%s is not installed", missing)
				}
				t.Skipf("%s is not installed", missing)
			}
			w := newWorld(t, e, t.TempDir())
			w.overWire = "yes"
			w.aged(commits, mib)
			all, until := w.hotfixTraffic(t)
			t.Logf("%s: %s", e.name(), describeTraffic(all, until))
			if commits == 0 {
				demandTraffic(t, e.name(), all, until)
			}
		})
	}
}

func number(variable string) int {
	n, _ := strconv.Atoi(os.Getenv(variable)) // none is 0
	return n
}

func kib(t wire.Traffic) float64 { return float64(t.Up+t.Down) / 1024 }

// deploys is what a policy's command calls first that deploys.
func (w *world) deploys(http.ResponseWriter, *http.Request) {
	if w.deployed != nil {
		w.deployed()
	}
}

// hotfixTraffic carries scenario 04 out, and tells what travelled from the push of
// the hotfix to its end, and until the command that deploys it to production.
func (w *world) hotfixTraffic(t *testing.T) (all, until wire.Traffic) {
	t.Helper()
	var once sync.Once
	list := scenarios(t)
	s := list[slices.IndexFunc(list, func(s scenario.Scenario) bool { return s.Name == "04-hotfix" })]
	for i, line := range s.Lines {
		switch line {
		case "policy shop":
			line += fmt.Sprintf(` "\"./deploy.sh" "\"curl --silent %s/deploys && ./deploy.sh"`, w.server.URL)
		case "push hotfix/43":
			w.deployed = func() { once.Do(func() { until = w.traffic.Now() }) }
			w.traffic.Take()
		}
		w.line(t, fmt.Sprintf("%s.txt:%d", s.Name, i+1), line)
	}
	must(t, w.EverythingEnds())
	if number("FETTLE_COMMITS") == 0 {
		w.compare(t, s)
	}
	return w.traffic.Take(), until
}

const trafficFormat = "%d round trips, %d requests, %f KiB; until it deploys %d round trips, %d requests, %f KiB"

func describeTraffic(all, until wire.Traffic) string {
	return fmt.Sprintf(strings.ReplaceAll(trafficFormat, "%f", "%.0f"), all.Trips, all.Requests, kib(all), until.Trips, until.Requests, kib(until))
}

// aged gives the mainline a past.
func (w *world) aged(commits, mib int) {
	w.t.Helper()
	if commits == 0 {
		return
	}
	random := rand.New(rand.NewSource(1))
	blob := make([]byte, mib<<20/commits)
	c := exec.Command("git", "-c", "fastimport.unpackLimit=0", "fast-import", "--quiet")
	c.Dir = w.Dev
	in, err := c.StdinPipe()
	must(w.t, err)
	var said bytes.Buffer
	c.Stderr = &said
	must(w.t, c.Start())
	for i := range commits {
		random.Read(blob)
		fmt.Fprintf(in, "commit refs/heads/main\ncommitter Dev <dev@example.com> %d +0000\ndata 3\nOldM 100644 inline old/%d.bin\ndata %d\n%s\n", 1500000000+i, i%50, len(blob), blob)
	}
	must(w.t, in.Close())
	if err := c.Wait(); err != nil {
		w.t.Fatal(err, said.String())
	}
	w.git(w.Dev, "reset", "--quiet", "--hard")
	w.git(w.Dev, "push", "--quiet", "origin", "main")
}

const trafficFile = "../testdata/e2e/traffic.txt"

// demandTraffic compares with the line of a target. Jobs that run side by side see
// more or less of each other, and what an object is packed into
// differs by some bytes from run to run.
func demandTraffic(t *testing.T, target string, all, until wire.Traffic) {
	t.Helper()
	content, err := os.ReadFile(trafficFile)
	must(t, err)
	lines := strings.Split(string(content), "\n")
	i := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, target+":") })
	if os.Getenv("UPDATE") != "" {
		lines[i] = target + ": " + describeTraffic(all, until)
		must(t, os.WriteFile(trafficFile, []byte(strings.Join(lines, "\n")), 0o644))
		return
	}
	var wanted [2]wire.Traffic
	var sizes [2]float64
	if _, err := fmt.Sscanf(strings.TrimPrefix(lines[i], target+": "), trafficFormat, &wanted[0].Trips, &wanted[0].Requests, &sizes[0], &wanted[1].Trips, &wanted[1].Requests, &sizes[1]); err != nil {
		t.Fatal(err)
	}
	for k, now := range []wire.Traffic{all, until} {
		if now.Trips != wanted[k].Trips || abs(now.Requests-wanted[k].Requests) > 2 || math.Abs(kib(now)-sizes[k]) > 0.03*sizes[k] {
			t.Errorf("%s says %s", trafficFile, lines[i])
		}
	}
}

func abs(n int) int { return max(n, -n) }
