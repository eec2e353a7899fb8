// Package jenkins writes declarative Jenkinsfiles, one a flow, and a Job DSL
// seed for their projects. An approval is a stage without an agent; a
// deployment takes the lock first and an executor second.
package jenkins

import (
	"sync"
	"text/template"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema/diag"
)

// Target is Jenkins.
var Target = &gen.Target{
	Name: "jenkins", Title: "Jenkins", Forge: "none",
	Files:    []string{".jenkins/*.Jenkinsfile", ".jenkins/jobs.groovy"},
	Generate: generate, Locate: locate, Start: start, Shared: sharedFiles,
}

var parsed = sync.OnceValue(func() *template.Template {
	return gen.Templates("jenkins", template.FuncMap{"groovy": Groovy})
})

// locate says where a job stands.
func locate(_ *flow.Plan, f *flow.Flow, j *flow.Job) gen.Location {
	if j.Kind == flow.JobNotify {
		return gen.Location{Path: path(f), Line: "node(" + Groovy(j.Agent.Jenkins) + ") {"} // in the post part of the pipeline, the only one of its kind
	}
	return gen.Location{Path: path(f), Line: "stage(" + Groovy(j.Title) + ") {"}
}

func generate(p *flow.Plan) ([]gen.File, diag.Diagnostics) {
	var diags diag.Diagnostics
	var files []gen.File
	var largest sizes
	for _, f := range p.Flows {
		w := &writer{plan: p, flow: f}
		pipeline := w.pipeline()
		largest.add(f, pipeline.size())
		view := struct {
			Header, Pipeline string
			Methods          []method
		}{Header: gen.Header("//", p, f.Outside("jenkins")...), Pipeline: pipeline.String()}
		view.Methods = w.methods() // the pipeline says which
		files = append(files, gen.File{Path: path(f), Content: gen.Render(parsed(), "Jenkinsfile.tmpl", view)})
		diags = append(diags, w.diags...)
	}
	if !p.Splitting {
		diags = append(diags, largest.tooLarge()...)
	}
	return files, diags
}

func path(f *flow.Flow) string { return ".jenkins/" + f.Name + ".Jenkinsfile" }

type seedView struct {
	Header  string
	Folders []folderView
}

type folderView struct {
	Name string
	Jobs []projectView
}

// projectView is a project: one that follows branches, or one with its form and
// its times.
type projectView struct{ Name, Path, Branches, Mainline, Starts string }

// sharedFiles is the seed of all projects.
func sharedFiles(plans []*flow.Plan) []gen.File {
	v := seedView{Header: gen.SharedHeader("//", plans)}
	for _, p := range plans {
		v.Folders = append(v.Folders, newFolder(p))
	}
	return []gen.File{{Path: ".jenkins/jobs.groovy", Content: gen.Render(parsed(), "jobs.groovy.tmpl", v)}}
}

// newFolder makes a project a flow: one that follows branches, or one that a
// person starts.
func newFolder(p *flow.Plan) folderView {
	v := folderView{Name: p.Policy}
	for _, f := range p.Flows {
		job := projectView{Name: p.Policy + "/" + f.Name, Path: path(f), Mainline: p.Mainline}
		for _, t := range f.Triggers {
			switch t := t.(type) {
			case flow.Push:
				job.Branches = t.Branch
			case flow.Request:
				job.Branches = "*" // a branch with a request; the forge's own source shows requests alone
			case flow.Dispatch, flow.Timer:
			default:
				panic("jenkins: unexpected trigger")
			}
		}
		if job.Branches == "" {
			job.Starts = within(1, seedForm(f))
		}
		v.Jobs = append(v.Jobs, job)
	}
	return v
}
