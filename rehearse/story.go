package rehearse

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// Kind is what a Line of a story is.
type Kind int

// The kinds of lines.
const (
	Heading  Kind = iota // a chapter
	Text                 // what happens in the world
	Job                  // a job that ended well
	Failure              // a job that did not
	Detail               // what a job did, or what came of a run
	Plain                // of a list
	Progress             // a job that has begun: for a terminal, until something else happens
)

// Line is one line of a story.
type Line struct {
	Kind Kind
	Text string
}

// Story is a defect in production, on one policy: from the first delivery to a
// redeployment and the delivery that is refused after it.
type Story struct {
	World  *scenario.World
	Engine *Engine
	Plan   *flow.Plan
	Now    time.Time
	Tell   func(Line)
	// Chapter gets what happened until the end of a chapter, as a scenario; it may be nil.
	Chapter func(s scenario.Scenario) error
	// Asked decides on an approval; nil: all are given.
	Asked func(gate, person string) (scenario.Decision, error)

	mu      sync.Mutex
	events  []string // the lines so far
	chapter int
	refs    map[string]string
	details map[*flow.Job][]string
}

// The people of a story.
const (
	developer = "dev"
	approver  = "lead"
)

// Play tells it. What goes otherwise than a release process should is an error.
func (s *Story) Play() error {
	s.Engine.Tell = s.hear
	s.details = map[*flow.Job][]string{}
	s.refs = s.World.Refs()
	if err := s.outsideFreezes(); err != nil {
		return err
	}
	for _, chapter := range []func() error{s.deliver, s.hotfix, s.mergeBack, s.redeploy} {
		if err := chapter(); err != nil {
			return err
		}
	}
	return s.ends()
}

// Push tells what a push of the branch would start, in a world that was begun with
// a real repository.
func (s *Story) Push(branch string) error {
	s.Engine.Tell = s.hear
	s.details = map[*flow.Job][]string{}
	s.refs = s.World.Refs()
	s.heading("A push of %s", branch)
	r, err := s.startRun("push " + branch)
	if err != nil {
		return err
	}
	if r.Err != nil {
		s.tellRefusal(r)
	}
	s.environments()
	return r.Err
}

// record hands a chapter on, with all that happened before it.
func (s *Story) record(name, about string) error {
	if s.Chapter == nil {
		return nil
	}
	state, err := s.World.Print()
	if err != nil {
		return err
	}
	return s.Chapter(scenario.Scenario{Name: name, About: about, Lines: append([]string{"# " + about}, s.events...), State: state, Stated: true})
}

// line is carried out, and kept.
func (s *Story) line(text string) error {
	s.events = append(s.events, text)
	return s.World.Line(text)
}

func (s *Story) tell(kind Kind, format string, args ...any) {
	s.Tell(Line{kind, fmt.Sprintf(format, args...)})
}

func (s *Story) heading(format string, args ...any) {
	s.chapter++
	s.tell(Heading, "%d. %s", s.chapter, fmt.Sprintf(format, args...))
}

// outsideFreezes sets the clock of the rehearsal to a time that no freeze covers.
func (s *Story) outsideFreezes() error {
	now := s.Now
	for _, f := range s.Plan.Freezes {
		for _, w := range f.Windows {
			if !now.Before(w.Begin) && now.Before(w.End) {
				now = w.End
			}
		}
	}
	if now.Equal(s.Now) {
		return nil
	}
	s.tell(Text, "A freeze is in effect now. The rehearsal takes place after it, at %s.", now.UTC().Format(time.RFC3339))
	return s.line("clock " + now.UTC().Format(time.RFC3339))
}

// --- Chapters -----------------------------------------------------------------------

// production are the environments of that tier.
func (s *Story) production() []*flow.Environment {
	var out []*flow.Environment
	for _, e := range s.Plan.Environments {
		if e.Tier == flow.Production {
			out = append(out, e)
		}
	}
	return out
}

// running is the version that production runs.
func (s *Story) running() string {
	all := s.production()
	if len(all) == 0 {
		return ""
	}
	version, _, _ := strings.Cut(s.World.RunsIn(all[0].ID), " ")
	return version
}

// from is the branch that deliveries come from.
func (s *Story) from() string {
	if s.Plan.FromReleases {
		return strings.ReplaceAll(s.Plan.ReleaseBranches, "*", "1")
	}
	return s.Plan.Mainline
}

func (s *Story) deliver() error {
	s.heading("The first delivery")
	if s.Plan.Flow(string(flow.Delivery)) == nil {
		return errors.New("the policy has no delivery: there is nothing to rehearse")
	}
	if err := s.commit(s.Plan.Mainline, "First version", ""); err != nil {
		return err
	}
	if s.Plan.FromReleases {
		if err := s.lines(fmt.Sprintf("push %s quietly", s.Plan.Mainline), fmt.Sprintf("branch %s %s", s.from(), s.Plan.Mainline)); err != nil {
			return err
		}
	}
	if err := s.push(s.from(), true); err != nil {
		return err
	}
	return s.record("first-delivery", "The first delivery: every gate is passed, and the version is deployed.")
}

