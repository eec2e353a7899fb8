package script_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// shows: the request has these words, in the log, which is all that most CI systems
// show, and on the page of the run.
func (h *host) shows(flow string, words ...string) {
	h.t.Helper()
	page := filepath.Join(h.t.TempDir(), "page.md")
	h.asked["RELEASE_SUMMARY"] = page
	out := h.ok(flow, "request", "production")
	delete(h.asked, "RELEASE_SUMMARY")
	text, err := os.ReadFile(page)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, w := range words {
		if !strings.Contains(out, w) {
			h.t.Errorf("the log has no %q:\n%s", w, out)
		}
		if rest, isFirst := strings.CutPrefix(w, "which runs "); isFirst {
			w = "- runs now: " + strings.SplitN(rest, ".", 2)[0]
		}
		if !strings.Contains(strings.ReplaceAll(string(text), "**", ""), w) {
			h.t.Errorf("the page has no %q:\n%s", w, text)
		}
	}
}

// Who approves a hotfix reads what is waived and what it leaves to do; who approves the
// delivery after it reads which commits of production it has as others, and what cannot
// be taken back.
func TestRequestShowsWhatFollows(t *testing.T) {
	t.Parallel()
	s := settings()
	s.Waivers = []script.Waiver{{Check: "soak", Reason: "It takes a night"}}
	s.Irreversible = []string{"migrations/**"}
	s.MergeBack.Mode = "cherry-pick"
	h := newHost(t, s)
	h.release("delivery")
	h.ok("operate", "hold", "production", "Look first")
	h.fixOn("hotfix/43", "fix.txt")
	h.candidate("hotfix")
	h.shows("hotfix", "which runs 43.", "- asked for by pat, by the flow hotfix", "- waived: soak It takes a night", "Comes to production, commits: 1", "- production is held: hold-1",
		"- afterwards: 43.1 is merged back to main; until then a delivery is refused")
	h.deploy("hotfix")
	h.ok("operate", "resume", "production", "hold-1", "Looked")
	h.more("second", "migrations/1.sql")
	h.git(h.work, "cherry-pick", "-x", "origin/hotfix/43.1")
	h.push("main")
	h.candidate("delivery")
	h.shows("delivery", "which runs 43.1.", "Comes to production, commits: 2", "Runs in production now, and is here as other commits, commits: 1", "cannot be taken back", "migrations/1.sql")
}

// The page that shows all changes is the forge's, without what else is in the address of
// the remote.
func TestComparePage(t *testing.T) {
	t.Parallel()
	for forge, want := range map[string]string{
		"github": "/compare/aa...bb", "gitlab": "/-/compare/aa...bb", "gitea": "/compare/aa...bb", "none": "",
		"azure": "/branchCompare?baseVersion=GCaa&targetVersion=GCbb&_a=commits",
	} {
		s := settings()
		s.Forge = forge
		file := filepath.Join(t.TempDir(), "page.sh")
		text := strings.TrimSuffix(string(script.Render(s)), "main \"$@\"\n")
		write(t, file, text+"remote=$1\ncompare_page aa bb\n", 0o644)
		for address, page := range map[string]string{
			"https://pat:t0ken@git.example.com:8443/acme/shop.git": "https://git.example.com:8443/acme/shop", "git@git.example.com:acme/shop.git": "https://git.example.com/acme/shop",
			"https://git.example.com/acme/shop": "https://git.example.com/acme/shop", "/srv/git/shop.git": "", "file:///srv/shop.git": "",
		} {
			out, err := exec.Command("sh", file, address).CombinedOutput()
			if page != "" && want != "" {
				page += want
			} else {
				page = ""
			}
			if err != nil || strings.TrimSpace(string(out)) != page {
				t.Errorf("%s, %s: %q and not %q (%v)", forge, address, out, page, err)
			}
		}
	}
}

// A redeployment says why, and for which incident, where somebody named one: the
// form asks, who approves reads it, and both entries have it. An incident of
// another form is refused before anybody is asked.
func TestReasonOfRedeployment(t *testing.T) {
	t.Parallel()
	s := settings()
	s.IncidentPattern = "INC-[0-9]+"
	h := newHost(t, s)
	h.two()
	h.asked["RELEASE_REASON"], h.asked["RELEASE_INCIDENT"] = "44 is slow", "slow"
	h.refused("the incident 'slow' is not of the form INC-[0-9]+", "redeploy", "resolve", "production", "43")
	h.asked["RELEASE_INCIDENT"] = "INC-9"
	h.ok("redeploy", "resolve", "production", "43")
	h.ok("redeploy", "payload")
	h.shows("redeploy", "which runs 44. Reason: 44 is slow Incident: INC-9", "- asked for by pat, by the flow redeploy", "Leaves production, commits: 1", ": second",
		"- afterwards: what leaves counts as withdrawn, and a delivery that has it is refused until that is answered")
	h.deploy("redeploy")
	for _, entry := range []string{"production: 43 begins", "production: 43 passed"} {
		if said := h.git(h.remote, "log", "-1", "--grep="+entry, "--format=%B", "fettle/ledger"); !strings.Contains(said, "\nReason: 44 is slow\n") || !strings.Contains(said, "\nIncident: INC-9\n") {
			t.Errorf("%s:\n%s", entry, said)
		}
	}
	h.asked = map[string]string{}
	h.ok("operate", "status")
}
