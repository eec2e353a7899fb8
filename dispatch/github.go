package dispatch

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// github is GitHub Actions, by docs.github.com/rest/actions: "Create a workflow dispatch
// event", "List workflow runs for a workflow", "List jobs for a workflow run", "Get
// pending deployments for a workflow run".
type github struct {
	seen []int64 // runs that were there before
}

func (*github) needs() []string { return []string{"repository"} }
func (*github) rights() string {
	return "the right to start workflows of the repository (fine-grained: Actions, write; classic: repo)"
}
func (*github) prepare(context.Context, *Session) error { return nil }

type githubRun struct {
	ID         int64  `json:"id"`
	Status     string `json:"status"`
	Conclusion string `json:"conclusion"`
	Address    string `json:"html_url"`
	Event      string `json:"event"`
	Branch     string `json:"head_branch"`
	Actor      struct {
		Login string `json:"login"`
	} `json:"actor"`
}

func (r githubRun) run() Run {
	return Run{ID: strconv.FormatInt(r.ID, 10), Address: r.Address, By: r.Actor.Login}
}

func (g *github) runs(ctx context.Context, s *Session) ([]githubRun, error) {
	var page struct {
		Runs []githubRun `json:"workflow_runs"`
	}
	_, err := s.get(ctx, "/repos/{repository}/actions/workflows/"+s.Order.Flow.Name+".yml/runs?per_page=100", &page)
	return page.Runs, err
}

func (g *github) active(ctx context.Context, s *Session) ([]Run, error) {
	all, err := g.runs(ctx, s)
	var out []Run
	for _, r := range all {
		g.seen = append(g.seen, r.ID)
		if r.Status != "completed" {
			out = append(out, r.run())
		}
	}
	return out, err
}

func (g *github) send(ctx context.Context, s *Session) (Run, error) {
	r, err := s.post(ctx, s.Order.Start().Request, http.StatusOK, http.StatusNoContent)
	if err != nil {
		return Run{}, err
	}
	var said struct {
		ID      int64  `json:"workflow_run_id"`
		Address string `json:"html_url"`
	}
	if r.status == http.StatusOK && json.Unmarshal(r.body, &said) == nil && said.ID != 0 {
		return Run{ID: strconv.FormatInt(said.ID, 10), Address: said.Address}, nil
	}
	return g.find(ctx, s)
}

// find looks for the run where the answer does not name it: a run by a person, on the
// branch, that was not there before. Of several none is taken for it.
func (g *github) find(ctx context.Context, s *Session) (Run, error) {
	const looks, pause = 10, 3 * time.Second
	for range looks {
		all, err := g.runs(ctx, s)
		if err != nil {
			return Run{}, err
		}
		all = slices.DeleteFunc(all, func(r githubRun) bool {
			return slices.Contains(g.seen, r.ID) || r.Event != "workflow_dispatch" || r.Branch != s.Order.Branch
		})
		switch len(all) {
		case 0:
		case 1:
			return all[0].run(), nil
		default:
			var addresses []string
			for _, r := range all {
				addresses = append(addresses, r.Address)
			}
			return Run{Note: fmt.Sprintf("It is started. GitHub did not say which run it is, and %d began since: %s", len(all), strings.Join(addresses, ", "))}, nil
		}
		if err := s.Clock.Wait(ctx, pause); err != nil {
			return Run{}, err
		}
	}
	return Run{Note: "GitHub took the request and did not say which run it is; none is listed yet. Look there: " + s.Order.Start().Button}, nil
}

var githubStands = map[Stand][]string{
	Running: {"in_progress"}, Asking: {"waiting"}, Succeeded: {"success", "neutral"},
	Failed: {"failure", "timed_out", "action_required", "startup_failure"}, Skipped: {"skipped"}, Cancelled: {"cancelled", "stale"},
}

func (g *github) look(ctx context.Context, s *Session, run Run) (*State, error) {
	path := "/repos/{repository}/actions/runs/" + run.ID
	var is githubRun
	if _, err := s.get(ctx, path, &is); err != nil {
		return nil, err
	}
	out := &State{Ended: is.Status == "completed", Succeeded: is.Conclusion == "success", Result: is.Conclusion}
	var page struct {
		Jobs []struct {
			Name       string `json:"name"`
			Status     string `json:"status"`
			Conclusion string `json:"conclusion"`
		} `json:"jobs"`
	}
	if _, err := s.get(ctx, path+"/jobs?per_page=100", &page); err != nil {
		return nil, err
	}
	for _, j := range page.Jobs {
		said := j.Status
		if said == "completed" {
			said = j.Conclusion
		}
		job := Job{Name: j.Name, Is: standOf(githubStands, said)}
		if job.Is == Asking {
			job.Approval = s.approval(j.Name)
		}
		out.Jobs = append(out.Jobs, job)
	}
	return out, g.reviewers(ctx, s, path, out)
}

// reviewers puts those whom the host asks in the place of those whom the policy names.
func (g *github) reviewers(ctx context.Context, s *Session, path string, state *State) error {
	if !slices.ContainsFunc(state.Jobs, func(j Job) bool { return j.Approval != nil }) {
		return nil
	}
	var pending []struct {
		Environment struct {
			Name string `json:"name"`
		} `json:"environment"`
		Reviewers []struct {
			Reviewer struct {
				Login string `json:"login"`
				Slug  string `json:"slug"`
			} `json:"reviewer"`
		} `json:"reviewers"`
	}
	if _, err := s.get(ctx, path+"/pending_deployments", &pending); err != nil {
		return err
	}
	for _, p := range pending {
		for _, j := range state.Jobs {
			of := s.job(j.Name)
			if j.Approval == nil || of.ApprovalEnvironment() != p.Environment.Name {
				continue
			}
			j.Approval.By = nil
			for _, r := range p.Reviewers {
				j.Approval.By = append(j.Approval.By, r.Reviewer.Login+r.Reviewer.Slug)
			}
		}
	}
	return nil
}
