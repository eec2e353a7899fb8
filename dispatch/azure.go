package dispatch

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// azure is Azure Pipelines, by learn.microsoft.com/rest/api/azure/devops, version 7.1:
// "Runs - Run Pipeline", "Definitions - List", "Builds - List", "Timeline - Get".
type azure struct{}

func (*azure) needs() []string { return []string{"project"} }
func (*azure) rights() string  { return "the scope Build (read and execute)" }

type azureDefinition struct {
	ID      int64  `json:"id"`
	Name    string `json:"name"`
	Process struct {
		File string `json:"yamlFilename"`
	} `json:"process"`
	Repository struct {
		Name string `json:"name"`
	} `json:"repository"`
}

// prepare finds the number of the pipeline by its file: what it is called there, no
// file says.
func (a *azure) prepare(ctx context.Context, s *Session) error {
	file := s.Order.Target.Locate(s.Order.Plan, s.Order.Flow, s.Order.Flow.Jobs[0]).Path
	all, err := a.definitions(ctx, s)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(d azureDefinition) bool { return strings.TrimPrefix(d.Process.File, "/") != file })
	if repository := s.Client.Known["repository"]; len(all) > 1 && repository != "" {
		all = slices.DeleteFunc(all, func(d azureDefinition) bool { return !strings.EqualFold(d.Repository.Name, repository) })
	}
	switch len(all) {
	case 0:
		return &Error{Found: "no pipeline of the project is made of " + file, Next: "Make one (docs/setup.md), or look at " + s.places() + "."}
	case 1:
		s.known["pipeline"] = strconv.FormatInt(all[0].ID, 10)
		return nil
	default:
		var names []string
		for _, d := range all {
			names = append(names, d.Name+" ("+d.Repository.Name+")")
		}
		return &Error{Found: "several pipelines of the project are made of " + file + ": " + strings.Join(names, ", "), Next: "Name the repository: BUILD_REPOSITORY_NAME."}
	}
}

func (a *azure) definitions(ctx context.Context, s *Session) ([]azureDefinition, error) {
	const path, most = "/{project}/_apis/build/definitions?includeAllProperties=true&api-version=7.1", 100
	var all []azureDefinition
	next := ""
	for range most {
		var page struct {
			Value []azureDefinition `json:"value"`
		}
		r, err := s.get(ctx, path+next, &page)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Value...)
		token := r.header.Get("x-ms-continuationtoken")
		if token == "" {
			return all, nil
		}
		next = "&continuationToken=" + url.QueryEscape(token)
	}
	return all, nil
}

type azureBuild struct {
	ID     int64  `json:"id"`
	Status string `json:"status"`
	Result string `json:"result"`
	Links  struct {
		Web struct {
			Address string `json:"href"`
		} `json:"web"`
	} `json:"_links"`
	For struct {
		Name string `json:"displayName"`
	} `json:"requestedFor"`
}

func (b azureBuild) run() Run {
	return Run{ID: strconv.FormatInt(b.ID, 10), Address: b.Links.Web.Address, By: b.For.Name}
}

func (a *azure) active(ctx context.Context, s *Session) ([]Run, error) {
	var page struct {
		Value []azureBuild `json:"value"`
	}
	_, err := s.get(ctx, "/{project}/_apis/build/builds?definitions={pipeline}&statusFilter=inProgress,notStarted,postponed,cancelling&api-version=7.1", &page)
	var out []Run
	for _, b := range page.Value {
		out = append(out, b.run())
	}
	return out, err
}

func (a *azure) send(ctx context.Context, s *Session) (Run, error) {
	r, err := s.post(ctx, s.Order.Start().Request, http.StatusOK)
	if err != nil {
		return Run{}, err
	}
	var b azureBuild
	if json.Unmarshal(r.body, &b) != nil || b.ID == 0 {
		return Run{}, s.unreadable()
	}
	return b.run(), nil
}

var azureStands = map[Stand][]string{
	Running: {"inprogress"}, Succeeded: {"succeeded", "succeededwithissues"}, Failed: {"failed", "abandoned"}, Skipped: {"skipped"}, Cancelled: {"canceled"},
}

// azureRecord is a line of a timeline: a stage, a job or a task.
type azureRecord struct {
	Type   string `json:"type"`
	Name   string `json:"name"`
	State  string `json:"state"`
	Result string `json:"result"`
	Order  int    `json:"order"`
}

func (a *azure) look(ctx context.Context, s *Session, run Run) (*State, error) {
	path := "/{project}/_apis/build/builds/" + run.ID
	var b azureBuild
	if _, err := s.get(ctx, path+"?api-version=7.1", &b); err != nil {
		return nil, err
	}
	var timeline struct {
		Records []azureRecord `json:"records"`
	}
	if _, err := s.get(ctx, path+"/timeline?api-version=7.1", &timeline); err != nil {
		return nil, err
	}
	slices.SortStableFunc(timeline.Records, func(x, y azureRecord) int { return x.Order - y.Order })
	out := &State{Ended: b.Status == "completed", Succeeded: b.Result == "succeeded" || b.Result == "partiallySucceeded", Result: b.Result}
	for _, r := range timeline.Records {
		if r.Type != "Stage" {
			continue
		}
		said := r.State
		if said == "completed" {
			said = r.Result
		}
		job := Job{Name: r.Name, Is: standOf(azureStands, said)}
		if approval := s.approval(r.Name); approval != nil && job.Is == Running {
			job.Is, job.Approval = Asking, approval
		}
		out.Jobs = append(out.Jobs, job)
	}
	return out, nil
}
