package dispatch

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// gitlab is GitLab CI, by docs.gitlab.com/api/pipelines ("Create a new pipeline", with
// inputs) and docs.gitlab.com/api/jobs ("List all jobs for a pipeline").
type gitlab struct{}

func (*gitlab) needs() []string { return []string{"project"} }
func (*gitlab) rights() string {
	return "the scope api, of a member who may run pipelines on the branch"
}
func (*gitlab) prepare(context.Context, *Session) error { return nil }

type gitlabPipeline struct {
	ID      int64  `json:"id"`
	Status  string `json:"status"`
	Address string `json:"web_url"`
	User    struct {
		Name string `json:"username"`
	} `json:"user"`
}

func (p gitlabPipeline) run() Run {
	return Run{ID: strconv.FormatInt(p.ID, 10), Address: p.Address, By: p.User.Name}
}

type gitlabJob struct {
	Name   string `json:"name"`
	Status string `json:"status"`
}

// gitlabEnded are the ends of a pipeline.
var gitlabEnded = []string{"success", "failed", "canceled", "skipped"}

// active are the newest pipelines of the branch that have not ended and have the jobs
// of the flow: GitLab does not list the inputs of a pipeline.
func (g *gitlab) active(ctx context.Context, s *Session) ([]Run, error) {
	var all []gitlabPipeline
	if _, err := s.get(ctx, "/projects/{project}/pipelines?per_page=20&ref="+url.QueryEscape(s.Order.Branch), &all); err != nil {
		return nil, err
	}
	var out []Run
	for _, p := range all {
		if slices.Contains(gitlabEnded, p.Status) {
			continue
		}
		jobs, err := g.jobs(ctx, s, p.run())
		if err != nil {
			return nil, err
		}
		if s.isOf(s.Order.Flow, jobs) {
			out = append(out, p.run())
		}
	}
	return out, nil
}

// isOf tells whether the jobs of a pipeline that the plan knows are all of the flow.
func (s *Session) isOf(f *flow.Flow, jobs []gitlabJob) bool {
	ids := func(of *flow.Flow) []string {
		var out []string
		for _, j := range of.Jobs {
			out = append(out, s.Order.Plan.Prefix()+j.ID())
		}
		return out
	}
	own, found := ids(f), false
	for _, j := range jobs {
		name, _, _ := strings.Cut(j.Name, ":") // of a matrix
		if slices.Contains(own, name) {
			found = true
			continue
		}
		if slices.ContainsFunc(s.Order.Plan.Flows, func(o *flow.Flow) bool { return slices.Contains(ids(o), name) }) {
			return false
		}
	}
	return found
}

func (g *gitlab) send(ctx context.Context, s *Session) (Run, error) {
	r, err := s.post(ctx, s.Order.Start().Request, http.StatusCreated)
	if err != nil {
		return Run{}, err
	}
	var p gitlabPipeline
	if json.Unmarshal(r.body, &p) != nil || p.ID == 0 {
		return Run{}, s.unreadable()
	}
	return p.run(), nil
}

var gitlabStands = map[Stand][]string{
	Running: {"running"}, Asking: {"manual"}, Succeeded: {"success"}, Failed: {"failed"}, Skipped: {"skipped"}, Cancelled: {"canceled", "canceling"},
}

func (g *gitlab) jobs(ctx context.Context, s *Session, run Run) ([]gitlabJob, error) {
	var out []gitlabJob
	_, err := s.get(ctx, "/projects/{project}/pipelines/"+run.ID+"/jobs?per_page=100", &out)
	slices.Reverse(out) // the newest first
	return out, err
}

func (g *gitlab) look(ctx context.Context, s *Session, run Run) (*State, error) {
	var p gitlabPipeline
	if _, err := s.get(ctx, "/projects/{project}/pipelines/"+run.ID, &p); err != nil {
		return nil, err
	}
	jobs, err := g.jobs(ctx, s, run)
	if err != nil {
		return nil, err
	}
	out := &State{Ended: slices.Contains(gitlabEnded, p.Status), Succeeded: p.Status == "success", Result: p.Status}
	for _, j := range jobs {
		job := Job{Name: j.Name, Is: standOf(gitlabStands, j.Status)}
		if job.Is == Asking {
			job.Approval = s.approval(j.Name)
		}
		out.Jobs = append(out.Jobs, job)
	}
	return out, nil
}
