package ledger

import (
	"slices"
	"time"
)

// Story is all that the ledger has of a version.
type Story struct {
	Component string   `json:"component,omitempty"`
	Version   string   `json:"version"`
	Commit    string   `json:"commit"`
	Incident  string   `json:"incident,omitempty"`
	Checks    []Check  `json:"checks"`
	Waivers   []string `json:"waivers,omitempty"`
	Stays     []Stay   `json:"ran"`
	Withdrawn []string `json:"withdrawn_from,omitempty"` // environments
	Due       []string `json:"due_in,omitempty"`
	Open      []string `json:"open_in,omitempty"` // environments where a deployment of it did not end
	Entries   []Entry  `json:"entries"`           // the oldest first
}

// Stay is a time in which a version ran in an environment.
type Stay struct {
	Environment string    `json:"environment"`
	Version     string    `json:"-"`
	From        time.Time `json:"from"`
	Until       time.Time `json:"until,omitzero"` // zero: it runs there now
	Flow        string    `json:"flow"`
	Actor       string    `json:"actor,omitempty"`
	Approvers   string    `json:"approvers,omitempty"`
	Incident    string    `json:"incident,omitempty"`
	Reason      string    `json:"reason,omitempty"`
	Entry       string    `json:"entry"`
}

// Stays are those of an environment by its entries, the oldest first.
func Stays(all []Entry, component, environment string) []Stay {
	var out []Stay
	for _, e := range slices.Backward(all) {
		if !e.Of(component) || e.Environment != environment || !e.runs() {
			continue
		}
		if n := len(out); n > 0 {
			out[n-1].Until = e.Time
		}
		by := e.Flow
		if e.Kind != "passed" {
			by = e.Kind
		}
		out = append(out, Stay{Environment: environment, Version: e.Version, From: e.Time, Flow: by, Actor: e.Actor, Approvers: e.Approvers, Incident: e.Incident, Reason: e.Reason, Entry: e.ID})
	}
	return out
}

// runs tells whether an entry says that its version runs in its environment.
func (e *Entry) runs() bool {
	switch e.Kind {
	case "passed", "settle", "correction", "adopt":
		return true
	default:
		return false
	}
}

// Explained tells whether some entries, the newest ones, say how what is so now came
// about: what runs, what is open, and what is held.
func (l *Ledger) Explained(newest []Entry) bool {
	by := func(is func(*Entry) bool) bool {
		return slices.ContainsFunc(newest, func(e Entry) bool { return e.Of(l.Component) && is(&e) })
	}
	for _, environment := range l.Environments {
		if environment.Version != "" && !by(func(e *Entry) bool { return e.runs() && e.Environment == environment.Name }) {
			return false
		}
		for _, i := range environment.Intents {
			if !by(func(e *Entry) bool { return e.Kind == "begin" && e.RunID == i.Run }) {
				return false
			}
		}
	}
	for _, h := range l.Holds {
		if !by(func(e *Entry) bool { return e.Kind == "hold" && e.Hold == h.ID }) {
			return false
		}
	}
	return true
}

// Story is what the ledger has of a version; nil where it does not know it.
func (l *Ledger) Story(all []Entry, version string) *Story {
	s := &Story{Component: l.Component, Version: version, Checks: []Check{}, Stays: []Stay{}}
	for _, r := range l.Reserved {
		if r.Version == version {
			s.Commit = r.Commit
		}
	}
	for _, e := range slices.Backward(all) {
		if e.Of(l.Component) && e.Version == version {
			s.add(e)
		}
	}
	for _, e := range l.Environments {
		s.in(e, all)
	}
	for _, w := range l.Withdrawals {
		if w.Version == version && !slices.Contains(s.Withdrawn, w.Environment) {
			s.Withdrawn = append(s.Withdrawn, w.Environment)
		}
	}
	for _, d := range l.Due {
		if d.Version == version {
			s.Due = append(s.Due, d.Environment)
		}
	}
	if s.Commit == "" && len(s.Entries) == 0 {
		return nil
	}
	return s
}

func (s *Story) add(e Entry) {
	s.Entries = append(s.Entries, e)
	if s.Incident == "" {
		s.Incident = e.Incident
	}
	if e.Kind == "candidate" {
		s.Checks, s.Waivers = e.Checks, e.Waivers
	}
	if s.Commit == "" {
		s.Commit = e.Commit
	}
}

func (s *Story) in(e Environment, all []Entry) {
	for _, i := range e.Intents {
		if i.Version == s.Version {
			s.Open = append(s.Open, e.Name)
		}
	}
	for _, stay := range Stays(all, s.Component, e.Name) {
		if stay.Version == s.Version {
			s.Stays = append(s.Stays, stay)
		}
	}
}

// Versions are all that it knows.
func (l *Ledger) Versions() []string {
	var out []string
	for _, r := range l.Reserved {
		out = append(out, r.Version)
	}
	for _, e := range l.Environments {
		for _, f := range e.Past {
			out = append(out, f.Version)
		}
	}
	slices.SortFunc(out, compareVersions)
	return slices.Compact(out)
}
