package weakening

import (
	"fmt"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

// What can get weaker, one constructor each. The code is that of the rule that
// the change goes against.

func weaker(code diag.Code, at hcl.Range, summary, format string, args ...any) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Subject: at, Summary: summary,
		Detail: fmt.Sprintf(format, args...) + fmt.Sprintf(" Put it back, or acknowledge it in the commit that makes the change: \"Weakens: %s REASON\".", code),
	}
}

func productionNoMore(e *flow.Environment, at hcl.Range) *diag.Diagnostic {
	return weaker("HF079", at, "No longer production",
		"Environment %q was of the tier production and is of the tier %s now: no release, no hotfix branch and no guard of production goes with a deployment to it.", e.ID, e.Tier)
}

func gateGone(check string, w way, at hcl.Range) *diag.Diagnostic {
	return weaker("HF010", at, "Gate gone from a way to production",
		"The check %q stood before production in the flow %s, on the way to %q, and no longer does.", check, w.flow.Kind, w.job.Environment.ID)
}

func verificationGone(check string, w way, at hcl.Range) *diag.Diagnostic {
	return weaker("HF010", at, "Verification gone from production",
		"The check %q looked at %q after every deployment of the flow %s, and no longer does.", check, w.job.Environment.ID, w.flow.Kind)
}

func stopGone(e *flow.Environment, checks []string, w way, at hcl.Range) *diag.Diagnostic {
	with := ""
	if len(checks) > 0 {
		with = " Removed with it: the checks " + diag.List(checks) + "."
	}
	return weaker("HF010", at, "Environment gone from a way to production",
		"A version was deployed to %q before %q in the flow %s, and no longer is.%s", e.ID, w.job.Environment.ID, w.flow.Kind, with)
}

func policyUnchecked(at hcl.Range) *diag.Diagnostic {
	return weaker("HF035", at, "Policy that nobody checks on merge requests", "fettle looked at the policy on each merge request (`policy_check`), and no longer does: only a reader of the change sees what gets weaker.")
}

func requestPassesMore(check string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF035", at, "Merge request that passes with less", "A merge request had to pass %q, and need not any more.", check)
}

func evidenceGone(c *schema.Check) *diag.Diagnostic {
	return weaker("HF014", c.Report.Range, "Evidence no longer demanded",
		"The check %q had to leave a report that says that it passed; now its exit code is enough.", c.Label)
}

func waiverMore(f *flow.Flow, w flow.Waiver) *diag.Diagnostic {
	return weaker("HF011", w.Origin, "Waiver added",
		"The flow %s leaves out %s, which it had to pass before (%s).", f.Kind, w.What(), w.Reason)
}

func approvalGone(a *flow.Approval, e *flow.Environment) *diag.Diagnostic {
	return weaker("HF020", e.Origin, "Approval gone",
		"A deployment to %q needed the approval %q, and no longer needs it.", e.ID, a.Label)
}

func approversWider(g flow.Group, a *flow.Approval, e *flow.Environment) *diag.Diagnostic {
	return weaker("HF022", g.Origin, "More people may approve",
		"Group %q may give the approval %q of %q, and could not before.", g.ID, a.Label, e.ID)
}

// groupChanged stands at the group, however many approvals name it.
func groupChanged(g flow.Group, target, was, is string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF022", at, "Other people may approve",
		"Group %q was %q on %s and is %q now: who may approve is somebody else.", g.ID, was, target, is)
}

func timeoutLonger(before, now *flow.Approval, e *flow.Environment, at hcl.Range) *diag.Diagnostic {
	return weaker("HF023", at, "Approval waits longer",
		"The approval %q of %q was refused after %s without an answer, and is now only after %s.", now.Label, e.ID, flow.Duration(before.Timeout), flow.Duration(now.Timeout))
}

func incidentRelaxed(before, now string, at hcl.Range) *diag.Diagnostic {
	if now == "" {
		now = "any text"
	}
	return weaker("HF075", at, "Incident no longer of its form", "A hotfix had to name an incident of the form %s; now it is %s.", before, now)
}

func ownerGone(owner string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF033", at, "Merge-back without an owner", "%s was responsible for the merge-back of hotfixes; now nobody is.", owner)
}

func mergeBackLonger(before, now time.Duration, at hcl.Range) *diag.Diagnostic {
	return weaker("HF033", at, "Merge-back may take longer",
		"A hotfix had to be merged back within %s; now it is %s.", flow.Duration(before), limit(now))
}

