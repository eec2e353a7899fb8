package flow

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
)

// The messages of the lowering: what no pipeline could carry out as written.
// Each is one constructor, so that they can be read in a row.

func mirrorIsProduction(name string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "mirror-is-production", Subject: at,
		Summary: "A mirror cannot be production",
		Detail: fmt.Sprintf("Environment %q has the tier production. The mirror receives whatever production runs, without approval, so that work on a fix can start: "+
			"name an environment of the tier development.", name),
	}
}

func approvalNotCountable(a *schema.Approval, targets []string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "approval-not-countable", Subject: a.Minimum.Range,
		Summary: "Approvals cannot be counted",
		Detail: fmt.Sprintf("Not every target (%s) can ask for %d approvals of one group. Write %d approval blocks with labels of their own instead: each is a gate, and different people must open them.",
			diag.List(targets), a.Minimum.V, a.Minimum.V),
	}
}

func groupUnknownOn(g *schema.Group, target string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "group-unknown-on-target", Subject: at,
		Summary: "Approvers unknown on a target",
		Detail:  fmt.Sprintf("Group %q does not say who it is on %s. Write `%s = \"…\"` in the group, with the name that %s knows.", g.Label, target, target, target),
		Notes:   []diag.Note{{Range: g.Range, Text: "the group is defined here"}},
	}
}

func authorsUnknownOn(target string, at hcl.Range) *diag.Diagnostic {
	why := systems[target].noAuthors
	return &diag.Diagnostic{
		Code: "authors-unknown-on-target", Subject: at,
		Summary: "Authors that a target cannot exclude",
		Detail: fmt.Sprintf("On %s an approver cannot be compared with who wrote the commits: %s. Leave `authors` out, which excludes who started the run, "+
			"and let a group approve that no developer is in; or take %s out of the targets.", target, why, target),
	}
}

func breakGlassForNothing(g *schema.BreakGlass) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "break-glass-for-nothing", Subject: g.Range,
		Fix:     &diag.Fix{Message: "Remove the break glass", Edits: []diag.Edit{{Range: g.Whole}}},
		Summary: "Break glass for nothing",
		Detail:  "No delivery goes to an environment of the tier production, so there is nothing to use break glass for. Remove the block.",
	}
}

func breakGlassUnheard(at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "break-glass-unheard", Subject: at,
		Summary: "Break glass that nobody hears of",
		Detail:  "Nobody is notified when break glass is used, except those who approve it. Write: notify \"NAME\" { on = [break_glass] … }.",
	}
}

func freezesOverlap(f, other *schema.Freeze, environment string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "freezes-overlap", Subject: f.Range,
		Summary: "Freezes at the same time",
		Detail: fmt.Sprintf("The freezes %q and %q hold at the same time for environment %q, and could say different things. Let one end before the other begins, or make one of them.",
			other.Label, f.Label, environment),
		Notes: []diag.Note{{Range: other.Range, Text: "the other is here"}},
	}
}

func freezeOfNothing(f *schema.Freeze) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "freeze-of-nothing", Subject: f.Range,
		Summary: "Freeze of nothing",
		Detail:  fmt.Sprintf("No environment has the tier production, so the freeze %q holds nothing back. Name what rests: environments = [environment.NAME].", f.Label),
	}
}

func freezeExceptedWholly(f *schema.Freeze) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "freeze-of-nothing", Subject: f.Range,
		Summary: "Freeze of nothing",
		Detail:  fmt.Sprintf("The exceptions of the freeze %q leave no time in which it holds. Remove the freeze, or make them shorter.", f.Label),
	}
}

func freezeWithoutApprovers(f *schema.Freeze, environment string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "freeze-without-approvers", Subject: at,
		Summary: "Second approval by nobody",
		Detail: fmt.Sprintf("In the freeze %q a second approval lets a version through to %q, and neither the freeze nor the environment says who gives it. Write: approvers = [group.NAME].",
			f.Label, environment),
	}
}

