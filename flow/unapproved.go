package flow

import "slices"

// Unapproved is what a person may start with a flow, without an approval of
// anybody.
type Unapproved struct {
	Flow *Flow
	Job  *Job
	What []string // operations, or the deployment
}

// WithoutApproval are all of them: every operation and deployment of a flow that is
// started by hand, where no approval comes before it.
func (p *Plan) WithoutApproval() []Unapproved {
	var out []Unapproved
	for _, f := range p.Flows {
		if !slices.ContainsFunc(f.Triggers, func(t Trigger) bool { _, by := t.(Dispatch); return by }) {
			continue
		}
		for _, j := range f.Jobs {
			if what := p.free(j.does()); len(what) > 0 && !j.approved() {
				out = append(out, Unapproved{f, j, what})
			}
		}
	}
	return out
}

// does names what a job changes that people rely on.
func (j *Job) does() []string {
	switch j.Kind {
	case JobDeploy, JobMirror:
		return []string{"deployment to " + j.Environment.Name}
	case JobOperate:
		for _, d := range j.Inputs {
			if d.Input != nil && d.Input.Name == "operation" {
				return d.Input.Choices
			}
		}
		for _, s := range j.Steps {
			if op, ok := s.(Operation); ok {
				return []string{op.Name}
			}
		}
	}
	return nil
}

// free says where an operation is free that is approved in production.
func (p *Plan) free(what []string) []string {
	if !p.Approved {
		return what
	}
	out := slices.Clone(what)
	for i, w := range out {
		if w == "settle" || slices.Contains(approvedDecisions, w) {
			out[i] = w + " (not for production)"
		}
	}
	return out
}

// approved tells whether somebody approves before the job runs.
func (j *Job) approved() bool {
	return j.Kind == JobApprove || len(j.Approved) > 0 || slices.ContainsFunc(j.Needs, (*Job).approved)
}
