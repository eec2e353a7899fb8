package e2e

import (
	"bytes"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/internal/test/wire"
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
	engines := []engine{github{}, gitlab{}, azure{}, jenkins{}}
	if _, err := exec.LookPath("groovy"); err == nil {
		engines[3] = jenkins{controller: newController(t)}
	}
	for _, e := range engines {
		t.Run(e.name(), func(t *testing.T) {
			if missing := e.missing(); missing != "" {
				if os.Getenv("FETTLE_E2E") == "required" {
					t.Fatalf("%s is not installed", missing)
				}
				t.Skipf("%s is not installed", missing)
			}
			w := newWorld(t, e, t.TempDir())
			w.overWire = "yes"
			w.aged(commits, mib)
			now := w.hotfixTraffic(t)
			t.Logf("%s: %d round trips, %d requests, %.1f KiB", e.name(), now.Trips, now.Requests, kib(now))
			if commits == 0 {
				demandTraffic(t, e.name(), now)
			}
		})
	}
}

func number(variable string) int {
	n, _ := strconv.Atoi(os.Getenv(variable)) // none is 0
	return n
}

func kib(t wire.Traffic) float64 { return float64(t.Up+t.Down) / 1024 }

// hotfixTraffic carries scenario 04 out, and tells what travelled from the push of
// the hotfix on.
func (w *world) hotfixTraffic(t *testing.T) wire.Traffic {
	t.Helper()
	all := scenarios(t)
	s := all[slices.IndexFunc(all, func(s scenario) bool { return s.name == "04-hotfix" })]
	for i, line := range s.lines {
		if line == "push hotfix/43" {
			w.traffic.Take()
		}
		w.line(t, fmt.Sprintf("%s.txt:%d", s.name, i+1), line)
	}
	w.everythingEnded(t)
	if number("FETTLE_COMMITS") == 0 {
		w.compare(t, s)
	}
	return w.traffic.Take()
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
	c.Dir = w.dev
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
	w.git(w.dev, "reset", "--quiet", "--hard")
	w.git(w.dev, "push", "--quiet", "origin", "main")
}

const trafficFile = "../testdata/e2e/traffic.txt"

// demandTraffic compares with the line of a target. What an object is packed into
// differs by some bytes from run to run.
func demandTraffic(t *testing.T, target string, now wire.Traffic) {
	t.Helper()
	content, err := os.ReadFile(trafficFile)
	must(t, err)
	lines := strings.Split(string(content), "\n")
	i := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, target+":") })
	if os.Getenv("UPDATE") != "" {
		lines[i] = fmt.Sprintf("%s: %d round trips, %d requests, %.0f KiB", target, now.Trips, now.Requests, kib(now))
		must(t, os.WriteFile(trafficFile, []byte(strings.Join(lines, "\n")), 0o644))
		return
	}
	var trips, requests int
	var size float64
	if _, err := fmt.Sscanf(strings.TrimPrefix(lines[i], target+":"), "%d round trips, %d requests, %f KiB", &trips, &requests, &size); err != nil {
		t.Fatal(err)
	}
	if now.Trips != trips || now.Requests != requests || kib(now) > size*1.03 || kib(now) < size*0.97 {
		t.Errorf("%s says %s", trafficFile, lines[i])
	}
}
