package script_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// beforeHost is a host with what an older fettle left (testdata/before): 40 and 41
// delivered, and the hotfix 41.1 merged back.
func beforeHost(t *testing.T, s script.Config) *host {
	t.Helper()
	h := newHost(t, s)
	stream, err := os.ReadFile("../../testdata/before/repository.stream")
	if err != nil {
		t.Fatal(err)
	}
	h.git("", "init", "--quiet", "--bare", "--initial-branch=main", h.remote+".old")
	c := exec.Command("git", "fast-import", "--quiet")
	c.Dir, c.Stdin = h.remote+".old", strings.NewReader(string(stream))
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	h.remote += ".old"
	h.git(h.work, "remote", "set-url", "origin", h.remote)
	h.on("main")
	return h
}

// A repository of before goes on under this script. Under the script of before
// it goes on again as long as nothing is due: then that one refuses all, since
// it would deliver without it.
func TestLedgerOfBefore(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]func(h *host, older, newer string){
		"nothing that is due is lost": func(h *host, older, newer string) {
			h.begun("third", "c.txt")
			h.correct("41.1", "settle") // what had begun is due now
			h.more("fourth", "d.txt")
			h.candidate("delivery")
			head := h.git(h.remote, "rev-parse", "fettle/ledger")
			h.file = older
			for _, args := range [][]string{{"begin", "production"}, {"settle", "production", "43", "Looked"}, {"hold", "production", "Stop"}, {"identify", "delivery"}} {
				if out, code := h.op("delivery", args...); code != 3 || !strings.Contains(out, "the ledger has format 3 and this script knows 2") {
					h.t.Errorf("%v: exit %d\n%s", args, code, out)
				}
			}
			if now := h.git(h.remote, "rev-parse", "fettle/ledger"); now != head {
				h.t.Error("the older script wrote")
			}
			h.file = newer
			h.deploy("delivery")
		},
		"there and back": func(h *host, older, newer string) {
			h.begun("third", "c.txt")
			h.correct("41.1", "settle")
			h.more("fourth", "d.txt")
			h.release("delivery") // it has what was due
			for _, file := range []string{older, newer, older} {
				h.file = file
				h.more("by "+filepath.Base(file), filepath.Base(file))
				h.commit("again", "again.txt", h.git(h.work, "rev-parse", "HEAD"))
				h.push("main")
				h.release("delivery")
			}
			h.file = newer
			h.redeploy("41.1")
			h.more("fifth", "e.txt")
			h.candidate("delivery")
			h.refused("were withdrawn with", "delivery", "begin", "production")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := beforeHost(t, settings())
			older := filepath.Join(filepath.Dir(h.file), "older.sh")
			write(t, older, h.git(h.work, "show", "origin/main:.fettle/release.sh")+"\n", 0o755)
			if out := h.ok("operate", "status"); !strings.Contains(out, "production: 41.1") {
				t.Error(out)
			}
			run(h, older, h.file)
		})
	}
}
