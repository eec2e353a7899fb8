package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/advise"
	"github.com/fettle-ci/fettle/dispatch"
	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/generators/script"
	"github.com/fettle-ci/fettle/ledger"
)

// verdict is what is known before a flow starts.
type verdict struct {
	refused string // "": it would begin
	text    string // what would happen
}

// mayStart asks the release script whether a flow would be refused: its operation advise
// of what deploys a version, and the operations themselves of what people decide, on a
// copy that nobody sees.
func (c *command) mayStart(p *flow.Plan, o *dispatch.Order, fetch bool) (*verdict, error) {
	if o.Flow.Kind == flow.Schedule {
		return &verdict{text: "It runs checks, and changes nothing.\n"}, nil
	}
	at, branch, err := c.openLedger(p, fetch)
	if errors.As(err, new(noLedger)) && (o.Flow.Kind == flow.Delivery || o.Value("operation") == "adopt") {
		return &verdict{text: "Not checked: this clone has no ledger, and this begins one.\n"}, nil
	}
	if err != nil {
		return nil, err
	}
	c.warnRewritten(branch)
	b := &book{clone: at, branch: branch}
	now, err := b.now(p.Component)
	if err != nil {
		return nil, err
	}
	if v := o.Value("version"); v != "" && !slices.Contains(now.Versions(), v) && !adopts(o) {
		return &verdict{refused: fmt.Sprintf("The ledger does not know the version %q%s.", v, nearest(now.Versions(), v))}, nil
	}
	switch o.Flow.Kind {
	case flow.Redeploy, flow.Delivery:
		return c.deployable(at, branch, p, o)
	case flow.Mirror:
		return mirrorVerdict(now), nil
	default:
		return at.try(branch, p, o)
	}
}

// adopts tells whether a version is recorded that the ledger cannot know.
func adopts(o *dispatch.Order) bool {
	return o.Value("operation") == "adopt" || o.Value("decision") == "adopt"
}

func mirrorVerdict(now *ledger.Ledger) *verdict {
	if !slices.ContainsFunc(now.Environments, func(e ledger.Environment) bool { return e.Version != "" }) {
		return &verdict{refused: "Nothing runs in production yet, so there is nothing to mirror. Deliver first."}
	}
	return &verdict{text: "It deploys what production runs, and asks nobody.\n"}
}

// deployable is the advice for what would be deployed.
func (c *command) deployable(at *clone, branch *ledger.Branch, p *flow.Plan, o *dispatch.Order) (*verdict, error) {
	call := adviseCall{incident: o.Value("incident"), environment: o.Value("environment"), start: true}
	name := o.Branch
	if o.Flow.Kind == flow.Redeploy {
		name = o.Value("version")
	}
	for {
		read, all, err := c.advised(at, branch, p, call)
		if err != nil {
			return nil, err
		}
		slices.SortStableFunc(all, func(a, b *advise.Advice) int {
			return o.Flow.Turn(a.Environment) - o.Flow.Turn(b.Environment)
		})
		answers := answersFor(all, o.Flow.Kind, name)
		if len(answers) > 0 {
			return verdictOf(read, answers), nil
		}
		if call.all || o.Flow.Kind != flow.Redeploy {
			return noAnswer(all, name), nil
		}
		call.all = true
	}
}

// answersFor are those about a version or a branch, one an environment.
func answersFor(all []*advise.Advice, kind flow.Kind, name string) []advise.Answer {
	var out []advise.Answer
	for _, a := range all {
		of := a.Redeploys
		if kind == flow.Delivery {
			of = a.Forward
		}
		for _, one := range of {
			if one.Name == name {
				out = append(out, one)
			}
		}
	}
	return out
}

