package rehearse

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// hear turns what happens in runs into lines: a job's together, when it has ended.
func (s *Story) hear(e Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch e.Kind {
	case Command:
		text := "would run  " + e.Text
		if s.Engine.Commands {
			text = "runs  " + e.Text
		}
		s.details[e.Job] = append(s.details[e.Job], text)
	case Pretended:
		s.details[e.Job] = append(s.details[e.Job], e.Text)
	case JobBegins:
		s.Tell(Line{Progress, e.Job.Title})
	case Asked:
		s.details[e.Job] = append(s.details[e.Job], s.approvers(e))
	case JobEnds:
		kind, text := Job, e.Job.Title
		if e.Err != nil {
			kind, text = Failure, fmt.Sprintf("%s: %v", e.Job.Title, e.Err)
		}
		s.Tell(Line{kind, text})
		for _, d := range s.details[e.Job] {
			s.Tell(Line{Detail, d})
		}
		delete(s.details, e.Job)
	}
}

// approvers says who is asked for an approval.
func (s *Story) approvers(e Event) string {
	var who []string
	for _, g := range e.Job.Approval.Groups {
		who = append(who, groupOn(g, s.Plan.Active))
	}
	text := fmt.Sprintf("asked: one of %s, within %s", strings.Join(who, ", "), flow.Duration(e.Job.Approval.Timeout))
	if s.Asked == nil {
		text += fmt.Sprintf("; here %s approves (%s started it and may not)", s.approverOf(e.Flow.Name, e.Text), e.Run.Actor)
	}
	return text
}

// groupOn is what a CI system calls a group.
func groupOn(g flow.Group, target string) string {
	return cmp.Or(g.On(target), g.ID)
}

// refusal are the lines of a log in which the release script says that it
// refused, why, and what to do.
func refusal(log string) []string {
	var out []string
	in := false
	for line := range strings.Lines(log) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "Refused"):
			in = true
		case !strings.HasPrefix(line, "  "):
			in = false
		}
		if in {
			out = append(out, line)
		}
	}
	return out
}
