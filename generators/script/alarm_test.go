package script_test

import (
	"regexp"
	"slices"
	"strings"
)

var refusal = regexp.MustCompile(`(?m)^Refused(?: \(([a-z-]+)\))?: (.*)$`)

// op is an operation of a run. What it refuses must be wrong: an alarm is
// judged by what the commits hold and by what is on the machine.
func (m *model) op(flow string, args ...string) (string, int) {
	m.t.Helper()
	out, code := m.host.op(flow, args...)
	if found := refusal.FindStringSubmatch(out); code == 1 && !m.harmed && found != nil && !m.isJustified(flow, found[1], found[2]) {
		m.fatalf("a false alarm of %s %v:\n%s", flow, args, out)
	}
	return out, code
}

// isJustified tells whether a guard has something to refuse.
func (m *model) isJustified(flow, guard, said string) bool {
	m.t.Helper()
	commit := m.out["commit"]
	switch guard {
	case "":
		return flow == "operate"
	case "unsettled":
		return m.unsettled()
	case "hold":
		return m.held
	case "payload-identity", "evidence":
		return !m.tested[commit] || m.lost[commit]
	case "same-family":
		return strings.Split(m.out["version"], ".")[0] != strings.Split(m.runs(), ".")[0]
	case "contains-production":
		return slices.ContainsFunc(m.owed(flow), func(owed [2]string) bool { return !m.isIn(owed[0], owed[1], commit) })
	case "withdrawn":
		_, version, _ := strings.Cut(strings.TrimSuffix(said, ":"), " were withdrawn with ")
		return m.taken[version]
	}
	return false
}

// owed is what a payload must contain: versions and commits.
func (m *model) owed(flow string) [][2]string {
	out := [][2]string{{m.runs(), m.value("commit")}}
	if flow == "hotfix" {
		return out
	}
	return append(out, m.due()...)
}

// due is what a person left due in production.
func (m *model) due() [][2]string {
	var out [][2]string
	for line := range strings.Lines(m.stateFile()) {
		if f := strings.Fields(line); len(f) == 4 && f[0] == "due" && f[1] == "production" {
			out = append(out, [2]string{f[2], f[3]})
		}
	}
	return out
}

// isIn tells whether a payload has what a version brought: of a first release
// its commits, of a hotfix its files, however they came there.
func (m *model) isIn(version, commit, payload string) bool {
	root := ""
	for line := range strings.Lines(m.ledger()) {
		if f := strings.Fields(line); len(f) > 2 && f[0] == "past" && f[1] == strings.Split(version, ".")[0] {
			root = f[2]
		}
	}
	if root == "" || root == commit {
		return m.isAncestor(commit, payload)
	}
	now, before := m.holds(payload), m.holds(root)
	for f := range m.holds(commit) {
		if !before[f] && !now[f] {
			return false
		}
	}
	return m.isAncestor(root, payload)
}

func (m *model) isAncestor(old, commit string) bool {
	return m.git(m.remote, "rev-list", "--max-count=1", old, "^"+commit) == ""
}

// value is what the ledger says of production.
func (m *model) value(key string) string {
	for line := range strings.Lines(m.ledger()) {
		if v, ok := strings.CutPrefix(line, key+" "); ok {
			return strings.TrimSpace(v)
		}
	}
	return ""
}