// verdictOf is the verdict of the answers: of a delivery to several environments the
// first one's, where it would be stopped first.
func verdictOf(read advise.Read, answers []advise.Answer) *verdict {
	a := answers[0]
	if a.Open {
		text := a.Does() + "Checked by " + read.Script
		if !read.Fetched.IsZero() {
			text += ", on what was fetched " + ledger.Age(time.Since(read.Fetched)) + " ago"
		}
		return &verdict{text: text + ".\n"}
	}
	guard := ""
	if a.Guard != "-" {
		guard = " (" + a.Guard + ")"
	}
	more := ""
	for _, line := range a.Refusal.More {
		more += "\n    " + line
	}
	return &verdict{refused: fmt.Sprintf("It would be refused%s: %s%s\n  Why:  %s\n  Next: %s", guard, a.Refusal.Found, more, a.Refusal.Why, a.Refusal.Next)}
}

// noAnswer is a version that never ran there, or that runs there now.
func noAnswer(all []*advise.Advice, name string) *verdict {
	var former []string
	for _, a := range all {
		if a.Runs != nil && a.Runs.Version == name {
			return &verdict{refused: fmt.Sprintf("%s runs in %s already.", name, a.Environment)}
		}
		for _, r := range a.Redeploys {
			former = append(former, r.Name)
		}
	}
	if len(former) == 0 {
		return &verdict{refused: name + " cannot be started: nothing ran there before."}
	}
	return &verdict{refused: fmt.Sprintf("%s never ran there. Those that did, the newest first: %s.", name, strings.Join(former, ", "))}
}

// try carries out what a flow's first job does, on a copy: what it records there is
// seen by nobody.
func (c *clone) try(branch *ledger.Branch, p *flow.Plan, o *dispatch.Order) (*verdict, error) {
	heads, tags := branch.Namespaces()
	s, err := c.scratchOf(heads, tags)
	if err != nil {
		return nil, err
	}
	defer s.remove()
	if err := s.remote(); err != nil {
		return nil, err
	}
	code, which := c.script(branch, p)
	if p.Committer.Signed { // no key is here, and none is needed on a copy
		plain := *p
		plain.Committer.Signed = false
		code, which = script.File(&plain).Content, "the release script of the policy here"
	}
	variables := []string{"RELEASE_FLOW=" + string(o.Flow.Kind), "RELEASE_RUN_ID=try", "RELEASE_ACTOR=-", "FETTLE_REMOTE=remote.git"}
	for _, f := range o.Fields {
		variables = append(variables, f.Env+"="+f.Value)
	}
	out, refused, err := s.run(code, variables, firstOperation(o)...)
	var wrong wrongUse
	switch {
	case errors.As(err, &wrong):
		refused = "Refused: " + wrong.Error()
	case err != nil:
		return nil, err
	}
	if refused != "" {
		return &verdict{refused: refused}, nil
	}
	return &verdict{text: tryText(o, which, out)}, nil
}

// firstOperation is the one of the flow's first job for what was chosen, with its
// arguments.
func firstOperation(o *dispatch.Order) []string {
	for _, j := range o.Flow.Jobs {
		if chosen, ok := j.When.(flow.Chosen); ok && o.Value(chosen.Input.Name) != chosen.Value {
			continue
		}
		for _, s := range j.Steps {
			op, ok := s.(flow.Operation)
			if !ok {
				continue
			}
			args := append([]string{op.Name}, op.Args...)
			for _, env := range op.FromEnv {
				i := slices.IndexFunc(o.Fields, func(f gen.Field) bool { return f.Env == env })
				if i < 0 {
					args = append(args, "")
				} else {
					args = append(args, o.Fields[i].Value)
				}
			}
			return args
		}
	}
	panic("the flow " + o.Flow.ID() + " has no operation") // no such flow is lowered
}

// tryText is what the script said, without what it hands on to later jobs.
func tryText(o *dispatch.Order, which, out string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Tried on a copy, %s says:\n", which)
	for line := range strings.Lines(out) {
		if key, _, ok := strings.Cut(line, "="); ok && key != "" && strings.Trim(key, "abcdefghijklmnopqrstuvwxyz_") == "" {
			continue
		}
		b.WriteString("  " + strings.TrimRight(line, "\n") + "\n")
	}
	if gates := advise.Gates(o.Flow, o.Value("environment")); len(gates) > 0 {
		fmt.Fprintf(&b, "Then: %s.\n", strings.Join(gates, "; "))
	}
	return b.String()
}
