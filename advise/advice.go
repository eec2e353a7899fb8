package advise

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/ledger"
)

// Source is everything that advice is made from.
type Source struct {
	Plan     *flow.Plan
	Target   *gen.Target // the active one
	Said     string      // what the script's operation advise printed for programs
	Ledger   *ledger.Ledger
	Entries  []ledger.Entry // the newest first
	History  *History
	Incident string
	Now      time.Time
}

// Advice is what can be done for one environment of production.
type Advice struct {
	Policy      string   `json:"policy"`
	Component   string   `json:"component,omitempty"`
	Environment string   `json:"environment"`
	Runs        *Runs    `json:"runs"` // null: nothing yet
	Before      string   `json:"last_good_before,omitempty"`
	InTheWay    []string `json:"in_the_way"`
	Recommended Choice   `json:"recommended"`
	Redeploys   []Answer `json:"redeploy"` // the newest first
	Hotfix      Answer   `json:"hotfix"`
	Forward     []Answer `json:"fix_forward"` // one a branch that deliveries come from
}

// Runs is what runs in an environment.
type Runs struct {
	Version   string    `json:"version"`
	Commit    string    `json:"commit"`
	Since     time.Time `json:"since"`
	Flow      string    `json:"flow"`
	Actor     string    `json:"actor,omitempty"`
	Approvers string    `json:"approvers,omitempty"`
	Incident  string    `json:"incident,omitempty"`
}

// Answer is one way to repair production.
type Answer struct {
	Kind    string   `json:"kind"` // redeploy, hotfix, delivery
	Name    string   `json:"name"` // a version, or a branch
	Open    bool     `json:"open"`
	Guard   string   `json:"guard,omitempty"`   // that closes it; "-": the script, and no guard
	Refusal *refusal `json:"refusal,omitempty"` // in the script's words
	Notes   []string `json:"notes,omitempty"`
	Commits []Commit `json:"commits"`         // that leave production; that the branch has and production lacks
	Gates   []string `json:"gates,omitempty"` // what follows, in order
	Waived  []string `json:"waived,omitempty"`
	Start   []string `json:"start,omitempty"`      // commands
	Button  string   `json:"button,omitempty"`     // where it is on the pages of the CI system
	After   string   `json:"afterwards,omitempty"` // what is due then
}

// Choice is what is recommended, and why.
type Choice struct {
	Kind string `json:"kind"` // of an answer; "" when none is open
	Name string `json:"name,omitempty"`
	Why  string `json:"why"`
}

// New is the advice for each environment of production that the script spoke of.
func New(s Source) ([]*Advice, error) {
	said, err := readAnswers(s.Said)
	if err != nil {
		return nil, err
	}
	var all []*Advice
	for _, a := range said {
		all = append(all, s.advice(a))
	}
	s.stoppedBefore(all)
	return all, nil
}

// stoppedBefore notes at what is open in an environment where the same run is refused
// before it gets there.
func (s Source) stoppedBefore(all []*Advice) {
	for _, a := range all {
		for k := range a.Forward {
			s.noteStop(a.Environment, &a.Forward[k], all)
		}
		s.noteStop(a.Environment, &a.Hotfix, all)
	}
}

func (s Source) noteStop(environment string, one *Answer, all []*Advice) {
	f := s.Plan.Flow(one.Kind)
	if !one.Open || f == nil {
		return
	}
	for _, e := range all {
		if at := f.Turn(e.Environment); at < 0 || at >= f.Turn(environment) {
			continue
		}
		for _, o := range append([]Answer{e.Hotfix}, e.Forward...) {
			if o.Kind == one.Kind && o.Name == one.Name && !o.Open {
				one.Notes = append(one.Notes, "The run goes to "+e.Environment+" first, and is refused there ("+o.guard()+").")
				return
			}
		}
	}
}

// Closure is the advice where the script refuses everything: a ledger that nobody can
// trust closes every answer.
func Closure(s Source, said string) []*Advice {
	var all []*Advice
	for _, e := range s.Plan.Environments {
		if e.Tier != flow.Production {
			continue
		}
		of := &answers{environment: e.ID}
		if now := s.Ledger.Environment(e.ID); now != nil {
			of.version, of.commit = now.Version, now.Commit
		}
		one := answer{kind: string(flow.Hotfix), name: "-", guard: guardOf(said), said: strings.Split(said, "\n")}
		if of.version != "" {
			one.name = s.Plan.Names.Line.Prefix + of.version + s.Plan.Names.Line.Suffix
		}
		of.all = append(of.all, one)
		one.kind, one.name = string(flow.Delivery), s.Plan.Mainline
		of.all = append(of.all, one)
		if now := s.Ledger.Environment(e.ID); now != nil {
			for _, f := range slices.Backward(now.Past) {
				if f.Version != of.version {
					one.kind, one.name, one.commit = string(flow.Redeploy), f.Version, f.Commit
					of.all = append(of.all, one)
				}
			}
		}
		all = append(all, s.advice(of))
	}
	return all
}

