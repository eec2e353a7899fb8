package rehearse

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

func (s *Story) lines(all ...string) error {
	for _, line := range all {
		if err := s.line(line); err != nil {
			return err
		}
	}
	return nil
}

// commit makes one that belongs to the policy.
func (s *Story) commit(branch, subject, body string) error {
	line := fmt.Sprintf("commit %s %q %s=%q", branch, subject, fileIn(s.Plan.Paths, subject), subject)
	if body != "" {
		line += fmt.Sprintf(" body=%q", body)
	}
	s.tell(Text, "%s commits %q to %s%s.", developer, subject, branch, when(body != "", ", with the line "+body))
	return s.line(line)
}

func when(is bool, text string) string {
	if is {
		return text
	}
	return ""
}

// fileIn is a file that one of the globs matches.
func fileIn(globs []string, subject string) string {
	name := strings.ReplaceAll(strings.ToLower(subject), " ", "-") + ".txt"
	if len(globs) == 0 {
		return name
	}
	return strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(globs[0], "**/", ""), "**", name), "*", strings.TrimSuffix(name, ".txt"))
}

func (s *Story) push(branch string, goes bool) error {
	s.tell(Text, "%s pushes %s.", developer, branch)
	return s.starts("push "+branch, goes)
}

// startRun begins a run, and gives its approvals until it ends.
func (s *Story) startRun(line string) (*scenario.Run, error) {
	before := len(s.World.Runs())
	if err := s.line(line); err != nil {
		return nil, err
	}
	r := s.World.Runs()[before]
	if branch, pushed := strings.CutPrefix(line, "push "); pushed { // by a person
		s.refs["branch "+branch] = r.Commit
	}
	if err := s.follow(r); err != nil {
		return nil, err
	}
	s.tellPushes()
	return r, nil
}

// starts begins a run and says what came of it: it goes well, or it is refused.
func (s *Story) starts(line string, goes bool) error {
	r, err := s.startRun(line)
	if err != nil {
		return err
	}
	switch {
	case goes && r.Err != nil:
		return fmt.Errorf("the pipeline %s failed, and it should not: %w\n%s", r.Flow, r.Err, r.Log())
	case !goes && r.Err == nil:
		return fmt.Errorf("the pipeline %s succeeded, and it should have been refused:\n%s", r.Flow, r.Log())
	case goes:
		s.events = append(s.events, fmt.Sprintf("%d succeeds", r.Number))
	default:
		s.tellRefusal(r)
	}
	s.environments()
	return nil
}

// environments says what runs in each.
func (s *Story) environments() {
	for _, e := range s.Plan.Environments {
		if version, _, _ := strings.Cut(s.World.RunsIn(e.ID), " "); version != "" {
			s.tell(Detail, "%s runs %s", e.ID, version)
		}
	}
}

// tellRefusal says why a run was refused.
func (s *Story) tellRefusal(r *scenario.Run) {
	lines := refusal(r.Log())
	for _, text := range lines {
		s.tell(Detail, "%s", text)
	}
	first, _, _ := strings.Cut(append(lines, "")[0], ":")
	s.events = append(s.events, fmt.Sprintf("%d fails %q", r.Number, first))
}

// follow gives the approvals of a run until it ends.
func (s *Story) follow(r *scenario.Run) error {
	for {
		if err := s.World.Settles(r); err != nil {
			return err
		}
		gates := s.World.Waiting(r)
		if len(gates) == 0 {
			return nil
		}
		for _, gate := range gates {
			d := scenario.Decision{Person: s.approverOf(r.Flow, gate), Approved: true}
			if s.Asked != nil {
				var err error
				if d, err = s.Asked(gate, d.Person); err != nil {
					return err
				}
			}
			if err := s.World.Decide(r, gate, d); err != nil {
				return err
			}
			s.events = append(s.events, fmt.Sprintf("%d approved by %s for %s", r.Number, d.Person, gate))
		}
	}
}

// approverOf is who gives an approval: nobody gives two of one environment.
func (s *Story) approverOf(name, gate string) string {
	person, n := approver, 1
	for _, f := range s.Plan.Flows {
		for _, j := range f.Jobs {
			if f.Name != name || j.Kind != flow.JobApprove || j.Environment.ID != path.Dir(gate) {
				continue
			}
			if j.Approval.Label == path.Base(gate) {
				return person
			}
			n++
			person = fmt.Sprintf("%s-%d", approver, n)
		}
	}
	return person
}

// tellPushes says what was pushed since the last look.
func (s *Story) tellPushes() {
	now := s.World.Refs()
	var out []string
	for _, ref := range sortedNames(now) {
		if s.refs[ref] != now[ref] && ref != "branch "+s.Plan.Names.Ledger {
			out = append(out, ref)
		}
	}
	if len(out) > 0 {
		s.tell(Detail, "pushed: %s", strings.Join(out, ", "))
	}
	s.refs = now
}

func sortedNames(refs map[string]string) []string {
	var out []string
	for ref := range refs {
		out = append(out, ref)
	}
	slices.Sort(out)
	return out
}
