package flow

import "slices"

// absences are why a policy with a production environment lacks a flow.
var absences = map[Kind]string{
	Hotfix:         "the policy has no block `hotfix`",
	Redeploy:       "the policy has no block `redeploy`",
	Mirror:         "the policy names no `mirror` in `hotfix`",
	Exception:      "no freeze of the policy lets a version through with an approval",
	BreakGlassFlow: "the policy has no block `break_glass`",
	Correction:     "no delivery goes to an environment of the tier production",
	MergeRequest:   "the policy has no check that runs on merge requests",
}

// Absent says why the plan has no flow of a kind.
func (p *Plan) Absent(k Kind) string {
	forProduction := []Kind{Hotfix, Redeploy, Mirror, BreakGlassFlow, Correction}
	if slices.Contains(forProduction, k) && !slices.ContainsFunc(p.Environments, func(e *Environment) bool { return e.Tier == Production }) {
		return "it is for production, and no environment is of that tier: write tier = \"production\" in the environment that is, or call it production"
	}
	return absences[k]
}
