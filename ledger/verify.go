package ledger

import (
	"fmt"
	"slices"
	"strings"
)

// Finding is something that is wrong with a ledger, or with the tags and branches
// that it is about.
type Finding struct {
	Kind  Kind   `json:"kind"`
	About string `json:"about"` // the entry, ref or version
	Text  string `json:"text"`
	Next  string `json:"next"` // what to do
}

// Kind says what a finding is about.
type Kind string

// The kinds.
const (
	Chain    Kind = "chain"    // an entry with two parents, a second beginning, a commit that no operation wrote
	Seen     Kind = "seen"     // an entry that this clone or a tag knows, and the ledger lacks
	Damaged  Kind = "damage"   // a line that nobody can read
	Record   Kind = "record"   // entries and what the newest of them says do not agree
	Position Kind = "position" // a tag or a branch is at another commit than the ledger says
	Unknown  Kind = "unknown"  // a tag or a branch with a name of ours that the ledger does not know
	Evidence Kind = "evidence" // a deployment whose checks are not recorded
)

// Names are how a policy calls its tags and branches.
type Names struct {
	Scheme                                                   string // of versions
	Candidate, HotfixCandidate, Release, HotfixRelease, Line Pattern
	MergeBack                                                string
	Production                                               []string // environments
	BeforeCandidate                                          []string // environments of the tier development
}

// Pattern is a name around a version.
type Pattern struct{ Prefix, Suffix string }

// Of is the name of a version.
func (p Pattern) Of(version string) string { return p.Prefix + version + p.Suffix }

// version is the one in a name, or "".
func (p Pattern) version(scheme, name string) string {
	rest, ok := strings.CutPrefix(name, p.Prefix)
	if !ok {
		return ""
	}
	v, ok := strings.CutSuffix(rest, p.Suffix)
	if !ok || !IsVersion(scheme, v) {
		return ""
	}
	return v
}

// VerifyChain looks at the entries alone: one after the other, none lost that a
// clone has seen, each written by the script.
func VerifyChain(b *Branch, entries []Entry) []Finding {
	var out []Finding
	for i, e := range entries {
		switch {
		case len(e.Parents) > 1:
			out = append(out, Finding{Chain, e.ID, "the entry is a merge: an entry has one before it", restore(b)})
		case len(e.Parents) == 0 && i < len(entries)-1:
			out = append(out, Finding{Chain, e.ID, "the ledger begins twice", restore(b)})
		case e.Kind == "":
			out = append(out, Finding{Chain, e.ID, fmt.Sprintf("no operation wrote the commit %q", e.Subject), "Find out who pushed it. What it changed is shown by git show " + e.ID + "."})
		}
	}
	for _, seen := range b.LostEntries() {
		out = append(out, Finding{Seen, seen.ID, "the ledger was rewritten: it lacks the entry at " + seen.Name + ", which this clone has", restore(b)})
	}
	return out
}

func restore(b *Branch) string {
	return "Restore the branch " + b.Name + " from a clone that has the right entry: git push origin ENTRY:refs/heads/" + b.Name + "."
}

// verification is what Verify compares for one component.
type verification struct {
	ledger  *Ledger
	names   Names
	entries []Entry // of the component, the oldest first, with those whose damage was accepted left out
	all     map[string]bool
	refs    *Refs
	found   []Finding
}

// Verify compares what the newest entry says of a component with the entries before
// it, and with the tags and branches that the clone has.
func Verify(l *Ledger, all []Entry, refs *Refs, names Names) []Finding {
	v := &verification{ledger: l, names: names, refs: refs, all: map[string]bool{}}
	for _, e := range all {
		v.all[e.ID] = true
	}
	for _, e := range all {
		if slices.Contains(l.Accepted, e.ID) {
			break // a correction has looked at it, and at all before it
		}
		if e.Of(l.Component) {
			v.entries = append(v.entries, e)
		}
	}
	slices.Reverse(v.entries)
	for _, d := range l.Damage {
		v.add(Damaged, d.File, fmt.Sprintf("line %d: %s", d.Line, d.Text), "Restore the branch of the ledger to the last entry that was right; or the pipeline Correction says what runs.")
	}
	v.checkWrites()
	v.running()
	v.checkTags()
	v.positions()
	v.unknownRefs()
	v.evidence()
	return v.found
}

func (v *verification) add(kind Kind, about, text, next string) {
	v.found = append(v.found, Finding{kind, about, text, next})
}

const correct = "If the ledger is wrong, the pipeline Correction puts it right; else restore its branch to the last entry that was right."

// checkWrites: what an entry wrote is there still.
func (v *verification) checkWrites() {
	l := v.ledger
	for _, e := range v.entries {
		missing := ""
		switch at := (Version{e.Version, e.Commit}); e.Kind {
		case "reserved":
			missing = unless(slices.Contains(l.Reserved, at), "the reservation of "+e.Version)
		case "candidate":
			missing = unless(slices.Contains(l.Candidates, at), "the candidate "+e.Version)
		case "hold":
			missing = unless(slices.Contains(l.Held, e.Hold), "the hold "+e.Hold)
		case "break-glass":
			missing = unless(l.glass(e.BreakGlass) != nil, "the break glass "+e.BreakGlass)
		case "passed", "settle", "correction", "adopt":
			missing = unless(l.ran(e.Environment, at), e.Version+" in "+e.Environment)
		}
		if missing != "" {
			v.add(Record, e.ID, "the entry recorded "+missing+", and the ledger does not say it any longer", correct)
		}
	}
}

func unless(is bool, text string) string {
	if is {
		return ""
	}
	return text
}

func (l *Ledger) ran(environment string, at Version) bool {
	e := l.Environment(environment)
	return e != nil && slices.ContainsFunc(e.Past, func(f Former) bool { return f.Version == at.Version && f.Commit == at.Commit })
}

// running: what runs in an environment is what was recorded last.
func (v *verification) running() {
	last := map[string]Entry{}
	for _, e := range v.entries {
		if e.runs() {
			last[e.Environment] = e
		}
	}
	for _, environment := range v.ledger.Environments {
		e, ok := last[environment.Name]
		if ok && (e.Version != environment.Version || e.Commit != environment.Commit) {
			v.add(Record, environment.Name, fmt.Sprintf("the ledger says that %s runs, and the last entry about it is of %s", environment.Version, e.Version), correct)
		}
	}
}

// checkTags: the ledger has each entry that a tag names.
func (v *verification) checkTags() {
	for _, tag := range v.refs.Tags {
		if tag.Entry != "" && !v.all[tag.Entry] && !slices.Contains(v.ledger.Acknowledged, tag.Entry) && v.owns(tag.Name) {
			v.add(Seen, tag.Name, "the tag names the entry "+tag.Entry+", which the ledger lacks",
				"Restore the ledger from a clone that has the entry; or delete the tag, if nobody here made it.")
		}
	}
}

func (v *verification) owns(name string) bool {
	return v.candidate(name) != "" || v.release(name) != ""
}

func (v *verification) candidate(name string) string {
	if is := v.names.Candidate.version(v.names.Scheme, name); is != "" {
		return is
	}
	return v.names.HotfixCandidate.version(v.names.Scheme, name)
}

func (v *verification) release(name string) string {
	if is := v.names.Release.version(v.names.Scheme, name); is != "" {
		return is
	}
	return v.names.HotfixRelease.version(v.names.Scheme, name)
}

// formers are the versions of all environments of production, by version.
func (v *verification) formers() map[string]string {
	out := map[string]string{}
	for _, name := range v.names.Production {
		if e := v.ledger.Environment(name); e != nil {
			for _, f := range e.Past {
				out[f.Version] = f.Commit
			}
		}
	}
	return out
}

// positions: each tag and branch is where the ledger says.
func (v *verification) positions() {
	formers, candidates, released := v.formers(), map[string]string{}, map[string]bool{}
	for _, c := range v.ledger.Candidates {
		candidates[c.Version] = c.Commit
	}
	for _, tag := range v.refs.Tags {
		if is := v.release(tag.Name); is != "" && formers[is] != "" {
			released[is] = true
			v.position(tag.Name, tag.Commit, formers[is])
		}
		if is := v.candidate(tag.Name); is != "" && candidates[is] != "" {
			v.position(tag.Name, tag.Commit, candidates[is])
		}
	}
	for _, version := range sortedVersions(formers) {
		if !released[version] {
			v.add(Position, version, "there is no release tag of it", "The next operation makes the one of what runs; any other: git tag, at "+formers[version]+".")
		}
	}
	for _, moved := range v.refs.outside(v.lines(formers)) {
		v.add(Position, moved, "the branch does not contain the version that it is named after", "Restore it: git push origin COMMIT:refs/heads/"+moved+".")
	}
}

func (v *verification) position(name, is, should string) {
	if is != should {
		v.add(Position, name, fmt.Sprintf("the tag is at %s, and the ledger says %s", is, should), "A tag that was moved proves nothing: find out who moved it, and restore it.")
	}
}

// lines are the hotfix branches of what ran in production, with the commit that
// each must contain.
func (v *verification) lines(formers map[string]string) map[string]string {
	out := map[string]string{}
	for _, head := range v.refs.Heads {
		if is := v.names.Line.version(v.names.Scheme, head.Name); formers[is] != "" {
			out[head.Name] = formers[is]
		}
	}
	return out
}

// unknownRefs: nothing has a name of ours that the ledger does not know.
func (v *verification) unknownRefs() {
	formers, known := v.formers(), map[string]bool{}
	for _, r := range v.ledger.Reserved {
		known[r.Version] = true
	}
	for version := range formers {
		known[version] = true
	}
	for _, tag := range v.refs.Tags {
		is := v.candidate(tag.Name)
		if is == "" {
			is = v.release(tag.Name)
		}
		if is != "" && !known[is] {
			v.add(Unknown, tag.Name, "the ledger does not know the version of this tag", "Find out who made it, and delete it.")
		}
	}
	for _, head := range v.refs.Heads {
		is := v.names.Line.version(v.names.Scheme, head.Name)
		if rest, ok := strings.CutPrefix(head.Name, v.names.MergeBack); ok && v.names.MergeBack != "" {
			is, _, _ = strings.Cut(rest, "-to-")
		}
		if is != "" && IsVersion(v.names.Scheme, is) && formers[is] == "" {
			v.add(Unknown, head.Name, "no version of this branch's name was in production", "Find out who made it, and delete it.")
		}
	}
}

// evidence: what was deployed was a candidate, with every check passed.
func (v *verification) evidence() {
	candidates := map[Version]*Entry{}
	for i, e := range v.entries {
		if e.Kind == "candidate" {
			candidates[Version{e.Version, e.Commit}] = &v.entries[i]
		}
	}
	for _, e := range v.entries {
		if e.Kind != "passed" || e.Flow != "delivery" && e.Flow != "hotfix" || slices.Contains(v.names.BeforeCandidate, e.Environment) {
			continue
		}
		c := candidates[Version{e.Version, e.Commit}]
		switch {
		case c == nil:
			v.add(Evidence, e.ID, fmt.Sprintf("%s was deployed to %s, and no entry says that its checks passed", e.Version, e.Environment), "Find out how it was deployed.")
		case slices.ContainsFunc(c.Checks, func(c Check) bool { return c.Outcome != "passed" }):
			v.add(Evidence, e.ID, fmt.Sprintf("%s was deployed to %s, and a check of it did not pass", e.Version, e.Environment), "See the entry: git show "+c.ID+".")
		}
	}
}