func (s *Story) hotfix() error {
	f := s.Plan.Flow(string(flow.Hotfix))
	if f == nil {
		s.heading("A hotfix is left out")
		s.tell(Text, "The policy has no flow hotfix: %s.", s.Plan.Absent(flow.Hotfix))
		return nil
	}
	version := s.running()
	s.heading("A defect in %s: a hotfix", version)
	branch := s.Plan.Names.Line.Prefix + version + s.Plan.Names.Line.Suffix
	if len(f.Waivers) == 0 {
		s.tell(Text, "It passes every check that a delivery passes.")
	}
	for _, w := range f.Waivers {
		s.tell(Text, "It leaves out %s: %s", w.What(), strings.Join(strings.Fields(w.Reason), " "))
	}
	if err := s.commit(branch, "Repair the defect", "Incident: "+s.incident()); err != nil {
		return err
	}
	if err := s.push(branch, true); err != nil {
		return err
	}
	return s.record("hotfix", "A hotfix of the version that runs: it passes its gates, and its merge-back is asked for.")
}

// incident is a text that the policy takes for one.
func (s *Story) incident() string { return s.Plan.ExampleIncident("INC0001") }

func (s *Story) mergeBack() error {
	s.heading("The next delivery")
	if s.Plan.Flow(string(flow.Hotfix)) != nil {
		if err := s.takeIn(); err != nil {
			return err
		}
	}
	if err := s.commit(s.from(), "Another feature", ""); err != nil {
		return err
	}
	return s.push(s.from(), true)
}

// takeIn does what the pipelines asked for: it merges each merge-back, or makes the
// change again where that is how a hotfix is merged back.
func (s *Story) takeIn() error {
	version := s.running()
	if s.Plan.Component != "" {
		version = s.Plan.Component + "/" + version
	}
	for _, ref := range sortedNames(s.World.Refs()) {
		branch, found := strings.CutPrefix(ref, "branch ")
		if !found || !strings.HasPrefix(branch, s.Plan.Names.MergeBack) {
			continue
		}
		to, again := s.from(), s.Plan.MergeBack.Mode == "reapply"
		for _, q := range s.World.Requests() {
			if q.Head == branch {
				to, again = q.Base, again || q.Draft
			}
		}
		how := s.merge
		if again {
			how = s.reapply
		}
		if err := how(branch, to, version); err != nil {
			return err
		}
	}
	return nil
}

func (s *Story) merge(branch, to, _ string) error {
	s.tell(Text, "%s merges %s into %s.", approver, branch, to)
	return s.lines(fmt.Sprintf("merge %s %s", to, branch), fmt.Sprintf("push %s quietly", to))
}

func (s *Story) reapply(_, to, version string) error {
	if err := s.commit(to, "Repair the defect again", "Reapplies: "+version); err != nil {
		return err
	}
	return s.lines(fmt.Sprintf("push %s quietly", to))
}

func (s *Story) redeploy() error {
	f := s.Plan.Flow(string(flow.Redeploy))
	if f == nil {
		s.heading("A redeployment is left out")
		s.tell(Text, "The policy has no flow redeploy: %s.", s.Plan.Absent(flow.Redeploy))
		return nil
	}
	bad, former := s.running(), s.former()
	if former == "" {
		s.heading("A redeployment is left out")
		s.tell(Text, "No version ran in production before %s.", bad)
		return nil
	}
	s.heading("%s is bad: a redeployment of %s", bad, former)
	line := fmt.Sprintf("dispatch %s environment=%s version=%s reason=%q", f.Name, s.production()[0].ID, former, bad+" is slow")
	s.tell(Text, "%s starts the flow redeploy: version %s, reason %q.", developer, former, bad+" is slow")
	if err := s.starts(line, true); err != nil {
		return err
	}
	s.heading("The next delivery, before anybody answered what is wrong with %s", bad)
	if err := s.commit(s.from(), "One more feature", ""); err != nil {
		return err
	}
	if err := s.push(s.from(), false); err != nil {
		return err
	}
	return s.record("redeployment", "A former version is redeployed, and the next delivery is refused until somebody answers what was withdrawn.")
}

// former is the version that ran before in the first production environment.
func (s *Story) former() string {
	now, last := s.running(), ""
	for _, entry := range s.World.Ledger() {
		of, found := strings.CutSuffix(entry, " passed")
		environment, version, _ := strings.Cut(of, ": ")
		if found && path.Base(environment) == s.production()[0].ID && version != now {
			last = version
		}
	}
	return last
}

func (s *Story) ends() error {
	s.tell(Heading, "What is in the repository now")
	s.tell(Text, "The ledger, branch %s:", s.Plan.Names.Ledger)
	for _, entry := range s.World.Ledger() {
		s.tell(Plain, "%s", entry)
	}
	s.tell(Text, "Branches and tags:")
	refs := s.World.Refs()
	for _, ref := range sortedNames(refs) {
		s.tell(Plain, "%s: %s", ref, s.World.Subject(refs[ref]))
	}
	for i, q := range s.World.Requests() {
		if i == 0 {
			s.tell(Text, "Requests that the pipelines opened:")
		}
		s.tell(Plain, "%s", q)
	}
	s.tell(Text, "This is what your pipelines on %s will do.", s.Plan.Active)
	return nil
}
