package script_test

import (
	"maps"
	"slices"
	"strings"
)

// harm is what somebody does to the ledger by hand. It is refused by name until
// it is put right: by a person who restores the branch, or by a correction.
type harm struct {
	name string
	// do damages it, and says what the refusal must say; "" where there is nothing to damage.
	do func(m *model, which int) string
}

const notOne = "what it says of production has not one version and one commit"

var harms = []harm{
	{"put back", func(m *model, which int) string {
		entries := strings.Fields(m.git(m.remote, "rev-list", "fettle/ledger"))
		newest := m.git(m.remote, "for-each-ref", "--format=%(contents)", "refs/tags")
		// What no tag followed can be lost unseen: from the newest entry that a tag names there is something to see.
		from := slices.IndexFunc(entries, func(entry string) bool { return strings.Contains(newest, "Ledger: "+entry) })
		if from < 0 || from+1 >= len(entries) {
			return ""
		}
		m.ledgerAt(entries[min(from+1+which, len(entries)-1)])
		return "which the ledger fettle/ledger lacks"
	}},
	{"deleted", func(m *model, _ int) string {
		if !strings.Contains(m.refs(), "refs/tags/release/") {
			return ""
		}
		m.git(m.remote, "update-ref", "-d", "refs/heads/fettle/ledger")
		return "there is no ledger (fettle/ledger), but there are releases"
	}},
	{"emptied", func(m *model, _ int) string { return m.rewrite(notOne, func(string) string { return "" }) }},
	{"without its version", func(m *model, _ int) string {
		return m.rewrite(notOne, func(text string) string { return without(text, "version ") })
	}},
	{"without its commit", func(m *model, _ int) string {
		return m.rewrite(notOne, func(text string) string { return without(text, "commit ") })
	}},
	{"with two versions", func(m *model, _ int) string {
		return m.rewrite(notOne, func(text string) string { return text + "\nversion 1\n" })
	}},
	{"without its environment", func(m *model, _ int) string {
		if m.ledger() == "" || !m.isNamed("environments/production") {
			return ""
		}
		m.onLedger()
		m.git(m.work, "rm", "--quiet", "environments/production")
		m.git(m.work, "commit", "--quiet", "-m", "Clean up")
		m.git(m.work, "push", "--quiet", "origin", "HEAD:refs/heads/fettle/ledger")
		return "the file environments/production is gone"
	}},
	{"merged", func(m *model, _ int) string {
		m.onLedger()
		m.git(m.work, "merge", "--quiet", "--no-edit", "--no-ff", "--allow-unrelated-histories", "refs/remotes/origin/main")
		m.git(m.work, "push", "--quiet", "origin", "HEAD:refs/heads/fettle/ledger")
		return "is a merge"
	}},
	{"without a reservation", func(m *model, which int) string { return m.lose("reserved", which) }},
	{"without a candidate", func(m *model, which int) string { return m.lose("candidate", which) }},
}

func (m *model) onLedger() {
	m.git(m.work, "fetch", "--quiet", "origin")
	m.git(m.work, "checkout", "--quiet", "--force", "-B", "ledger", "refs/remotes/origin/fettle/ledger")
}

func (m *model) ledgerAt(entry string) {
	m.git(m.remote, "update-ref", "refs/heads/fettle/ledger", entry)
}

// rewrite is an entry by hand that changes what the ledger says of production.
func (m *model) rewrite(want string, to func(string) string) string {
	now := m.ledger()
	if !strings.Contains("\n"+now, "\nversion ") {
		return ""
	}
	m.ledgerFile("environments/production", to(now))
	return want
}

// isNamed tells whether a tag names an entry that has the file.
func (m *model) isNamed(file string) bool {
	for line := range strings.Lines(m.git(m.remote, "for-each-ref", "--format=%(contents)", "refs/tags")) {
		if entry, ok := strings.CutPrefix(strings.TrimSpace(line), "Ledger: "); ok && m.git(m.remote, "ls-tree", entry, file) != "" {
			return true
		}
	}
	return false
}

