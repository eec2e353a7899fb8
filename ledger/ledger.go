// Package ledger is the state of releases as git holds it: what the newest
// entry of the ledger says of a policy. The release script writes it; this reads
// it, for who wants to know without a run. What stands in an entry may be by
// anybody who could push it, so every word of it leaves here harmless.
package ledger

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Files are those of an entry, by their path. Each is lines of a word and what
// it says.
type Files map[string][]byte

// Ledger is what an entry says of one policy.
type Ledger struct {
	Environments []Environment // those that something ran in or began in, by name
	Reviews      []Review      // those that are owed, in the order in which they were opened
}

// Environment is what runs in an environment now.
type Environment struct {
	Name    string
	Version string // "" when nothing does yet
	Commit  string
	Flow    string   // how it got there: delivery, hotfix, redeploy, mirror, settle or adopt
	Time    string   // when, as the script wrote it
	Intents []Intent // deployments that began and did not end well
}

// Intent is a deployment that began.
type Intent struct{ Version, Commit, Run, Flow string }

// Review is one that is owed for a deployment through a break glass.
type Review struct {
	ID, Environment, Version string
	Incident                 string
	By                       []string // who asked for it and who opened it, where the CI system tells
	Opened, Deadline         time.Time
}

// Overdue says whether it should have been held; from then on the script
// refuses deliveries to production.
func (r Review) Overdue(now time.Time) bool { return !now.Before(r.Deadline) }

// format is the newest that is read here. A newer one says things in ways that
// nobody knows yet, and half of it would be worse than nothing.
const format = 3

// Read reads what an entry says of a component, or of the policy that has none.
func Read(files Files, component string) (*Ledger, error) {
	if err := checkFormat(files); err != nil {
		return nil, err
	}
	environments, err := decodeEnvironments(files, path.Join("environments", component))
	if err != nil {
		return nil, err
	}
	reviews, err := decodeReviews(files.lines(statePath(component)))
	if err != nil {
		return nil, err
	}
	return &Ledger{environments, reviews}, nil
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

// decodeEnvironments reads the files of a folder. Folders in it are components'.
func decodeEnvironments(files Files, folder string) ([]Environment, error) {
	var out []Environment
	for name := range files {
		if path.Dir(name) != folder {
			continue
		}
		e, err := decodeEnvironment(harmless(path.Base(name)), files.lines(name))
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Environment) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

func decodeEnvironment(name string, lines []line) (Environment, error) {
	out := Environment{Name: name}
	for _, l := range lines {
		switch l.key {
		case "version":
			out.Version = l.rest
		case "commit":
			out.Commit = l.rest
		case "flow":
			out.Flow = l.rest
		case "time":
			out.Time = l.rest
		case "intent":
			w, err := l.words(4)
			if err != nil {
				return out, err
			}
			out.Intents = append(out.Intents, Intent{w[0], w[1], w[2], w[3]})
		}
	}
	return out, nil
}
