// Package ledger is the state of releases as git holds it: the entries of the
// ledger, and what the newest of them says of a policy. The release script
// writes it; this reads it, for who wants to know without a run. It starts no
// program: who calls it hands in the git program, as Git. What is in an entry may
// be by anybody who could push it, so every word of it leaves here harmless.
package ledger

import (
	"path"
	"strconv"
	"time"
)

// Files are those of an entry, by their path. Each is lines of a word and what
// it says.
type Files map[string][]byte

// Ledger is what an entry says of one policy. All lists are in the order in
// which the script wrote them.
type Ledger struct {
	Component    string
	Environments []Environment // those that something ran in or began in, by name

	Reserved     []Version // each version with the commit that it means
	Candidates   []Version // those whose checks passed
	Holds        []Hold    // those that have not ended
	Held         []string  // ids of all holds that there were
	Withdrawals  []Withdrawal
	Answers      []Version // what was withdrawn, with the commit that repairs it
	Again        []Place   // what was withdrawn and may go again; before it was said for an environment, it was said for all
	Due          []Due
	Abandoned    []Place
	Exceptions   []Exception
	Glasses      []Glass  // break glass: those that were asked for
	Reviews      []Review // those that are due, in the order in which they were opened
	Requirements []Requirements
	Older        []Older
	Acknowledged []string // entries that a tag names and that are lost
	Accepted     []string // entries whose damage a correction has accepted

	Others []string // words of lines that a later script writes
	Damage []Damage // what could not be read; the rest was
}

// Version is one, and a commit.
type Version struct{ Version, Commit string }

// Place is a version in an environment; "" is every environment.
type Place struct{ Environment, Version string }

// Hold stops deliveries to an environment.
type Hold struct{ ID, Environment string }

// Withdrawal is what a redeployment took out: of a version at From, all that the
// commit To lacks.
type Withdrawal struct{ Environment, To, From, Version string }

// Due is what deliveries to an environment must contain.
type Due struct{ Environment, Version, Commit string }

// Exception lets one version pass a freeze, on top of the entry that the
// environment had.
type Exception struct{ Environment, Freeze, Version, Commit, Entry, Approver string }

// Glass is a break glass that was asked for.
type Glass struct {
	ID, Run, Environment, Version, Incident string
	By                                      []string // who asked and who opened it, where the CI system tells
}

// Requirements are what the next hotfix of a release must have passed.
type Requirements struct {
	Family string
	Of     []string // check:unit, approval:production/release
}

// Older is a hotfix that went without requirements that were new.
type Older struct {
	Environment, Version string
	Lacks                []string
}

// Damage is a line that nobody can read.
type Damage struct {
	File string
	Line int
	Text string
}

func (d Damage) String() string { return d.File + ":" + strconv.Itoa(d.Line) + ": " + d.Text }

// format is the newest that is read here. A newer one says things in ways that
// nobody knows yet, and half of it would be worse than nothing.
const format = 3

// Read reads what an entry says of a component, or of the policy that has none.
// A line that is damaged is in Damage, and the rest is read all the same; a
// newer format is an error.
func Read(files Files, component string) (*Ledger, error) {
	if err := checkFormat(files); err != nil {
		return nil, err
	}
	out := &Ledger{Component: component}
	out.readEnvironments(files, path.Join("environments", component))
	out.readState(files.lines(statePath(component)))
	return out, nil
}

// Environment is the one of that name, or nil.
func (l *Ledger) Environment(name string) *Environment {
	for i := range l.Environments {
		if l.Environments[i].Name == name {
			return &l.Environments[i]
		}
	}
	return nil
}

func statePath(component string) string {
	if component == "" {
		return "state"
	}
	return path.Join("components", component)
}

func checkFormat(files Files) error {
	for _, l := range files.lines("state") {
		if l.key != "format" {
			continue
		}
		if n, err := strconv.Atoi(l.rest); err != nil || n > format {
			return l.errorf("the format is %q, and this fettle knows %d: a newer one reads it", l.rest, format)
		}
	}
	return nil
}

// Review is one that is due for a deployment through a break glass.
type Review struct {
	ID, Environment, Version string
	Incident                 string
	By                       []string // who asked for it and who opened it, where the CI system tells
	Opened, Deadline         time.Time
}

// Overdue says whether it should have been held; from then on the script
// refuses deliveries to production.
func (r Review) Overdue(now time.Time) bool { return !now.Before(r.Deadline) }
