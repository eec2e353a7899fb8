// Package settings says what each host must be set to, so that the generated
// files enforce what they seem to. It is one table: from it come the checklist
// that people read, the script that sets, and the comparison with what the host
// says of itself.
//
// What of an answer counts, what it must be, and what is sent are programs of
// jq: the script gives them to jq, the comparison to the same language in Go.
package settings

import (
	"slices"

	"github.com/fettle-ci/fettle/flow"
)

// Setting is one thing that a host must be set to. Paths are relative to the
// REST interface of the host; a name in braces in one, and $known in a program,
// is what was looked up before.
type Setting struct {
	ID     string // names it in output: "environment/production"; unique in a list
	What   string // what must be set, in Markdown
	Why    string // what goes wrong without it
	Needs  []Lookup
	Read   string // path of the answer that tells; "" when no interface does
	Now    string // of the answer: what is set; null or false when it is not there
	Want   string // what Now must be
	Create *Write // when it is not there
	Update *Write // when it is there and differs
	Hand   string // how a person sets it, where no script does
}

// Lookup is something that a host knows by a number of its own.
type Lookup struct {
	Name     string // in $known
	Path     string
	Pick     string // of the answer; null when it is not there
	Optional bool   // the setting does not exist where it is null; otherwise nothing can be said without it
}

// Write is a call that changes something. The program Body is given what Read
// answered, or null.
type Write struct{ Method, Path, Body string }

// List are the settings of one host, in the order in which they are set.
type List struct {
	Host     *Host
	Settings []Setting
}

// Lists are the settings of all hosts of some policies of one repository: a
// list a target, and one for the host of the repository where its pipelines run
// elsewhere. Settings that several policies ask for stand in it once.
func Lists(plans []*flow.Plan, targets []string) []List {
	var out []List
	for _, h := range hosts {
		l := List{Host: h}
		for _, p := range plans {
			if len(p.Flows) == 0 || !h.asked(p, targets) {
				continue
			}
			for _, s := range h.settings(p) {
				l.add(s)
			}
		}
		if len(l.Settings) > 0 {
			out = append(out, l)
		}
	}
	return out
}

func (l *List) add(s Setting) {
	if !slices.ContainsFunc(l.Settings, func(o Setting) bool { return o.ID == s.ID }) {
		l.Settings = append(l.Settings, s)
	}
}
