package ledger

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Entry is one of the ledger: a commit, whose message says what happened.
type Entry struct {
	ID      string    `json:"id"`
	Parents []string  `json:"parents,omitempty"`
	Subject string    `json:"subject,omitempty"`
	Time    time.Time `json:"time"` // as the script wrote it; of a commit without that, when it was made

	Kind        string    `json:"kind"` // begin, passed, failed, hold, …; "" is no entry of the script
	Component   string    `json:"component,omitempty"`
	Environment string    `json:"environment,omitempty"` // without the component
	Version     string    `json:"version,omitempty"`
	Commit      string    `json:"commit,omitempty"`
	Base        string    `json:"base,omitempty"`
	Flow        string    `json:"flow,omitempty"`
	Run         string    `json:"run,omitempty"`
	RunID       string    `json:"run_id,omitempty"`
	Target      string    `json:"target,omitempty"`
	Actor       string    `json:"actor,omitempty"`
	Approvers   string    `json:"approvers,omitempty"` // "LABEL=NAME", as the CI system tells them
	Incident    string    `json:"incident,omitempty"`
	Reason      string    `json:"reason,omitempty"`
	Hold        string    `json:"hold,omitempty"`
	Decision    string    `json:"decision,omitempty"` // of a correction
	BreakGlass  string    `json:"break_glass,omitempty"`
	Freeze      string    `json:"freeze,omitempty"`
	Checksum    string    `json:"checksum,omitempty"`
	Artifact    string    `json:"artifact,omitempty"`
	Checks      []Check   `json:"checks,omitempty"`
	Waivers     []string  `json:"waivers,omitempty"` // "CHECK REASON", or "environment:NAME REASON"
	Notes       []string  `json:"notes,omitempty"`
	More        []Trailer `json:"more,omitempty"` // what a later script writes
}

// Check is one that the candidate had, and what shows it.
type Check struct {
	Name     string `json:"name"`
	Outcome  string `json:"outcome"`
	Evidence string `json:"evidence,omitempty"`
}

// Trailer is a line of a message.
type Trailer struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// readEntries reads what git prints of them: ID, parents, second and message, each
// entry ended by a zero byte, the newest first.
func readEntries(out []byte) []Entry {
	var all []Entry
	for record := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		parts := strings.SplitN(record, "\n", 4)
		if len(parts) < 4 {
			continue
		}
		e := Entry{ID: parts[0], Parents: strings.Fields(parts[1])}
		if seconds, err := strconv.ParseInt(parts[2], 10, 64); err == nil {
			e.Time = time.Unix(seconds, 0).UTC()
		}
		e.readMessage(parts[3])
		all = append(all, e)
	}
	return all
}

func (e *Entry) readMessage(message string) {
	subject, rest, _ := strings.Cut(message, "\n")
	e.Subject = Harmless(subject)
	for text := range strings.Lines(rest) {
		if key, value, ok := strings.Cut(strings.TrimRight(text, "\r\n"), ": "); ok {
			e.trailer(key, Harmless(value))
		}
	}
	if within, ok := strings.CutPrefix(e.Environment, e.Component+"/"); ok && e.Component != "" {
		e.Environment = within
	}
}

// trailer takes a line of the message. Of one that comes twice the last counts, as
// for the script.
func (e *Entry) trailer(key, value string) {
	switch key {
	case "Kind":
		e.Kind = value
	case "Time":
		if t, err := time.Parse(time.RFC3339, value); err == nil {
			e.Time = t.UTC()
		}
	case "Component":
		e.Component = value
	case "Environment":
		e.Environment = value
	case "Version":
		e.Version = value
	case "Commit":
		e.Commit = value
	case "Base":
		e.Base = value
	case "Flow":
		e.Flow = value
	case "Run":
		e.Run = value
	case "Run-Id":
		e.RunID = value
	case "Target":
		e.Target = value
	case "Actor":
		e.Actor = value
	case "Approvers":
		e.Approvers = value
	case "Incident":
		e.Incident = value
	case "Reason":
		e.Reason = value
	case "Hold":
		e.Hold = value
	case "Decision":
		e.Decision = value
	case "Break-Glass":
		e.BreakGlass = value
	case "Freeze":
		e.Freeze = value
	case "Checksum":
		e.Checksum = value
	case "Artifact":
		e.Artifact = value
	case "Check":
		name, outcome, _ := strings.Cut(value, "=")
		e.Checks = append(e.Checks, Check{Name: name, Outcome: outcome})
	case "Evidence":
		name, evidence, _ := strings.Cut(value, " ")
		if i := slices.IndexFunc(e.Checks, func(c Check) bool { return c.Name == name }); i >= 0 {
			e.Checks[i].Evidence = evidence
		}
	case "Waiver":
		e.Waivers = append(e.Waivers, value)
	case "Note":
		e.Notes = append(e.Notes, value)
	case "Format", "Artifact-Run", "Artifact-Job": // of the script alone
	default:
		e.More = append(e.More, Trailer{Harmless(key), value})
	}
}

// Of tells whether an entry is a policy's.
func (e *Entry) Of(component string) bool { return e.Kind != "" && e.Component == component }

// Filter says which entries are asked for; what is "" or zero asks for all.
type Filter struct {
	Component, Environment, Version, Flow, Incident string
	AnyComponent                                    bool
	Since, Until                                    time.Time
}

// Select are the entries that are asked for. A run that names an incident is the
// incident's as a whole, whichever of its entries says so.
func Select(all []Entry, f Filter) []Entry {
	runs := map[string]bool{}
	for _, e := range all {
		if e.Incident != "" && e.Incident == f.Incident && e.RunID != "" {
			runs[e.RunID] = true
		}
	}
	var out []Entry
	for _, e := range all {
		if f.takes(&e, runs) {
			out = append(out, e)
		}
	}
	return out
}

func (f Filter) takes(e *Entry, runs map[string]bool) bool {
	is := func(wanted, value string) bool { return wanted == "" || wanted == value }
	return e.Kind != "" && (f.AnyComponent || e.Component == f.Component) && is(f.Environment, e.Environment) && is(f.Version, e.Version) && is(f.Flow, e.Flow) &&
		(f.Incident == "" || e.Incident == f.Incident || runs[e.RunID]) &&
		(f.Since.IsZero() || !e.Time.Before(f.Since)) && (f.Until.IsZero() || e.Time.Before(f.Until))
}