// lose takes a line out of a version that has its candidate: a tag came after it.
func (m *model) lose(word string, which int) string {
	var lines []string
	for line := range strings.Lines(m.stateFile()) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == word && ref(m.remote, "refs/tags/candidate/"+f[1]) != "" {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	if len(lines) == 0 {
		return ""
	}
	line := lines[which%len(lines)]
	m.ledgerFile("state", without(m.stateFile(), line))
	return "the line '" + line + "' is gone"
}

// stateFile is what the ledger says of all environments.
func (m *model) stateFile() string {
	if !strings.Contains(m.refs(), "refs/heads/fettle/ledger") {
		return ""
	}
	return m.git(m.remote, "show", "refs/heads/fettle/ledger:state") + "\n"
}

// damage is somebody's work on the ledger, what it stops, and how it ends.
func (m *model) damage(e event) {
	m.t.Helper()
	before := ref(m.remote, "refs/heads/fettle/ledger")
	if before == "" {
		return
	}
	h := harms[e.which%len(harms)]
	want := h.do(m, e.which/2)
	if want == "" {
		return
	}
	m.did = append(m.did, "  the ledger is "+h.name)
	m.nothingGoes(want)
	m.isFound(h.name)
	if e.fault == "" && h.name != "deleted" && m.corrected(e.which%3 == 0) {
		m.did = append(m.did, "  corrected")
		return
	}
	m.ledgerAt(before)
	m.did = append(m.did, "  restored")
}

// nothingGoes: whatever is started is refused by name, and changes nothing.
func (m *model) nothingGoes(want string) {
	m.t.Helper()
	m.harmed = true
	defer func() { m.harmed = false }()
	refs := m.git(m.remote, "for-each-ref")
	m.on("main")
	version := m.version
	if version == "" {
		version = "43"
	}
	attempts := [][]string{{"delivery", "identify", "delivery"}, {"operate", "hold", "production", "Wait"}, {"operate", "settle", "production", version, "Looked"},
		{"redeploy", "resolve", "production", version}}
	for _, attempt := range attempts {
		m.run++
		m.out = map[string]string{}
		m.isRefused(want, attempt)
	}
	for _, c := range m.waiting {
		m.asRun(&c)
		m.isRefused(want, []string{c.flow, "begin", "production"})
	}
	if now := m.git(m.remote, "for-each-ref"); now != refs {
		m.fatalf("what is refused changes\n%s\nto\n%s", refs, now)
	}
}

func (m *model) isRefused(want string, attempt []string) {
	m.t.Helper()
	out, code := m.op(attempt[0], attempt[1:]...)
	if code != 1 || !strings.Contains(out, "Refused") || !strings.Contains(out, want) {
		m.fatalf("%v: exit %d, want a refusal with %q\n%s", attempt, code, want, out)
	}
}

// corrected is a person who says what runs, with an approval. What the ledger
// has lost is lost then: its withdrawals, and which version a commit was.
func (m *model) corrected(keep bool) bool {
	m.t.Helper()
	if m.version == "" || !strings.Contains(m.stateFile(), "\ncandidate "+m.version+" ") && !strings.HasPrefix(m.stateFile(), "candidate "+m.version+" ") {
		return false
	}
	there := m.there()
	decision := "withdraw"
	if keep {
		decision = "keep"
	}
	m.on("main")
	clear(m.kept) // what was due may be lost
	if keep {
		m.keeps()
	}
	m.correct(m.version, decision)
	if !keep {
		m.takesOut(there, m.machine)
		for version := range there {
			m.taken[version] = true
		}
	}
	state := m.stateFile()
	for i, w := range m.withdrawn {
		if !strings.Contains(state, " "+w.version+"\n") {
			m.withdrawn[i].answered = true
		}
	}
	for commit, version := range m.versions {
		if !strings.Contains(state, "reserved "+version+" "+commit+"\n") {
			m.lost[commit] = true
		}
	}
	m.otherLost = true
	m.waiting = slices.DeleteFunc(m.waiting, func(c candidate) bool {
		return !strings.Contains(state, "candidate "+c.out["version"]+" "+c.commit+"\n") || m.lost[c.commit]
	})
	maps.DeleteFunc(m.versions, func(commit, _ string) bool { return m.lost[commit] })
	return true
}

// other is a delivery of another component, which shares the ledger and nothing
// else. It goes, whatever happens here.
func (m *model) other() {
	m.t.Helper()
	if m.otherLost {
		return // its part of the ledger may be lost too
	}
	if m.pay == nil {
		m.pay = m.beside(component("pay"))
	}
	m.run++
	m.pay.run = m.run
	m.pay.on("main")
	m.pay.release("delivery")
}