func freezeApproversDiffer(f, other *schema.Freeze, environment string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "freeze-approvers-differ", Subject: f.Range,
		Summary: "Two freezes with different approvers",
		Detail: fmt.Sprintf("The freezes %q and %q ask different groups for the second approval of %q. There is one gate for it, which is the same in every freeze: give both the same approvers.",
			other.Label, f.Label, environment),
		Notes: []diag.Note{{Range: other.Range, Text: "the other is here"}},
	}
}

func approvalLabelTaken(label, by, environment string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "approval-label-taken", Subject: at,
		Summary: "Label of another gate",
		Detail:  fmt.Sprintf("The approval %q of environment %q has the name of the gate that %s asks for, so both would be one. Choose another label.", label, environment, by),
	}
}

func needsDeployment(check string, v language.RunValue, via []string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "needs-deployment", Subject: at,
		Summary: "No deployment at this point",
		Detail: fmt.Sprintf("%s reads %s%s, which only a deployment has, but it runs here before anything is deployed. Move it to `verify` or `requires` of an environment.",
			check, v, through(via)),
	}
}

func noSuchDeploymentValue(key, environment string, at hcl.Range, known []string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "unknown-deployment-value", Subject: at,
		Summary: "Unknown deployment value",
		Detail:  fmt.Sprintf("Environment %q has no value %q, which is asked for here.%s Add it to `values` of the environment.", environment, key, diag.Suggest(key, known)),
	}
}

func noDeploymentURL(environment string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "no-deployment-url", Subject: at,
		Summary: "Environment without a URL",
		Detail:  fmt.Sprintf("deployment.url is asked for here, and environment %q has no `url`. Add one.", environment),
	}
}

func valueNotHere(at scope, s eval.Seg) *diag.Diagnostic {
	var known []string
	for v := range values {
		if at.known(v) {
			known = append(known, string(v))
		}
	}
	hint := "Nothing of a release is known there."
	if len(known) > 0 {
		hint = "Known there: " + diag.List(known) + "."
	}
	return &diag.Diagnostic{
		Code: "run-value-not-here", Subject: s.Range,
		Summary: "Value not known here",
		Detail:  fmt.Sprintf("%s%s is not known where %s runs. %s", s.Ref, through(s.Via), at.what, hint),
	}
}

func valueInSingleQuotes(v language.RunValue, env string, via []string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "run-value-in-single-quotes", Subject: at,
		Summary: "Value where the shell does not look",
		Detail: fmt.Sprintf("%s%s becomes the variable %s of the shell, which does not look into single quotes, quoted here-documents or comments. Use double quotes: \"…${%s}…\".",
			v, through(via), env, v),
	}
}

func valueAfterDash(v language.RunValue, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "run-value-in-bare-option", Subject: at,
		Summary: "Value in a bare option",
		Detail:  fmt.Sprintf("PowerShell does not always look for variables in a word that begins with a dash. Put the whole word that holds ${%s} in double quotes.", v),
	}
}

func valueUnsafeInCmd(v language.RunValue, via []string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "run-value-unsafe-in-cmd", Subject: at,
		Summary: "Value that cmd would execute",
		Detail:  fmt.Sprintf("cmd pastes %s%s into the command line before it reads it, so characters such as & in it would run as commands. Use `shell = \"pwsh\"`, or let your script read the environment variable.", v, through(via)),
	}
}

func commandNeedsOS(c *eval.Call, where string, on OS) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "command-needs-os", Subject: c.Range,
		Summary: "Command on the wrong operating system",
		Detail:  fmt.Sprintf("%s runs on %s only, and %s runs on %s here. Name an agent with os = %q.", c.Name, c.OS, where, on, c.OS),
		Notes:   []diag.Note{{Range: c.Defined, Text: "the command asks for it here"}},
	}
}

func missingIDToken(c *eval.Call, name, where string, lacking []string) *diag.Diagnostic {
	var by []string
	for _, t := range lacking {
		by = append(by, strings.ReplaceAll(systems[t].idTokenBy, "VARIABLE", name))
	}
	return &diag.Diagnostic{
		Code: "missing-id-token", Subject: c.Range,
		Summary: "OpenID token that the command needs",
		Detail:  fmt.Sprintf("%s logs in with an OpenID token of the pipeline, and %s has none on %s. Write %s.", c.Name, where, diag.List(lacking), strings.Join(by, "; ")),
	}
}

