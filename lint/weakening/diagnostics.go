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

func productionNoMore(e *flow.Environment) *diag.Diagnostic {
	return weaker("HF079", e.Origin, "No longer production",
		"Environment %q was of the tier production and is of the tier %s now: no release, no hotfix branch and no guard of production goes with a deployment to it.", e.ID, e.Tier)
}

func gateGone(check string, w way) *diag.Diagnostic {
	return weaker("HF010", w.flow.Origin, "Gate gone from a way to production",
		"The check %q stood before production in the flow %s, on the way to %q, and no longer does.", check, w.flow.Kind, w.job.Environment.ID)
}

func verificationGone(check string, w way) *diag.Diagnostic {
	return weaker("HF010", w.flow.Origin, "Verification gone from production",
		"The check %q looked at %q after every deployment of the flow %s, and no longer does.", check, w.job.Environment.ID, w.flow.Kind)
}

func stopGone(e *flow.Environment, checks []string, w way) *diag.Diagnostic {
	with := ""
	if len(checks) > 0 {
		with = " Removed with it: the checks " + diag.List(checks) + "."
	}
	return weaker("HF010", w.flow.Origin, "Environment gone from a way to production",
		"A version was deployed to %q before %q in the flow %s, and no longer is.%s", e.ID, w.job.Environment.ID, w.flow.Kind, with)
}

func requestPassesMore(check string, at hcl.Range) *diag.Diagnostic {
	return weaker("HF035", at, "Merge request that passes with less", "A merge request had to pass %q, and need not any more.", check)
}

