package script_test

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
)

// refs that somebody makes by hand: what they are for is refused by name, and
// nothing else is.
var byHand = []func(m *model, e event){
	// a candidate that nobody recorded, of a commit that nobody reviewed
	func(m *model, e event) {
		wild := m.wild()
		version := strconv.Itoa(m.run + 1)
		tag := "candidate/" + version
		switch e.which / 8 % 2 {
		case 0:
			m.git(m.remote, "update-ref", "refs/tags/"+tag, wild)
		case 1:
			m.git(m.remote, "tag", "-a", tag, "-m", "Candidate "+version, "-m", "Check: unit=passed", wild)
		}
		m.git(m.work, "checkout", "--quiet", "--force", "--detach", wild)
		m.out = map[string]string{"version": version, "commit": wild}
		m.refusedHere("delivery", "begin", "production")
		m.on("main")
		m.change("main")
		m.through(m.prepare("delivery"), e) // it goes under another number
		m.deleted("refs/tags/" + tag)
	},
	// a tag that names an entry which never was
	func(m *model, _ event) {
		if m.stateFile() == "" {
			return
		}
		wild := m.wild()
		m.git(m.remote, "tag", "-a", "candidate/9999", "-m", "Candidate 9999", "-m", "Check: unit=passed\nLedger: "+wild, wild)
		m.nothingGoes("which the ledger fettle/ledger lacks")
		m.deleted("refs/tags/candidate/9999")
	},
	// a release at another commit
	func(m *model, e event) {
		m.on("main")
		m.change("main")
		c := m.prepare("delivery")
		if c == nil {
			return
		}
		tag := "refs/tags/release/" + c.out["version"]
		m.git(m.remote, "update-ref", tag, m.wild())
		m.asRun(c)
		m.refusedBy("preflight-names", "delivery", "begin", "production")
		m.deleted(tag)
		m.through(c, e)
	},
	// a tag called like the mainline
	func(m *model, e event) {
		wild := m.wild()
		m.git(m.remote, "update-ref", "refs/tags/main", wild)
		m.git(m.work, "checkout", "--quiet", "--force", "--detach", wild)
		for _, from := range []string{"refs/tags/main", "refs/heads/main", "main", ""} {
			m.run++
			m.out, m.asked["RELEASE_REF"] = map[string]string{}, from
			m.refusedBy("mainline", "delivery", "identify", "delivery")
		}
		delete(m.asked, "RELEASE_REF")
		m.on("main")
		m.change("main")
		m.through(m.prepare("delivery"), e)
	},
	// a hotfix branch of what was never in production
	func(m *model, _ event) {
		if m.stateFile() == "" {
			return
		}
		line := fmt.Sprintf("hotfix/%d", m.run+500)
		m.git(m.remote, "update-ref", "refs/heads/"+line, "refs/heads/main")
		m.on(line)
		m.run++
		m.out = map[string]string{}
		m.refusedHere("hotfix", "identify", "hotfix")
		m.deleted("refs/heads/" + line)
	},
	// the hotfix branch of what runs, made anew from the mainline
	func(m *model, e event) {
		version := m.runs()
		line := "refs/heads/hotfix/" + version
		was := ref(m.remote, line)
		if version == "" || was == "" || m.version != version {
			return
		}
		strange := m.git(m.remote, "rev-list", "--first-parent", "refs/heads/main", "^"+m.machine) != ""
		m.git(m.remote, "update-ref", line, "refs/heads/main")
		m.on("hotfix/" + version)
		m.change("hotfix/" + version)
		m.harmed = true
		c := m.prepare("hotfix")
		m.harmed = false
		if c != nil && strange {
			m.asRun(c)
			m.refusedHere("hotfix", "begin", "production")
		} else if c != nil {
			m.through(c, e)
			return
		}
		m.git(m.remote, "update-ref", line, was)
	},
	// a release that is moved
	func(m *model, e event) {
		past := m.past()
		if len(past) == 0 {
			return
		}
		version := past[e.which%len(past)]
		tag := "refs/tags/release/" + version
		was := ref(m.remote, tag)
		if was == "" {
			return
		}
		m.git(m.remote, "update-ref", tag, m.wild())
		m.run++
		m.out = map[string]string{}
		m.refusedHere("redeploy", "resolve", "production", version)
		m.git(m.remote, "update-ref", tag, was)
	},
	// a candidate before its checks ran, and one that is moved
	func(m *model, e event) {
		m.on("main")
		m.change("main")
		m.run++
		m.out = map[string]string{}
		if _, code := m.op("delivery", "identify", "delivery"); code != 0 || m.out["proceed"] == "false" {
			return
		}
		version, commit := m.out["version"], m.out["commit"]
		tag := "refs/tags/candidate/" + version
		m.git(m.remote, "tag", "-a", "candidate/"+version, "-m", "Candidate "+version, "-m", "Check: unit=passed", commit)
		m.refusedBy("payload-identity", "delivery", "begin", "production")
		m.refusedHere("delivery", "candidate", "unit")
		m.deleted(tag)
		m.ok("delivery", "candidate", "unit")
		m.tested[commit], m.versions[commit] = true, version
		c := &candidate{"delivery", commit, m.run, maps.Clone(m.out)}
		was := ref(m.remote, tag)
		m.git(m.remote, "update-ref", tag, m.wild())
		m.asRun(c)
		m.refusedBy("payload-identity", "delivery", "begin", "production")
		m.git(m.remote, "update-ref", tag, was)
		m.through(c, e)
	},
}

// wild is a commit that nobody reviewed, in the repository.
func (m *model) wild() string {
	m.t.Helper()
	m.files++
	tree := m.git(m.remote, "rev-parse", "refs/heads/main^{tree}")
	wild := m.git(m.remote, "commit-tree", tree, "-p", "refs/heads/main", "-m", fmt.Sprintf("Nobody reviewed %d", m.files))
	m.git(m.remote, "update-ref", "refs/heads/wild", wild)
	m.git(m.work, "fetch", "--quiet", "origin", "refs/heads/wild")
	return wild
}

func (m *model) deleted(ref string) { m.git(m.remote, "update-ref", "-d", ref) }

// refusedHere is a refusal of what somebody made by hand: no false alarm.
func (m *model) refusedHere(flow string, args ...string) string {
	m.t.Helper()
	m.harmed = true
	defer func() { m.harmed = false }()
	out, code := m.op(flow, args...)
	if code != 1 || !strings.Contains(out, "Refused") {
		m.fatalf("%s %v: exit %d, and it must be refused\n%s", flow, args, code, out)
	}
	return out
}

func (m *model) refusedBy(guard, flow string, args ...string) {
	m.t.Helper()
	if out := m.refusedHere(flow, args...); !strings.Contains(out, "Refused ("+guard+")") {
		m.fatalf("%s %v: %s must refuse\n%s", flow, args, guard, out)
	}
}