func conflictRelaxed(before, now string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF030", at, "Conflict of a merge-back stops less", "on_conflict was %q and is %q now.", before, now)
}

func modeRelaxed(before, now string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF032", at, "Merge-back by git where it was by hand",
		"The mode was %q: somebody did the change again on the mainline, where it passed every gate. Now it is %q.", before, now)
}

func mirrorGone(e *flow.Environment, h *schema.Hotfix) *diag.Diagnostic {
	return weaker("HF044", h.Range, "Mirror gone", "%q ran what production runs, so that work on a fix could begin there; now nothing does.", e.ID)
}

func branchesLeftOut(before, now string, p *schema.Policy) *diag.Diagnostic {
	if now == "" {
		now = "none"
	}
	return weaker("HF031", p.ReleaseBranches.Range, "Branches that a hotfix is not merged back to", "A hotfix was merged back to every open branch %s; now the release branches are %s.", before, now)
}

func redeployGone(p *schema.Policy) *diag.Diagnostic {
	return weaker("HF078", p.Range, "No redeployment any longer", "An earlier version could be redeployed; now the policy has no redeployment.")
}

func artifactKeptLess(b *schema.Build) *diag.Diagnostic {
	return weaker("HF042", b.Range, "Artifact that expires now", "An artifact could be redeployed at any time; now only as long as the CI system keeps it.")
}

func pathsFewer(at hcl.Range) *diag.Diagnostic {
	return weaker("HF064", at, "Changes that no longer count", "`paths` names less than before: what touches only the rest starts no delivery, skips the checks of a merge request, and is no stranger to a guard.")
}

func mergeableNow(glob string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF032", at, "Files that git may merge now", "%q was among the files that git must not merge, and no longer is.", glob)
}

func mainlineForgotten(name string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF063", at, "Former mainline that is not protected any more", "%q was the mainline: hotfix branches and files from before take the release script from there, so it must stay protected. Add it to former_mainlines.", name)
}

func operationsUnapproved(p *schema.Policy) *diag.Diagnostic {
	return weaker("HF029", p.Approved.Range, "Operations that nobody approves any more", "resume, settle and adopt for a production environment needed its approvals, and now one person is enough. Set approved_operations = true.")
}

func olderUnneeded(check string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF015", at, "Check that older hotfix branches no longer need", "A hotfix branch with older pipeline files needed the check %q from its first hotfix on, and now one hotfix may go without it. Set older_branches = true.", check)
}

func unsigned(p *schema.Policy) *diag.Diagnostic {
	at := p.Committer.Signed.Range
	if !p.Committer.Signed.Set {
		at = p.Range
	}
	return weaker("HF072", at, "Entries that nobody signs any more", "The entries of the ledger were signed, so that a host could refuse one that somebody made by hand, and no longer are. Set signed = true in committer.")
}

func reversibleNow(glob string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF043", at, "Redeployment over what it cannot take back", "%q was irreversible: a redeployment over a change there was refused, and no longer is.", glob)
}

func ruleLess(r *lint.Rule, name, before, now string, at hcl.Range) *diag.Diagnostic {
	return weaker(diag.Code(r.ID), at, "Severity of a rule lowered", "What %s finds was %s, and is %s now.", name, article(before), article(now))
}

func ownRuleGone(label string, p *schema.Policy) *diag.Diagnostic {
	return weaker("HF079", p.Range, "Rule of the policy gone", "The rule %q had to hold for this policy, and is gone.", label)
}

func ownRuleChanged(label, before, now string, p *schema.Policy) *diag.Diagnostic {
	return weaker("HF079", ruleRange(label, p), "Rule that demands something else", "The rule %q demanded %s, and demands %s now.", label, before, now)
}

// rested is what a lock on a block of a kind kept from getting weaker, by its
// number; a lock on anything else keeps what the policy shows.
var rested = map[string]diag.Code{
	"approval": "HF020", "environment": "HF020", "check": "HF010", "delivery": "HF010", "merge_request": "HF035", "policy_check": "HF035", "hotfix": "HF010", "incident": "HF075",
	"merge_back": "HF030", "redeploy": "HF041", "freeze": "HF070", "break_glass": "HF024", "group": "HF022", "build": "HF042",
}

func lockGone(l schema.Locked, at hcl.Range) *diag.Diagnostic {
	code := rested[l.Kind]
	if code == "" {
		code = "HF079"
	}
	what := l.Word + " of " + l.Block
	if l.Word == "" {
		what = l.Block
	}
	return weaker(code, at, "Lock gone", "%s was locked: nobody who extends the policy could weaken it. Now they can.", what)
}