func commandNeedsShell(c *eval.Call, where, shell string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "command-needs-shell", Subject: c.Range,
		Summary: "Command in the wrong shell",
		Detail:  fmt.Sprintf("%s is written for %s, and the shell of %s is %s. Write shell = %q in the block.", c.Name, diag.List(c.Shells), where, shell, c.Shells[0]),
		Notes:   []diag.Note{{Range: c.Defined, Text: "the command is defined here"}},
	}
}

func missingSecret(c *eval.Call, name, where string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "missing-secret", Subject: c.Range,
		Summary: "Secret that the command needs",
		Detail:  fmt.Sprintf("%s reads the secret %s, and %s does not receive it. Write secrets = { %s = secret.NAME } in the block.", c.Name, name, where, name),
	}
}

func secretNeeded(c *eval.Call, name, where string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "secret-in-env", Subject: c.Range,
		Summary: "Secret as a plain variable",
		Detail:  fmt.Sprintf("%s reads the secret %s, and %s has it in `env`, where everybody reads it. Write secrets = { %s = secret.NAME } instead.", c.Name, name, where, name),
	}
}

func missingVariables(c *eval.Call, names []string, at scope) *diag.Diagnostic {
	what, them, hint := "variable "+names[0], "it", ""
	if len(names) > 1 {
		what, them = "variables "+diag.List(names), "them"
	}
	if at.agent != nil && diag.Nearest(names[0], at.agent.provides) != "" {
		hint = fmt.Sprintf(" The agent %q provides %q.%s", at.agent.ID, diag.Nearest(names[0], at.agent.provides), diag.Suggest(diag.Nearest(names[0], at.agent.provides), names))
	}
	return &diag.Diagnostic{
		Code: "missing-variable", Subject: c.Range,
		Summary: "Variable that the command needs",
		Detail: fmt.Sprintf("%s reads the environment %s, and %s does not receive %s.%s Write env = { %s = \"…\" } in the block, or, if the machine has %s, provides = [\"%s\"] in its agent.",
			c.Name, what, at.what, them, hint, strings.Join(names, " = \"…\", "), them, strings.Join(names, `", "`)),
	}
}

func variableInVariable(name string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "variable-in-variable", Subject: at,
		Summary: "Variable of the machine in another variable",
		Detail:  fmt.Sprintf("The CI system sets `env` before the machine is known, so env.%s has no value there. Use it in the command.", name),
	}
}

func wordInCmd(v language.RunValue, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "word-unsafe-in-cmd", Subject: at,
		Summary: "Value that cmd cannot take",
		Detail:  "cmd has no way to quote \", % and a newline. Use `shell = \"pwsh\"`, or a value without them.",
	}
}

func invalidShell(shell, problem string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "invalid-shell", Subject: at,
		Summary: "Command that no shell can read",
		Detail:  fmt.Sprintf("The command is not valid %s: %s. What the policy sees as ${…} or %%{…} reaches the shell as $${…} or %%%%{…}.", shell, problem),
	}
}

func severalLinesInCmd(at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "several-lines-in-cmd", Subject: at,
		Summary: "Several commands in one text for cmd",
		Detail:  "cmd reports only the last command's exit code, so a failure before it would be lost. Write a list of commands, one text each, or a script file.",
	}
}

func severalLinesInPowerShell(at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "several-lines-in-powershell", Subject: at,
		Summary: "Several commands in one text for powershell",
		Detail:  "Windows PowerShell goes on after a program that failed, so a failure before the last command would be lost. Write a list of commands, one text each, or use `shell = \"pwsh\"`, which stops at the first failure.",
	}
}

func agentOfVerify(check, environment string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "check-on-other-agent", Subject: at,
		Summary: "Check on another agent than its deployment",
		Detail: fmt.Sprintf("Check %q names an agent of its own, and environment %q is deployed from another one. A deployment is verified in the job and under the lock that deployed it: "+
			"give both the same agent, or leave the check's out.", check, environment),
	}
}

