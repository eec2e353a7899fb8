package flow

import (
	"fmt"
	"slices"
	"strings"
)

// Words tells a flow to people: what starts it, and what happens then, a
// numbered sentence a job.
func (f *Flow) Words() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", f.Title)
	for _, t := range f.Triggers {
		fmt.Fprintf(&b, "  starts %s\n", startWords(t))
	}
	for _, w := range f.Waivers {
		fmt.Fprintf(&b, "  leaves out %s: %s\n", w.What(), w.Reason)
	}
	for i, j := range f.Jobs {
		fmt.Fprintf(&b, "%3d. %s\n", i+1, j.words())
	}
	return b.String()
}

func startWords(t Trigger) string {
	switch t := t.(type) {
	case Push:
		return "on a push to " + t.Branch
	case Request:
		return "on a merge request to " + strings.Join(t.Branches, " or ")
	case Timer:
		return "at " + t.Cron + " (UTC), on " + t.Branch
	case Dispatch:
		where := when(strings.Contains(t.Branch, "*"), " on "+t.Branch)
		if len(t.Inputs) == 0 {
			return "on demand" + where
		}
		var names []string
		for _, i := range t.Inputs {
			names = append(names, i.Name)
		}
		return "on demand" + where + ", asking for " + strings.Join(names, ", ")
	default:
		panic(fmt.Sprintf("flow: unexpected trigger %T", t))
	}
}

// runsGuards tells whether a request looks at the guards: it does for what a
// run made; what a person asks for (an exception, a correction) is given to it.
func (j *Job) runsGuards() bool {
	return slices.ContainsFunc(j.Steps, func(s Step) bool {
		op, ok := s.(Operation)
		return ok && op.Name == "request" && len(op.FromEnv) == 0
	})
}

func (j *Job) words() string {
	s := j.Title
	switch j.Kind {
	case JobApprove:
		s = fmt.Sprintf("%s of %s approves %s within %s, but not the person who started it%s", "Somebody", groupNames(j.Approval.Groups), j.Environment.ID, Duration(j.Approval.Timeout), when(j.Approval.Authors, " or wrote a commit of it"))
	case JobDeploy:
		s = fmt.Sprintf("Deploy to %s, under its lock, unless a guard refuses (%s)%s", j.Environment.ID, guardNames(j.Guards), j.verifyNames())
	case JobCheck:
		s += j.proof(strings.TrimPrefix(j.Name, "check/"), ", by its exit code alone")
	case JobMirror:
		s += ", for work on a fix to start from"
	case JobCandidate:
		s = "Record that everything so far passed on this very commit"
	case JobRequest:
		s += when(j.runsGuards(), ", unless a guard refuses")
	case JobChanges:
		s = "See whether the request changes anything of the policy"
	case JobPolicy:
		s = "Let fettle see whether the files are what the policy says, and whether a gate gets weaker"
	case JobIdentify:
		s = "Name the commit and reserve its version"
	case JobOpen:
		s = "Record in the ledger why break glass is used"
	case JobResolve:
		s = "Find the version among those that were deployed there before; for an adopted one no record says which checks passed, and the approval request says so"
	case JobMergeBack:
		s = "Merge the hotfix back by a merge request"
	}
	if j.Informs {
		s += ", which informs and stops nothing"
	}
	if n := j.Natives(); len(n) > 0 {
		s += "; with native parts on " + strings.Join(n, ", ") + ", outside fettle's guarantees"
	}
	if c := conditionText(j.When); c != "" {
		s += ", if " + c
	}
	return s + "."
}

// proof is what is said of a check without a report.
func (j *Job) proof(check, without string) string { return when(!j.Reports(check), without) }

// verifyNames names the checks that follow a deployment.
func (j *Job) verifyNames() string {
	var names []string
	for _, s := range j.Steps {
		if r, ok := s.(Run); ok && r.Purpose == ToCheck {
			names = append(names, r.Of+j.proof(r.Of, " (by its exit code alone)"))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "; checked by " + strings.Join(names, ", ")
}
