// Package graph is what a generated file says when somebody else's parser
// reads it back: the jobs, what they wait for, and what stands between a
// trigger and production. Tests compare it with the plan, so that no target
// loses a job, an edge, a gate or a lock without anybody seeing it.
package graph

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// Graph is one flow.
type Graph struct {
	Flow string
	Jobs []Job // by ID
}

// Job is one job. After holds every job that must have succeeded before it,
// directly or through others: systems need more direct edges than the plan has,
// to hand values on, but none may lose one.
type Job struct {
	ID         string
	After      []string // sorted, transitive
	Lock       string
	Approval   bool     // waits for a person
	Authors    bool     // and refuses one who wrote a commit
	Condition  string   // "", "proceed", "chosen NAME=VALUE", "failed"
	Operations []string // "begin production", in order; those of failure as "! failed production"
	Runs       []string // the policy's commands, in order, as the shell reads them
	Tolerated  []string // those of Runs whose failure may pass
	Causes     []string // titles of the jobs among which it finds what did not succeed, in order
	Mark       string   // what it says at its end, where jobs are told of no other
	Timeout    bool
	Options    map[string][]string // of single targets, by target
	Natives    []flow.Native       // steps and keys as the policy has them
	Informs    bool                // its failure stops nothing
}

// String prints a graph, one job a line, so that a difference reads like one.
func (g Graph) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "flow %s\n", g.Flow)
	for _, j := range g.Jobs {
		fmt.Fprintf(&b, "  job %s after=%s lock=%s approval=%t condition=%s timeout=%t informs=%t\n", j.ID, strings.Join(j.After, ","), j.Lock, j.Approval, j.Condition, j.Timeout, j.Informs)
		for _, o := range j.Operations {
			fmt.Fprintf(&b, "    op %s\n", o)
		}
		for _, r := range j.Runs {
			fmt.Fprintf(&b, "    run %q\n", r)
		}
	}
	return b.String()
}

// Of returns the graph of a flow of the plan.
func Of(f *flow.Flow) Graph {
	g := Graph{Flow: f.ID()}
	for _, j := range f.Jobs {
		g.Jobs = append(g.Jobs, jobOf(f, j))
	}
	g.Sort()
	return g
}

// Sort puts the jobs and their edges into order and makes the edges transitive.
// A reader fills After with the direct edges and calls it.
func (g *Graph) Sort() {
	direct := map[string][]string{}
	for _, j := range g.Jobs {
		direct[j.ID] = j.After
	}
	for i := range g.Jobs {
		g.Jobs[i].After = Reach(g.Jobs[i].ID, direct)
	}
	slices.SortFunc(g.Jobs, func(a, b Job) int { return strings.Compare(a.ID, b.ID) })
}

// Reach returns everything that a job waits for, directly or through others,
// sorted, from the direct edges.
func Reach(id string, direct map[string][]string) []string {
	seen, todo := map[string]bool{}, slices.Clone(direct[id])
	for len(todo) > 0 {
		next := todo[0]
		todo = todo[1:]
		if !seen[next] {
			seen[next] = true
			todo = append(todo, direct[next]...)
		}
	}
	var out []string
	for k := range seen {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func jobOf(f *flow.Flow, j *flow.Job) Job {
	out := Job{ID: j.ID(), Lock: j.Lock, Approval: j.Approval != nil, Authors: j.Approval != nil && j.Approval.Authors, Condition: condition(j.When), Timeout: true, Informs: j.Informs, Mark: j.Mark}
	out.Natives = slices.Clone(j.Keys)
	out.Options = map[string][]string{}
	for _, target := range []string{"github", "gitlab", "jenkins"} {
		out.Options[target] = j.Options.Of(target)
	}
	if j.Agent != nil {
		images := map[string]string{"github": j.Agent.Container, "gitlab": j.Agent.GitLab.Image, "azure": j.Agent.Container, "jenkins": j.Agent.Container}
		for target, image := range images {
			if image != "" {
				out.Options[target] = append(out.Options[target], "in "+image)
			}
		}
	}
	if j.Approval != nil && j.Needs[0].Agent.OS == flow.Linux && j.Needs[0].Agent.GitLab.Image != "" {
		out.Options["gitlab"] = append(out.Options["gitlab"], "in "+j.Needs[0].Agent.GitLab.Image) // an approval is a job there, and runs where its request did
	}
	for _, n := range j.Needs {
		out.After = append(out.After, n.ID())
	}
	if _, failed := j.When.(flow.Failed); failed {
		out.After = nil // it follows all of them, whatever became of them
	}
	for _, s := range j.Steps {
		out.addStep(f, j, s)
	}
	return out
}

func (j *Job) addStep(f *flow.Flow, of *flow.Job, s flow.Step) {
	switch s := s.(type) {
	case flow.Operation:
		j.Operations = append(j.Operations, operation(s))
	case flow.ClearReport:
		j.Operations = append(j.Operations, "clear-report "+s.Check+" "+s.Glob)
	case flow.Evidence:
		if of.Script != "" {
			j.Operations = append(j.Operations, "evidence "+s.Check+" "+s.Glob)
		}
	case flow.Publish:
		j.Operations = append(j.Operations, "pack "+s.Path)
	case flow.Fetch:
		j.Operations = append(j.Operations, "unpack "+s.Path)
	case flow.Run:
		j.Runs = append(j.Runs, s.Script)
		if s.Connection != "" {
			j.Options["azure"] = append(j.Options["azure"], "connection "+s.Connection)
		}
		if s.Phase == flow.Tolerated || of.Kind == flow.JobNotify {
			j.Tolerated = append(j.Tolerated, s.Script)
		}
	case flow.Native:
		j.Natives = append(j.Natives, s)
	case flow.Causes:
		for _, of := range s.Of {
			j.Causes = append(j.Causes, of.Title)
		}
	case flow.Checkout:
	default:
		panic(fmt.Sprintf("graph: unexpected step %T", s))
	}
}

func operation(o flow.Operation) string {
	words := append([]string{o.Name}, o.Args...)
	for _, e := range o.FromEnv {
		words = append(words, "$"+e)
	}
	text := strings.Join(words, " ")
	if o.Phase == flow.OnFailure {
		return "! " + text
	}
	return text
}

func condition(c flow.Condition) string {
	switch c := c.(type) {
	case nil:
		return ""
	case flow.Proceed:
		return "proceed"
	case flow.Chosen:
		return "chosen " + c.Input.Name + "=" + c.Value
	case flow.Failed:
		return "failed"
	default:
		panic(fmt.Sprintf("graph: unexpected condition %T", c))
	}
}