func informsUnderLock(check, environment string, at, said hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "informs-in-deployment", Subject: at,
		Summary: "Check that only informs, in a deployment",
		Detail: fmt.Sprintf("Check %q is not required, and what runs in the deployment to %q holds its lock and decides what the ledger says of it. "+
			"Name the check in `checks` of delivery, where it stands beside the others, or make it required.", check, environment),
		Notes: []diag.Note{{Range: said, Text: "it is not required, as this says"}},
	}
}

func optionsDiffer(name, a, other string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "settings-differ", Subject: at,
		Summary: "Two values of a target option in one job",
		Detail:  fmt.Sprintf("%q is %q in the environment and %q in a check that runs in its deployment, and both are one job. Give them the same.", name, a, other),
	}
}

func containerOfOperations(at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "container-of-operations", Subject: at,
		Summary: "Operations in a container",
		Detail:  "Jobs on the agent \"operations\" do nothing but ask git and push refs with the credential that may, and run no command that an image could be for. Leave the container out, and give it to the agents that build, check and deploy.",
	}
}

func nativeInDeployment(check, environment string, at, native hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "native-in-deployment", Subject: at,
		Summary: "Native steps between a gate and its deployment",
		Detail: fmt.Sprintf("Check %q has native parts, and here it would run in the deployment to %q, between the guards and the record of what was done, where nothing may stand that fettle cannot vouch for. "+
			"Let its command do what the native part does, or name the check in `checks` of delivery.", check, environment),
		Notes: []diag.Note{{Range: native, Text: "the native part is here"}},
	}
}

func developmentAfter(dev, other string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "development-after-candidate", Subject: at,
		Summary: "Development environment too late",
		Detail: fmt.Sprintf("Environment %q has the tier development and stands after %q. The candidate is made when the last development environment has passed, so they come first: change the order or the tier.",
			dev, other),
	}
}

func secretsOnRequest(check string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "secrets-on-merge-request", Subject: at,
		Summary: "Secrets on a merge request",
		Detail:  fmt.Sprintf("Check %q receives secrets or may log in somewhere, and a merge request runs code that nobody has reviewed. Leave the check out of `merge_request`, or make one without secrets.", check),
	}
}

func emptyArtifact(at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "no-artifact", Subject: at,
		Summary: "No artifact",
		Detail:  "artifact.ref is asked for here, and the policy has no `build` with an `artifact`.",
	}
}

func through(via []string) string {
	if len(via) == 0 {
		return ""
	}
	return " (through " + strings.Join(via, ", ") + ")"
}

func environmentsClash(p, o *Plan, e, f derived) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "environments-clash", Subject: e.at,
		Summary: "Environments with one name",
		Detail: fmt.Sprintf("The policies %q and %q would both call an environment and its lock %q: %s and %s. Rename one of the environments or components.",
			p.Policy, o.Policy, e.text, e.said, f.said),
		Notes: []diag.Note{{Range: f.at, Text: "the other one"}},
	}
}

func environmentIsComponent(p, o *Plan, e *Environment) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "environment-is-component", Subject: e.Origin,
		Summary: "Environment called as a component",
		Detail:  fmt.Sprintf("The ledger keeps what the policy %q deploys in the folder %q, where the environment of the policy %q would be a file. Rename the environment, or the component.", o.Policy, o.Component, p.Policy),
		Notes:   []diag.Note{{Range: o.Origin, Text: "the component"}},
	}
}

func noProduction(block string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "no-production", Number: "HF028", Subject: at,
		Summary: "Nothing is production",
		Detail:  fmt.Sprintf("`%s` is for production, and no environment is of that tier. Write tier = \"production\" in the environment that is, or call it production.", block),
	}
}

func outcomesClash(first, second string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "outcomes-clash", Subject: at,
		Summary: "Outcomes with one name",
		Detail:  fmt.Sprintf("Before the candidate, %s and %s would hand their outcome on under one name, since - and / are written as _ there. Rename a check or an environment.", first, second),
	}
}

func jobsClash(p, o *Plan, id string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "jobs-clash", Subject: p.Origin,
		Summary: "Jobs with one name",
		Detail:  fmt.Sprintf("The policies %q and %q would both have a job %q in one pipeline. Rename the check, the environment or the component that it is called after.", p.Policy, o.Policy, id),
		Notes:   []diag.Note{{Range: o.Origin, Text: "the other policy"}},
	}
}

