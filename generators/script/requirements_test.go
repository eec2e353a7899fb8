package script_test

import (
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// requires gives the mainline's policy other requirements of a hotfix.
func (h *host) requires(checks, approvals string) {
	h.t.Helper()
	s := settings()
	s.HotfixChecks, s.HotfixApprovals = strings.Fields(checks), strings.Fields(approvals)
	write(h.t, h.file, string(script.Render(s)), 0o755)
}

// carries gives a branch the pipeline files of a policy with such requirements.
func (h *host) carries(branch, checks, approvals string) {
	h.t.Helper()
	h.on(branch)
	h.commit("Files of "+checks+"\n\nIncident: INC1", ".fettle/release.sh", "HOTFIX_CHECKS='"+checks+"'\nHOTFIX_APPROVALS='"+approvals+"' # of its environments")
	h.push(branch)
}

// The mainline begins to require more: the first hotfix of what runs goes by what was required then, the second one does not.
func TestRequirementsGrow(t *testing.T) {
	t.Parallel()
	long(t)
	h := newHost(t, settings())
	h.past = nil
	h.carries("main", "unit", "production/release")
	h.requires("unit", "production/release")
	h.release("delivery")
	h.requires("unit sast", "production/release production/security")
	h.fixOn("hotfix/43", "fix.txt")
	h.run++
	h.out = map[string]string{}
	const older = "older requirements: the check sast, the approval production/security is missing"
	if said := h.ok("hotfix", "identify", "hotfix"); !strings.Contains(said, older) {
		t.Errorf("identify says\n%s", said)
	}
	h.ok("hotfix", "candidate", "unit")
	if said := h.ok("hotfix", "request", "production"); !strings.Contains(said, older) {
		t.Errorf("request says\n%s", said)
	}
	h.deploy("hotfix")
	state := h.git(h.remote, "show", "fettle/ledger:state")
	if !strings.Contains(state, "requires 43 check:unit check:sast approval:production/release approval:production/security\n") || !strings.Contains(state, "older production 43.1 check:sast approval:production/security") {
		t.Errorf("the ledger says\n%s", state)
	}

	h.fixOn("hotfix/43.1", "again.txt")
	h.refused("have neither the check sast, the approval production/security, which main requires of a hotfix, nor the check sast", "hotfix", "identify", "hotfix")

	h.carries("hotfix/43.1", "unit sast", "production/release production/security")
	h.asked["RELEASE_EVIDENCE_SAST"] = "exit-code"
	h.on("hotfix/43.1")
	h.run++
	h.out = map[string]string{}
	h.ok("hotfix", "identify", "hotfix")
	h.ok("hotfix", "candidate", "unit")
	h.refused("does not say that the check sast passed", "hotfix", "begin", "production")

	delete(h.asked, "RELEASE_EVIDENCE_SAST")
	h.redeploy("43") // the same release: no way round
	h.fixOn("hotfix/43", "once-more.txt")
	h.refused("Refused (requirements): ", "hotfix", "identify", "hotfix")
}

// A check that was renamed is another one: no set is a mixture of both.
func TestRequirementsRenamed(t *testing.T) {
	t.Parallel()
	long(t)
	h := newHost(t, settings())
	h.past = nil
	h.carries("main", "unit", "")
	h.requires("unit", "")
	h.release("delivery")
	h.requires("tests", "")
	h.fixOn("hotfix/43", "fix.txt")
	h.release("hotfix")
	h.carries("hotfix/43.1", "unit lint", "")
	h.refused("Refused (requirements): ", "hotfix", "identify", "hotfix")
}

// What was recorded before requirements were: the checks of the candidate. A check that is waived today is none of them.
func TestRequirementsOfBefore(t *testing.T) {
	t.Parallel()
	long(t)
	h := newHost(t, settings())
	h.past = nil
	h.carries("main", "unit", "")
	h.release("delivery")
	state := h.git(h.remote, "show", "fettle/ledger:state")
	h.writes("state", without(state, "requires "))
	s := settings()
	s.HotfixChecks, s.Waivers = []string{"sast"}, []script.Waiver{{Check: "unit", Reason: "slow"}}
	write(t, h.file, string(script.Render(s)), 0o755)
	h.fixOn("hotfix/43", "fix.txt")
	h.candidate("hotfix")
	if said := h.ok("hotfix", "begin", "production"); strings.Contains(said, "Refused") {
		t.Error(said)
	}
}

// An environment that is waived today takes its approvals out of what was required.
func TestRequirementsOfWaivedEnvironment(t *testing.T) {
	t.Parallel()
	long(t)
	h := newHost(t, settings())
	h.past = nil
	h.carries("main", "unit", "uat/qa production/release")
	h.requires("unit", "uat/qa production/release")
	h.release("delivery")
	h.fixOn("hotfix/43", "fix.txt")
	h.carries("hotfix/43", "unit", "production/release")
	s := settings()
	s.HotfixChecks, s.HotfixApprovals = []string{"unit", "sast"}, []string{"production/release"}
	write(t, h.file, string(script.Render(s)), 0o755)
	h.out = map[string]string{}
	h.refused("Refused (requirements): ", "hotfix", "identify", "hotfix")
	s.Waivers = []script.Waiver{{Environment: "uat", Approvals: []string{"qa"}, Reason: "asleep"}}
	write(t, h.file, string(script.Render(s)), 0o755)
	if said := h.ok("hotfix", "identify", "hotfix"); strings.Contains(said, "Refused") {
		t.Error(said)
	}
}

// A check of which the policy says so counts for older branches too: no recorded set serves without it, and the mainline's files do.
func TestRequirementsOfOlderBranches(t *testing.T) {
	t.Parallel()
	h := newHost(t, settings())
	h.past = nil
	h.carries("main", "unit", "")
	h.requires("unit", "")
	h.release("delivery")
	s := settings()
	s.HotfixChecks, s.OlderBranches = []string{"unit", "sast", "load"}, []string{"sast"}
	write(t, h.file, string(script.Render(s)), 0o755)
	h.fixOn("hotfix/43", "fix.txt")
	h.refused("this branch have no check sast, and the policy requires it of older hotfix branches too", "hotfix", "identify", "hotfix")
	h.carries("hotfix/43", "unit sast", "")
	if said := h.ok("hotfix", "identify", "hotfix"); !strings.Contains(said, "older requirements: the check load is missing") {
		t.Errorf("identify says\n%s", said)
	}
}