func evidenceGone(c *schema.Check) *diag.Diagnostic {
	return weaker("HF014", c.Range, "Evidence no longer demanded",
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
func groupChanged(g flow.Group, target, was, is string, p *schema.Policy) *diag.Diagnostic {
	at := g.Origin
	for _, o := range p.Groups {
		if schema.ID(o.Label) == g.ID {
			at = o.Range
		}
	}
	return weaker("HF022", at, "Other people may approve",
		"Group %q was %q on %s and is %q now: who may approve is somebody else.", g.ID, was, target, is)
}

func timeoutLonger(before, now *flow.Approval, e *flow.Environment) *diag.Diagnostic {
	return weaker("HF023", now.Origin, "Approval waits longer",
		"The approval %q of %q was refused after %s without an answer, and is now only after %s.", now.Label, e.ID, flow.Duration(before.Timeout), flow.Duration(now.Timeout))
}

func incidentRelaxed(before, now string, h *schema.Hotfix) *diag.Diagnostic {
	if now == "" {
		now = "any text"
	}
	at := h.Range
	if h.Incident.Pattern.Set {
		at = h.Incident.Pattern.Range
	}
	return weaker("HF075", at, "Incident no longer of its form", "A hotfix had to name an incident of the form %s; now it is %s.", before, now)
}

func ownerGone(owner string, h *schema.Hotfix) *diag.Diagnostic {
	return weaker("HF033", h.MergeBack.Range, "Merge-back without an owner", "%s was responsible for the merge-back of hotfixes; now nobody is.", owner)
}

func mergeBackLonger(before, now time.Duration, h *schema.Hotfix) *diag.Diagnostic {
	return weaker("HF033", h.MergeBack.Range, "Merge-back may take longer",
		"A hotfix had to be merged back within %s; now it is %s.", flow.Duration(before), limit(now))
}

func conflictRelaxed(before, now string, h *schema.Hotfix) *diag.Diagnostic {
	return weaker("HF030", h.MergeBack.Range, "Conflict of a merge-back stops less", "on_conflict was %q and is %q now.", before, now)
}

func modeRelaxed(before, now string, h *schema.Hotfix) *diag.Diagnostic {
	return weaker("HF032", h.MergeBack.Range, "Merge-back by git where it was by hand",
		"The mode was %q: somebody did the change again on the mainline, where it passed every gate. Now it is %q.", before, now)
}

func mirrorGone(e *flow.Environment, h *schema.Hotfix) *diag.Diagnostic {
	return weaker("HF044", h.Range, "Mirror gone", "%q ran what production runs, so that work on a fix could begin there; now nothing does.", e.ID)
}

func branchesLeftOut(before, now string, p *schema.Policy) *diag.Diagnostic {
	if now == "" {
		now = "none"
	}
	return weaker("HF031", p.Range, "Branches that a hotfix is not merged back to", "A hotfix was merged back to every open branch %s; now the release branches are %s.", before, now)
}

func redeployGone(p *schema.Policy) *diag.Diagnostic {
	return weaker("HF078", p.Range, "No redeployment any longer", "An earlier version could be redeployed; now the policy has no redeployment.")
}

func artifactKeptLess(b *schema.Build) *diag.Diagnostic {
	return weaker("HF042", b.Range, "Artifact that expires now", "An artifact could be redeployed at any time; now only as long as the CI system keeps it.")
}

func pathsFewer(p *schema.Policy) *diag.Diagnostic {
	return weaker("HF064", p.Range, "Changes that no longer count", "`paths` names less than before: what touches only the rest starts no delivery, skips the checks of a merge request, and is no stranger to a guard.")
}

func mergeableNow(glob string, p *schema.Policy) *diag.Diagnostic {
	return weaker("HF032", p.Range, "Files that git may merge now", "%q was among the files that git must not merge, and no longer is.", glob)
}

func mainlineForgotten(name string, p *schema.Policy) *diag.Diagnostic {
	return weaker("HF063", p.Range, "Former mainline that is not protected any more", "%q was the mainline: hotfix branches and files from before take the release script from there, so it must stay protected. Add it to former_mainlines.", name)
}

func operationsUnapproved(p *schema.Policy) *diag.Diagnostic {
	return weaker("HF029", p.Range, "Operations that nobody approves any more", "resume, settle and adopt for a production environment needed its approvals, and now one person is enough. Set approved_operations = true.")
}

func reversibleNow(glob string, p *schema.Policy) *diag.Diagnostic {
	return weaker("HF043", p.Range, "Redeployment over what it cannot take back", "%q was irreversible: a redeployment over a change there was refused, and no longer is.", glob)
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
	"approval": "HF020", "environment": "HF020", "check": "HF010", "delivery": "HF010", "merge_request": "HF035", "hotfix": "HF010", "incident": "HF075",
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

func nativeAdded(of string, n *schema.Native) *diag.Diagnostic {
	return weaker("HF079", n.Range, "Native part added", "%s has a part that goes into the file of %s as it is, outside of what fettle guarantees, and had none there.", of, n.Target)
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

func authorsMayApprove(a *flow.Approval, e *flow.Environment) *diag.Diagnostic {
	return weaker("HF021", a.Origin, "Authors may approve", "Who wrote a commit could not give the approval %q of %q, and can now.", a.Label, e.ID)
}

func freezeShorter(f *flow.Freeze, environment string, at time.Time, p *schema.Policy) *diag.Diagnostic {
	where := p.Range
	for _, n := range p.Freezes {
		if schema.ID(n.Label) == f.ID {
			where = n.Range
		}
	}
	return weaker("HF070", where, "Freeze that holds for less",
		"Deployments to %q were blocked in the freeze %q; from %s on they no longer are.", environment, f.ID, at.Format(time.RFC3339))
}

func freezeMilder(before, now *flow.Freeze, kind flow.Kind) *diag.Diagnostic {
	return weaker("HF070", now.Origin, "Freeze that lets more through", "In the freeze %q %s was %q and is %q now.", now.ID, kind, before.May(kind), now.May(kind))
}

func exceptionWider(g flow.Group, f *flow.Freeze) *diag.Diagnostic {
	return weaker("HF022", g.Origin, "More people may make an exception", "Group %q may give the second approval in the freeze %q, and could not before.", g.ID, f.ID)
}

func glassAdded(g *flow.BreakGlass) *diag.Diagnostic {
	return weaker("HF024", g.Gate.Origin, "Break glass added", "There was no way past the gates; now a break glass may skip %s.", diag.List(g.MaySkip))
}

func glassOpensMore(g *flow.BreakGlass, more []string) *diag.Diagnostic {
	return weaker("HF024", g.Gate.Origin, "Break glass that opens more", "It may skip %s, and could not before.", diag.List(more))
}

func glassReviewedLater(before, now *flow.BreakGlass) *diag.Diagnostic {
	return weaker("HF025", now.Gate.Origin, "Break glass reviewed later", "The review was owed within %s, and is now within %s.", flow.Duration(before.Review), flow.Duration(now.Review))
}

func glassWaitsLonger(before, now *flow.BreakGlass) *diag.Diagnostic {
	return weaker("HF023", now.Gate.Origin, "Break glass that waits longer",
		"A request was refused after %s without an answer, and is now only after %s.", flow.Duration(before.Gate.Timeout), flow.Duration(now.Gate.Timeout))
}

func glassWider(g flow.Group) *diag.Diagnostic {
	return weaker("HF024", g.Origin, "More people may break the glass", "Group %q may open it, and could not before.", g.ID)
}