func nativeAdded(of string, n flow.Native) *diag.Diagnostic {
	return weaker("HF079", n.Origin, "Native part added", "%s has a part that goes into the file of %s as it is, outside of what fettle guarantees, and had none there.", of, n.Target)
}

func rightsAdded(of, where string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF074", at, "Job that may log in", "The commands of %s may log in %s, and could not before.", of, where)
}

// article is a severity in a sentence.
func article(severity string) string {
	switch severity {
	case "error":
		return "an error"
	case "warning":
		return "a warning"
	}
	return "off"
}

func authorsMayApprove(a *flow.Approval, e *flow.Environment, at hcl.Range) *diag.Diagnostic {
	return weaker("HF021", at, "Authors may approve", "Who wrote a commit could not give the approval %q of %q, and can now.", a.Label, e.ID)
}

func freezeShorter(f *flow.Freeze, environment string, from time.Time, at hcl.Range) *diag.Diagnostic {
	return weaker("HF070", at, "Freeze that holds for less",
		"Deployments to %q were blocked in the freeze %q; from %s on they no longer are.", environment, f.ID, from.Format(time.RFC3339))
}

func freezeMilder(before, now *flow.Freeze, kind flow.Kind, at hcl.Range) *diag.Diagnostic {
	return weaker("HF070", at, "Freeze that lets more through", "In the freeze %q %s was %q and is %q now.", now.ID, kind, before.May(kind), now.May(kind))
}

func exceptionWider(g flow.Group, f *flow.Freeze) *diag.Diagnostic {
	return weaker("HF022", g.Origin, "More people may make an exception", "Group %q may give the second approval in the freeze %q, and could not before.", g.ID, f.ID)
}

func glassAdded(g *flow.BreakGlass) *diag.Diagnostic {
	return weaker("HF024", g.Gate.Origin, "Break glass added", "There was no way past the gates; now a break glass may skip %s.", diag.List(g.MaySkip))
}

func glassOpensMore(g *flow.BreakGlass, more []string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF024", at, "Break glass that opens more", "It may skip %s, and could not before.", diag.List(more))
}

func glassReviewedLater(before, now *flow.BreakGlass, at hcl.Range) *diag.Diagnostic {
	return weaker("HF025", at, "Break glass reviewed later", "The review was owed within %s, and is now within %s.", flow.Duration(before.Review), flow.Duration(now.Review))
}

func glassWaitsLonger(before, now *flow.BreakGlass, at hcl.Range) *diag.Diagnostic {
	return weaker("HF023", at, "Break glass that waits longer",
		"A request was refused after %s without an answer, and is now only after %s.", flow.Duration(before.Gate.Timeout), flow.Duration(now.Gate.Timeout))
}

func glassWider(g flow.Group) *diag.Diagnostic {
	return weaker("HF024", g.Origin, "More people may use break glass", "Group %q may use it, and could not before.", g.ID)
}

func stagingNoMore(e *flow.Environment, at hcl.Range) *diag.Diagnostic {
	return weaker("HF015", at, "No longer staging",
		"Environment %q was of the tier staging and is of the tier development now: a hotfix may leave it out without a waiver, with its checks and approvals.", e.ID)
}

func productionRenamed(before, now *flow.Environment) *diag.Diagnostic {
	return weaker("HF052", now.Origin, "Production by another name",
		"Environment %q is called %q now. The ledger has what runs there under the old name, so the first deployment is compared with nothing and may take a fix out of production. Let somebody run the operation adopt for %q before the first delivery.", before.ID, now.ID, now.ID)
}

func productionLeft(e *flow.Environment, kind flow.Kind, instead []*flow.Environment, at hcl.Range) *diag.Diagnostic {
	code, where := diag.Code("HF079"), "and no longer does"
	if kind == flow.Redeploy {
		code = "HF078"
	}
	for _, n := range instead {
		where = fmt.Sprintf("and now deploys to %q, which is another environment with approvals of its own (%s) where %q has %s", n.ID, labels(n), e.ID, labels(e))
	}
	return weaker(code, at, "Production left out of a flow", "The flow %s deployed to the production environment %q, %s.", kind, e.ID, where)
}

