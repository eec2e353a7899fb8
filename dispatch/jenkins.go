package dispatch

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/schema/regex"
)

// jenkins is Jenkins, by its remote access interface (www.jenkins.io/doc/book/using/remote-access-api)
// and that of its plugin pipeline-rest-api, which shows stages.
type jenkins struct{}

func (*jenkins) needs() []string                         { return nil }
func (*jenkins) rights() string                          { return "Job/Read and Job/Build of the project" }
func (*jenkins) prepare(context.Context, *Session) error { return nil }

// project is the path of the project that is built.
func (*jenkins) project(s *Session) string {
	path := s.Order.Start().Request.Path
	return path[:strings.LastIndex(path, "/")]
}

type jenkinsBuild struct {
	Number   int64  `json:"number"`
	Building bool   `json:"building"`
	Result   string `json:"result"`
	Address  string `json:"url"`
	Actions  []struct {
		Causes []struct {
			Name string `json:"userName"`
		} `json:"causes"`
	} `json:"actions"`
}

func (j *jenkins) run(s *Session, b jenkinsBuild) Run {
	r := Run{ID: j.project(s) + "/" + strconv.FormatInt(b.Number, 10), Address: b.Address}
	for _, a := range b.Actions {
		for _, c := range a.Causes {
			if c.Name != "" {
				r.By = c.Name
			}
		}
	}
	return r
}

func (j *jenkins) active(ctx context.Context, s *Session) ([]Run, error) {
	var project struct {
		Queued bool           `json:"inQueue"`
		Builds []jenkinsBuild `json:"builds"`
	}
	tree := url.QueryEscape("inQueue,builds[number,building,url,actions[causes[userName]]]{0,20}")
	if _, err := s.get(ctx, j.project(s)+"/api/json?tree="+tree, &project); err != nil {
		return nil, err
	}
	var out []Run
	if project.Queued {
		out = append(out, Run{Address: s.Order.Start().Button, Note: "it is in the queue"})
	}
	for _, b := range project.Builds {
		if b.Building {
			out = append(out, j.run(s, b))
		}
	}
	return out, nil
}

var queued = regex.New(`/queue/item/[0-9]+`)

// send gets the place in the queue, and waits until the build has a number.
func (j *jenkins) send(ctx context.Context, s *Session) (Run, error) {
	r, err := s.post(ctx, s.Order.Start().Request, http.StatusCreated)
	if err != nil {
		return Run{}, err
	}
	item := queued().FindString(r.header.Get("Location"))
	if item == "" {
		return Run{Note: "Jenkins took the request and did not say which build it is. Look there: " + s.Order.Start().Button}, nil
	}
	const looks, pause = 60, 2 * time.Second
	why := ""
	for range looks {
		var is struct {
			Why        string       `json:"why"`
			Cancelled  bool         `json:"cancelled"`
			Executable jenkinsBuild `json:"executable"`
		}
		if _, err := s.get(ctx, item+"/api/json", &is); err != nil {
			return Run{}, err
		}
		if is.Cancelled {
			return Run{}, &Error{Found: "it was cancelled in the queue of Jenkins", Next: "Ask who did it, and start this again."}
		}
		if is.Executable.Number != 0 {
			return j.run(s, is.Executable), nil
		}
		why = is.Why
		if err := s.Clock.Wait(ctx, pause); err != nil {
			return Run{}, err
		}
	}
	return Run{Note: "It is in the queue of Jenkins (" + why + "). Look there: " + s.Order.Start().Button}, nil
}

var jenkinsStands = map[Stand][]string{
	Running: {"in_progress"}, Asking: {"paused_pending_input"}, Succeeded: {"success", "unstable"}, Failed: {"failed", "failure"}, Skipped: {"not_executed"}, Cancelled: {"aborted"},
}

func (j *jenkins) look(ctx context.Context, s *Session, run Run) (*State, error) {
	var b jenkinsBuild
	if _, err := s.get(ctx, run.ID+"/api/json?tree=building,result", &b); err != nil {
		return nil, err
	}
	out := &State{Ended: !b.Building && b.Result != "", Succeeded: b.Result == "SUCCESS", Result: strings.ToLower(b.Result)}
	var stages struct {
		Stages []struct {
			Name   string `json:"name"`
			Status string `json:"status"`
		} `json:"stages"`
	}
	r, err := s.get(ctx, run.ID+"/wfapi/describe", &stages)
	if r != nil && r.status == http.StatusNotFound {
		out.Note = "Jenkins does not show the stages: its plugin pipeline-rest-api is missing."
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	for _, g := range stages.Stages {
		job := Job{Name: g.Name, Is: standOf(jenkinsStands, g.Status)}
		if job.Is == Asking {
			job.Approval = s.approval(g.Name)
		}
		out.Jobs = append(out.Jobs, job)
	}
	return out, nil
}