func guardOf(said string) string {
	if _, rest, ok := strings.Cut(said, "Refused ("); ok {
		guard, _, _ := strings.Cut(rest, ")")
		return guard
	}
	return "-"
}

func (s Source) advice(of *answers) *Advice {
	a := &Advice{Policy: s.Plan.Policy, Component: s.Plan.Component, Environment: of.environment, InTheWay: []string{}, Redeploys: []Answer{}, Forward: []Answer{}}
	a.Runs = s.runs(of)
	a.InTheWay = append(a.InTheWay, s.inTheWay(of)...)
	a.Hotfix = Answer{Kind: string(flow.Hotfix), Guard: "-", Commits: []Commit{}, Refusal: &refusal{Found: "this policy has no hotfix: " + s.Plan.Absent(flow.Hotfix)}}
	for _, one := range of.all {
		switch flow.Kind(one.kind) {
		case flow.Redeploy:
			a.Redeploys = append(a.Redeploys, s.redeploy(of, one))
		case flow.Hotfix:
			a.Hotfix = s.hotfix(of, one)
		default:
			a.Forward = append(a.Forward, s.forward(of, one))
		}
	}
	a.Before = before(of, a.Redeploys)
	a.Recommended = recommend(a)
	return a
}

func (s Source) runs(of *answers) *Runs {
	if of.version == "" {
		return nil
	}
	r := &Runs{Version: of.version, Commit: of.commit}
	if e := s.Ledger.Environment(of.environment); e != nil {
		r.Flow = e.Flow
		if t, err := time.Parse(time.RFC3339, e.Time); err == nil {
			r.Since = t.UTC()
		}
	}
	if stays := ledger.Stays(s.Entries, s.Plan.Component, of.environment); len(stays) > 0 {
		last := stays[len(stays)-1]
		r.Actor, r.Approvers, r.Incident = last.Actor, last.Approvers, last.Incident
	}
	return r
}

// before is the newest version that ran there before and has nothing that was
// withdrawn.
func before(of *answers, all []Answer) string {
	for _, r := range all {
		if r.Name != of.version && r.Guard != guardWithdrawn {
			return r.Name
		}
	}
	return ""
}

// guardWithdrawn is the guard of what a redeployment took out.
const guardWithdrawn = "withdrawn"

// answer is what all of them have.
func (s Source) answer(one answer) Answer {
	said := readRefusal(one.said)
	out := Answer{Kind: one.kind, Name: one.name, Open: one.open, Guard: one.guard, Notes: said.Notes, Commits: []Commit{}}
	if !one.open {
		said.Notes = nil
		out.Refusal = &said
	}
	return out
}

func (s Source) redeploy(of *answers, one answer) Answer {
	out := s.answer(one)
	if leaves := s.History.Between(one.commit, s.there(of)...); leaves != nil {
		out.Commits = leaves
	}
	out.After = "What it takes out is withdrawn: a delivery that has it is refused, until a commit or a person answers it."
	f := s.Plan.Flow(string(flow.Redeploy))
	if f == nil {
		return out
	}
	out.Gates = Gates(f, of.environment)
	s.addStart(&out, f, s.Plan.Mainline, map[string]string{"environment": of.environment, "version": one.name, "reason": s.reason(of), "incident": s.Incident})
	return out
}

// there are the commits that may be in the environment: what runs by the ledger, and
// each deployment that did not end.
func (s Source) there(of *answers) []string {
	out := []string{of.commit}
	if e := s.Ledger.Environment(of.environment); e != nil {
		for _, i := range e.Intents {
			out = append(out, i.Commit)
		}
	}
	return out
}

// reason is one that a person can do better than.
func (s Source) reason(of *answers) string {
	broken := of.version
	if e := s.Ledger.Environment(of.environment); e != nil && len(e.Intents) > 0 {
		broken = e.Intents[len(e.Intents)-1].Version
	}
	if broken == "" {
		return ""
	}
	return broken + " is broken"
}

func (s Source) hotfix(of *answers, one answer) Answer {
	out := s.answer(one)
	if on := s.History.Between(of.commit, one.commit); on != nil {
		out.Commits = on
	}
	out.After = "The merge-back: until the mainline has the fix, a delivery is refused."
	f := s.Plan.Flow(string(flow.Hotfix))
	if f == nil || of.version == "" {
		return out
	}
	out.Gates = Gates(f, "")
	for _, w := range f.Waivers {
		out.Waived = append(out.Waived, w.What()+": "+w.Reason)
	}
	out.Start = []string{
		"git fetch origin && git switch --create " + gen.Shell(one.name) + " " + gen.Shell("origin/"+one.name),
		"git commit --all --message 'What is repaired' --message " + gen.Shell("Incident: "+s.incident()),
		"git push origin " + gen.Shell(one.name),
	}
	return out
}