// labels are the approvals of an environment, in words.
func labels(e *flow.Environment) string {
	var out []string
	for _, a := range e.Approvals {
		out = append(out, a.Label)
	}
	if len(out) == 0 {
		return "none"
	}
	return diag.List(out)
}

func productionElsewhere(e, production *flow.Environment, approvals []string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF020", at, "Commands of production without its approval",
		"Environment %q runs the commands that deploy to %q, with its secrets, and does not ask for %s.", e.ID, production.ID, diag.List(approvals))
}

func evidenceElsewhere(c *schema.Check, was, is string) *diag.Diagnostic {
	return weaker("HF014", c.Report.Range, "Evidence from somewhere else",
		"The check %q had to leave its report in %s; now it is read from %s. If another tool writes that file, or if it is committed, it proves nothing.", c.Label, was, is)
}

func hotfixGone(p *schema.Policy) *diag.Diagnostic {
	return weaker("HF030", p.Range, "Hotfix gone", "There was a pipeline for hotfixes; now there is none. A hotfix that is open has no merge-back any more, and if the block returns, nothing of it is compared with what it was.")
}

func hotfixAdded(f *flow.Flow, p *flow.Plan) *diag.Diagnostic {
	incident := "any text"
	if p.Incident != "" {
		incident = p.Incident
	}
	owner := "nobody"
	if p.MergeBack.Owner != "" {
		owner = p.MergeBack.Owner
	}
	return weaker("HF079", f.Origin, "Hotfix added",
		"Only a delivery went to production; now a hotfix does too. It names an incident of the form %s, and its merge-back is owned by %s. Compare the block with an earlier one, if there was one.", incident, owner)
}

func deliveredFrom(was, is string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF036", at, "Deliveries come from another branch",
		"What is delivered came from %s and comes from %s now: who may push there, and what is reviewed there, is for the host to say.", was, is)
}

func mainlineChanged(was, is string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF036", at, "Another mainline",
		"The mainline was %q and is %q now: the release script, the policy and what is delivered come from there. Protect it on the host as the old one is.", was, is)
}

func branchesUnchecked(before, now string, p *schema.Policy) *diag.Diagnostic {
	if now == "" {
		now = "none"
	}
	return weaker("HF035", p.ReleaseBranches.Range, "Branches whose merge requests are not checked", "The checks ran for merge requests to %s; now the release branches are %s.", before, now)
}

func componentRenamed(was, is string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF076", at, "Another component",
		"The component was %q and is %q now. The ledger, the tags and the branches of the old name are not read any more: the next delivery is compared with nothing, and may take a hotfix out of production.", was, is)
}

func ledgerRenamed(was, is string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF076", at, "Another ledger",
		"The ledger was %s and is %s now, which is empty unless somebody moved it: the next delivery is compared with nothing, and may take a hotfix out of production.", was, is)
}

func refsRenamed(what string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF004", at, "Tags and branches by another name", "The release script does not find what has an old name: %s.", what)
}

func activeChanged(was, is string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF050", at, "Another CI system deploys",
		"%s deployed, and %s does now. Who approves is who its groups name there, and its own settings must protect the pipeline as those of %s did.", was, is, was)
}

func targetAdded(target string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF022", at, "CI system added", "%s was no target. Its pipelines run the checks, and who may approve there is who the groups name for it, which nothing was compared with.", target)
}

func targetGone(target string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF022", at, "CI system gone", "%s was a target. Who approves there is no longer in the policy, so nothing is compared if it comes back.", target)
}

func forgeGone(was string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF033", at, "No merge request for a merge-back", "The merge-back of a hotfix was opened as a merge request on %s; now its branch is only pushed.", was)
}

func rootMoved(was, is string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF079", at, "Another root file of GitLab", "The pipeline of GitLab began in %s and begins in %s now: what the project runs is what its settings name, and fettle no longer compares the old file.", was, is)
}

func operationsElsewhere(at hcl.Range) *diag.Diagnostic {
	return weaker("HF074", at, "Another machine for the release script",
		"The operations of the release script run on another machine. It runs the guards and has the credential that pushes tags and the ledger: who controls the machine controls both.")
}

func secretGiven(a access, at hcl.Range) *diag.Diagnostic {
	return weaker("HF074", at, "Secret given to another block", "The commands of %s get the secret %q in %s, and did not before.", a.block, a.secret.ID, a.name)
}

func secretElsewhere(s *flow.Secret, target, was, is string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF074", at, "Another secret", "The secret %q was %s on %s and is %s now: every command that gets it has another credential.", s.ID, was, target, is)
}
