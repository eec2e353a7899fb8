package main

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/regex"
)

// acknowledgements are the commits since a revision that admit, by the number of
// a rule and with a reason, what their own change weakens. They are looked for
// when something got weaker, and only what they name is compiled.
type acknowledgements struct {
	*command
	history *history
	since   *commit
	read    bool
	all     []*acknowledgement // in the order of the history
	known   map[string]past    // what the policy that is looked at was, by commit
}

// acknowledgement is one such commit.
type acknowledgement struct {
	commit, parent string // of a merge the first parent: what it brings into the branch that goes on
	reasons        map[diag.Code]string
	brought        map[diag.Code]bool // what its change weakens in any policy
	failed         error              // why its change could not be compared
}

// changed is what one of them does to one policy.
type changed struct {
	of            *acknowledgement
	before, after past
	brings        diag.Diagnostics // of the numbers that it names
}

var weakens = regex.New(`(?m)^Weakens: (HF[0-9]{3})[ \t]+(\S.*)$`)

// judge turns findings about one policy into warnings: those that come with a
// change whose own commit acknowledges them.
func (a *acknowledgements) judge(was past, now *generators.Result, found diag.Diagnostics) error {
	if !found.HasErrors() {
		return nil
	}
	if err := a.load(); err != nil {
		return err
	}
	a.known = map[string]past{a.since.id: was}
	var changes []*changed
	for _, ack := range a.all {
		if slices.ContainsFunc(found, func(d *diag.Diagnostic) bool { return ack.reasons[d.Code] != "" }) {
			if ch := a.changeOf(ack, now); ch != nil {
				changes = append(changes, ch)
			}
		}
	}
	reasons := make([][]string, len(found)) // before any text changes
	for i, d := range found {
		reasons[i] = a.reasonsFor(d, found, changes, was, now)
	}
	for i, d := range found {
		if len(reasons[i]) > 0 {
			d.Severity = diag.Warning
			d.Detail += " Acknowledged: " + strings.Join(slices.Compact(reasons[i]), "; ")
		}
	}
	return nil
}

// load reads the messages of the commits since the revision.
func (a *acknowledgements) load() error {
	if a.read {
		return nil
	}
	a.read = true
	log, err := git(a.history.top, "log", "-z", "--no-show-signature", "--topo-order", "--reverse", "--format=%H %P%n%B", a.since.id+"..HEAD")
	if err != nil {
		return err
	}
	for message := range strings.SplitSeq(log, "\x00") {
		head, body, _ := strings.Cut(message, "\n")
		found := weakens().FindAllStringSubmatch(body, -1)
		if len(found) == 0 {
			continue
		}
		ids := append(strings.Fields(head), "")
		ack := &acknowledgement{commit: ids[0], parent: ids[1], reasons: map[diag.Code]string{}, brought: map[diag.Code]bool{}}
		for _, m := range found {
			code, reason := diag.Code(m[1]), strings.TrimSpace(m[2])
			if was := ack.reasons[code]; was != "" && was != reason {
				reason = was + "; " + reason // of several commits that became one
			}
			ack.reasons[code] = reason
		}
		a.all = append(a.all, ack)
	}
	return nil
}

// changeOf is what the change of a commit does to a policy. It is nil where the
// policy was not there, or cannot be compiled.
func (a *acknowledgements) changeOf(ack *acknowledgement, now *generators.Result) *changed {
	before, err := a.at(ack.parent, now)
	after, other := a.at(ack.commit, now)
	if err = cmp.Or(err, other); err != nil {
		ack.failed = err
		return nil
	}
	if after.pass == nil {
		return nil
	}
	out := &changed{of: ack, before: before, after: after}
	for _, d := range before.weaker(after.pass) {
		if ack.reasons[d.Code] != "" {
			ack.brought[d.Code] = true
			out.brings = append(out.brings, d)
		}
	}
	return out
}

// at is what a policy of now was at a commit.
func (a *acknowledgements) at(id string, now *generators.Result) (past, error) {
	if id == "" {
		return past{}, errors.New("this clone does not have the commit before it")
	}
	if was, ok := a.known[id]; ok {
		return was, nil
	}
	files, err := a.history.at(id)
	if err != nil {
		return past{}, err
	}
	was, err := a.past(id[:12], files, now)
	if err == nil {
		a.known[id] = was
	}
	return was, err
}

// reasonsFor are those of the changes that bring a finding. Where none brings
// the very same, since several together did or a name changed in between, it came
// with those that bring one of its kind, unless something else in between weakens
// anything of that number.
func (a *acknowledgements) reasonsFor(d *diag.Diagnostic, found diag.Diagnostics, changes []*changed, was past, now *generators.Result) []string {
	same := func(o *diag.Diagnostic) bool { return sameFinding(o, d) }
	alike := func(o *diag.Diagnostic) bool { return o.Code == d.Code && o.Summary == d.Summary }
	if exact := reasonsOf(changes, d.Code, same); len(exact) > 0 {
		return exact
	}
	between, last := diag.Diagnostics{}, was
	for _, ch := range changes {
		if slices.ContainsFunc(ch.brings, alike) {
			if ch.before.pass != nil {
				between = append(between, last.weaker(ch.before.pass)...)
			}
			last = ch.after
		}
	}
	between = append(between, last.weaker(a.pass(now))...)
	for _, o := range between {
		elsewhere := func(f *diag.Diagnostic) bool { return f != d && sameFinding(f, o) }
		acknowledged := func(f *diag.Diagnostic) bool { return sameFinding(f, o) }
		if o.Code == d.Code && !slices.ContainsFunc(found, elsewhere) && len(reasonsOf(changes, d.Code, acknowledged)) == 0 {
			return nil
		}
	}
	return reasonsOf(changes, d.Code, alike)
}

// reasonsOf are the reasons that the changes give which bring such a finding.
func reasonsOf(changes []*changed, code diag.Code, such func(*diag.Diagnostic) bool) []string {
	var out []string
	for _, ch := range changes {
		if slices.ContainsFunc(ch.brings, such) {
			out = append(out, ch.of.reasons[code])
		}
	}
	return out
}

// sameFinding tells whether two findings say the same, wherever in the policy.
func sameFinding(a, b *diag.Diagnostic) bool {
	return a.Code == b.Code && a.Summary == b.Summary && a.Detail == b.Detail
}

// noteOthers tells of commits that name the number of what is still an error,
// and do not acknowledge it: their own change does not bring such a thing.
func (a *acknowledgements) noteOthers(found diag.Diagnostics) {
	for _, ack := range a.all {
		for _, code := range openCodes(found) {
			switch {
			case ack.reasons[code] == "" || ack.brought[code]:
				continue
			case ack.failed != nil:
				a.notes = append(a.notes, "not acknowledged: the commit "+ack.commit[:12]+" says Weakens: "+string(code)+", and what it changes cannot be compared: "+ack.failed.Error())
			default:
				a.notes = append(a.notes, "not acknowledged: the commit "+ack.commit[:12]+" says Weakens: "+string(code)+", and weakens nothing of that number itself; the line belongs to the commit that makes the change")
			}
		}
	}
}

// openCodes are the numbers of what is still an error.
func openCodes(found diag.Diagnostics) []diag.Code {
	var out []diag.Code
	for _, d := range found {
		if d.Severity == diag.Error && !slices.Contains(out, d.Code) {
			out = append(out, d.Code)
		}
	}
	return out
}