// incident is the one that is given, or an example of the form that the policy asks
// for.
func (s Source) incident() string {
	if s.Incident != "" {
		return s.Incident
	}
	return s.Plan.ExampleIncident("ID")
}

func (s Source) forward(of *answers, one answer) Answer {
	out := s.answer(one)
	if brings := s.History.Between(of.commit, one.commit); brings != nil {
		out.Commits = brings
	}
	f := s.Plan.Flow(string(flow.Delivery))
	if f == nil {
		return out
	}
	out.Gates = Gates(f, "")
	out.Start = []string{
		"git switch " + gen.Shell(one.name) + " && git pull",
		"git commit --all --message 'What is repaired' --message " + gen.Shell("Incident: "+s.incident()),
		"git push origin " + gen.Shell(one.name),
	}
	s.addStart(&out, f, one.name, map[string]string{"incident": s.incident()})
	return out
}

// addStart adds how the active target starts it: the target says so itself.
func (s Source) addStart(out *Answer, f *flow.Flow, branch string, values map[string]string) {
	start := s.Target.Start(s.Plan, f, branch, gen.Fields(f, values))
	out.Start, out.Button = append(out.Start, start.Command), start.Button
}

// Gates are what stands between the start of a flow and production: of one
// environment, or of all.
func Gates(f *flow.Flow, environment string) []string {
	var out []string
	for _, j := range f.Jobs {
		if environment != "" && j.Environment != nil && j.Environment.ID != environment {
			continue
		}
		switch j.Kind {
		case flow.JobBuild:
			out = append(out, "build")
		case flow.JobCheck:
			out = append(out, "check "+strings.TrimPrefix(j.Name, "check/"))
		case flow.JobApprove:
			var groups []string
			for _, g := range j.Approval.Groups {
				groups = append(groups, g.ID)
			}
			out = append(out, fmt.Sprintf("approval of %s by %s within %s", j.Environment.ID, strings.Join(groups, " or "), flow.Duration(j.Approval.Timeout)))
		case flow.JobDeploy:
			out = append(out, "deploy to "+j.Environment.ID)
		case flow.JobMirror:
			out = append(out, "mirror "+j.Environment.ID)
		case flow.JobMergeBack:
			out = append(out, "merge-back")
		case flow.JobIdentify, flow.JobChanges, flow.JobPolicy, flow.JobOpen, flow.JobResolve, flow.JobCandidate, flow.JobRequest, flow.JobOperate, flow.JobNotify:
		}
	}
	return out
}

// recommend is the fastest answer that is open: what ran before needs no build, and
// a hotfix brings nothing else along.
func recommend(a *Advice) Choice {
	if a.Runs == nil {
		return Choice{string(flow.Delivery), "", "Nothing runs there yet: deliver."}
	}
	closed := ""
	for _, r := range a.Redeploys {
		if r.Open && r.Name == a.Runs.Version { // offered only while a deployment is open
			return Choice{r.Kind, r.Name, "It ran here before the deployment that did not end, nothing is built, and the environment is settled again."}
		}
	}
	for _, r := range a.Redeploys {
		if r.Open {
			return Choice{r.Kind, r.Name, "It ran here before, nothing is built, and it takes out what " + a.Runs.Version + " brought."}
		}
		if !r.Open && closed == "" {
			closed = "redeploying " + r.Name + " is refused (" + r.guard() + ")"
		}
	}
	if closed == "" {
		closed = "no other version ran here before"
	}
	if a.Hotfix.Open {
		return Choice{a.Hotfix.Kind, a.Hotfix.Name, "It brings the fix and nothing else; " + closed + "."}
	}
	for _, f := range a.Forward {
		if f.Open {
			return Choice{f.Kind, f.Name, "Everything that it brings may go; " + closed + ", and a hotfix is refused (" + a.Hotfix.guard() + ")."}
		}
	}
	return Choice{Why: "Nothing is open: first " + lower(a.next())}
}

// next is what a person does first where everything is closed: for a hotfix, which
// brings the least, or else for what can be mended.
func (a *Advice) next() string {
	for _, one := range append(append([]Answer{a.Hotfix}, a.Forward...), a.Redeploys...) {
		if one.Refusal != nil && one.Refusal.Next != "" {
			return one.Refusal.Next
		}
	}
	return "see below what is refused and why."
}

func (a *Answer) guard() string {
	if a.Guard == "" || a.Guard == "-" {
		return "see below"
	}
	return a.Guard
}

func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }
