package flow

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Everything in this file makes a name for a host of what the policy calls
// something, and every such name is claimed: what two things would both be
// called is refused at the second.

// Prefix keeps the names of a component apart from those of the others.
func (p *Plan) Prefix() string {
	if p.Component == "" {
		return ""
	}
	return p.Component + "-"
}

// Stage is the one stage of GitLab in which a policy's jobs are where others
// share the list of stages: what a job waits for is its needs.
func (p *Plan) Stage() string {
	if p.Component == "" {
		return "release"
	}
	return p.Component
}

// pushes is what the environment is for that two policies may share.
const pushes = "push"

// PushEnvironment is the environment of GitHub whose secret is the credential
// that pushes, for jobs that deploy nowhere: as a secret of the repository every
// branch would have it.
func (p *Plan) PushEnvironment() string { return p.Prefix() + "fettle" }

// ID is the job's name as an id that every system takes: "deploy-production".
func (j *Job) ID() string { return strings.ReplaceAll(j.Name, "/", "-") }

// ApprovalEnvironment is what GitHub and GitLab call the environment whose
// reviewers give the approval of an approve job. Each approval has its own: one
// environment asks for one person only.
func (j *Job) ApprovalEnvironment() string {
	return j.Environment.Name + "-approval-" + j.Approval.Label
}

// ApproverVariable is the variable that says who gave the approval of an
// approve job, on systems that cannot hand it on otherwise.
func (j *Job) ApproverVariable() string { return "RELEASE_APPROVER_" + variableOf(j.Approval.Label) }

// ResultVariable tells the notification of a failure how a job ended, in the
// words of the CI system.
func (j *Job) ResultVariable() string { return "RELEASE_RESULT_" + variableOf(j.Name) }

// markVariable tells it that a job succeeded, on systems that tell no job how
// another one ended. On GitLab jobs of other components may be in the pipeline.
func (p *Plan) markVariable(j *Job) string { return "RELEASE_ENDED_" + variableOf(p.Prefix()+j.Name) }

// ReportArtifact is what GitHub keeps the report of a check as: a check may run
// in several jobs.
func (j *Job) ReportArtifact(check string) string { return "report-" + check + "-" + j.ID() }

// StepIDs are what the steps of the job are called that hand something on, on
// systems that call steps by a name.
func (j *Job) StepIDs() []string {
	out := []string{"pack", "token", "late-token"}
	for _, s := range j.Steps {
		if op, ok := s.(Operation); ok {
			out = append(out, op.Name)
		}
	}
	return out
}

// valueVariable carries a value of a deployment: DEPLOYMENT_VALUE_PROJECT.
func valueVariable(key string) string { return "DEPLOYMENT_VALUE_" + variableOf(key) }

// variableOf turns a name into what the variables of all systems may end with.
func variableOf(name string) string { return strings.ToUpper(underscores(name)) }

func underscores(name string) string { return strings.NewReplacer("-", "_", "/", "_").Replace(name) }

// space is what a name must be the only one in. Systems that do not tell
// capitals from small letters share each of them, so no space does.
type space string

const (
	jobSpace         space = "job"         // of all flows: GitLab may have them in one pipeline
	environmentSpace space = "environment" // with those of approvals, and the locks
	fileSpace        space = "file"        // without folder and ending, which are the system's
	stageSpace       space = "stage"       // of GitLab, where policies share them
	reportSpace      space = "artifact"    // of GitHub
	outcomeSpace     space = "job output"  // of checks, to the job that records the candidate
	githubSpace      space = "GitHub secret"
	gitlabSpace      space = "GitLab variable"
	azureSpace       space = "Azure variable"
	jenkinsSpace     space = "Jenkins credential"
)

// derived is a name, and what it is made of.
type derived struct {
	space space
	text  string
	of    string // what it is the name of; the same thing may claim its name again
	said  string // the same, as messages call it
	at    hcl.Range
}

// register holds every name that was claimed, in order.
type register struct {
	all   []derived
	taken map[derived]int // by space and folded text; nil in an outline, where few are looked up
}

// claim enters a name, and returns who has it already if that is something else.
func (r *register) claim(d derived) *derived {
	if first := r.holder(d); first != nil {
		if first.of == d.of {
			return nil
		}
		return first
	}
	if r.taken == nil {
		r.taken = map[derived]int{}
	}
	r.taken[d.key()] = len(r.all)
	r.all = append(r.all, d)
	return nil
}

// holder is who has a name, or nil.
func (r *register) holder(d derived) *derived {
	if r.taken == nil {
		if i := slices.IndexFunc(r.all, func(o derived) bool { return o.key() == d.key() }); i >= 0 {
			return &r.all[i]
		}
		return nil
	}
	if i, ok := r.taken[d.key()]; ok {
		return &r.all[i]
	}
	return nil
}

func (d derived) key() derived { return derived{space: d.space, text: strings.ToLower(d.text)} }

// claim enters a name of the plan, and reports at the second thing that would
// be called so.
func (l *lowering) claim(d derived) {
	if first := l.plan.names.claim(d); first != nil {
		l.once(namesBecomeOne(*first, d))
	}
}

// claimJob enters a job with everything that is called after it.
func (l *lowering) claimJob(j *Job) {
	said := "the job \"" + j.Title + "\""
	if j.Kind == JobApprove {
		said = j.Approval.sentence(j.Environment)
		l.claim(derived{environmentSpace, j.ApprovalEnvironment(), said, said, j.Origin})
	}
	l.claim(derived{jobSpace, l.plan.Prefix() + j.ID(), j.Name, said, j.Origin})
	l.limitJob(j, said)
	for _, s := range j.Steps {
		if e, ok := s.(Evidence); ok && l.on("github") {
			l.claim(derived{reportSpace, j.ReportArtifact(e.Check), e.Check + " " + j.Name, "the report of check \"" + e.Check + "\" in " + said, j.Origin})
		}
	}
}

func (a *Approval) sentence(e *Environment) string {
	return "approval \"" + a.Label + "\" of environment \"" + e.ID + "\""
}

// limitJob refuses an id that a host would not take: GitHub the workflow, Azure
// the pipeline, GitLab the configuration.
func (l *lowering) limitJob(j *Job, said string) {
	for _, t := range l.plan.Targets {
		id := j.ID()
		if t == "gitlab" {
			id = l.plan.Prefix() + id
		}
		if limit := Most(t, JobNames); limit > 0 && len(id) > limit {
			l.once(nameTooLong(said, id, t, limit, j.Origin))
			return
		}
	}
}

// claimShared enters what several policies of a repository share besides jobs
// and environments.
func (l *lowering) claimShared() {
	of := "policy \"" + l.plan.Policy + "\""
	for _, f := range l.plan.Flows {
		l.claim(derived{fileSpace, f.Name, f.ID(), "the flow " + f.ID() + " of " + of, f.Origin})
	}
	if l.on("gitlab") {
		l.claim(derived{stageSpace, l.plan.Stage(), of, of, l.plan.Origin})
	}
}

func (l *lowering) on(target string) bool { return l.plan.targets(target) }

func (p *Plan) targets(target string) bool { return slices.Contains(p.Targets, target) }