// namesBecomeOne is said at the second of two things that hosts would know by
// one name.
func namesBecomeOne(first, second derived) *diag.Diagnostic {
	return namesMeet(first, second, "%s and %s both become the %s %q, so a system would take one for the other. Rename one of them.", first.said, second.said, second.space, second.text)
}

func namesMeet(first, second derived, format string, args ...any) *diag.Diagnostic {
	detail := fmt.Sprintf(format, args...)
	return &diag.Diagnostic{
		Code: "names-become-one", Subject: second.at,
		Summary: "Two names that become one",
		Detail:  strings.ToUpper(detail[:1]) + detail[1:],
		Notes:   []diag.Note{{Range: first.at, Text: "the other is here"}},
	}
}

func variablesBecomeOne(block string, first, second derived) *diag.Diagnostic {
	why := "both have one name"
	if first.text != second.text {
		why = "differ in capitals only, which GitHub and Windows do not tell apart"
	}
	return namesMeet(first, second, "In %s, %s and %s %s. Give one of them another name.", block, first.said, second.said, why)
}

func valuesBecomeOne(first, second derived) *diag.Diagnostic {
	return namesMeet(first, second, "%s and %s of one environment both become the variable %s, so a command would get the one for the other. Rename one of them.", first.said, second.said, second.text)
}

func secretHidden(block string, first derived, secret, variable string, at hcl.Range) *diag.Diagnostic {
	return namesMeet(first, derived{at: at}, "In %s, secret %q is the variable %s of the GitLab project, and %s would hide it. "+
		"Give that variable another name, or the secret: gitlab = { name = \"…\" }.", block, secret, variable, first.said)
}

func groupsBecomeOne(first, second derived, j *Job) *diag.Diagnostic {
	return namesMeet(first, second, "%s and %s are variables called %q of two groups, and the job %q reads both groups: on Azure one hides the other. Give one of the variables another name: azure = { group = \"…\", name = \"…\" }.",
		first.said, second.said, second.text, j.Title)
}

func secretsBecomeOne(first derived, second, name string, rule secretRule, at hcl.Range) *diag.Diagnostic {
	return namesMeet(first, derived{at: at}, "%s and secret %q are both the %s %q. Give one of them another name (%s), or, where they are meant to be one, write the name in both.",
		first.said, second, rule.space, name, fmt.Sprintf(rule.write, "…"))
}

func badSecretName(label, name string, rule secretRule, why string, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "bad-secret-name", Subject: at,
		Summary: "Name that a secret cannot have",
		Detail: fmt.Sprintf("On %s secret %q is called %q: %s. Write the name that it has there, such as %s.",
			rule.title, label, name, why, fmt.Sprintf(rule.write, rule.proposal(name))),
	}
}

func nameTooLong(said, id, target string, limit int, at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "name-too-long", Subject: at,
		Summary: "Name that is too long for a host",
		Detail: fmt.Sprintf("%s becomes the job %q, of %d characters, and %s takes %d. Choose a shorter label.",
			strings.ToUpper(said[:1])+said[1:], id, len(id), secretRules[target].title, limit),
	}
}

func imageUnsaid(at hcl.Range) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "image-unsaid", Severity: diag.Warning, Subject: at,
		Summary: "Image that nobody chose",
		Detail: "On GitLab a job without an image runs in the runner's own, which changes without a commit: on GitLab.com one with Ruby, and with neither docker nor most tools. " +
			"Write gitlab = { image = \"REGISTRY/NAME@sha256:…\" } in the policy, or in an agent the tags of your own runners, gitlab = { tags = [\"…\"] }.",
	}
}

func beyondHost(c *HostCount, n counted) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "beyond-host", Subject: n.at,
		Summary: "More than a host takes",
		Detail: fmt.Sprintf("%s has %d %s, and %s takes %d, so nothing would start (%s). %s",
			strings.ToUpper(n.said[:1])+n.said[1:], n.n, c.What, secretRules[c.Target].title, c.Most, c.Source, c.Mend),
	}
}
