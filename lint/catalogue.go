package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/diag"
)

// Number is one entry of the catalogue: something that is not allowed in a
// governed release, by a number that never changes its meaning.
type Number struct {
	ID      string // HF015
	Text    string // what is not allowed
	Rests   string // on which experience, regulation or standard
	Answers []Answer
}

// Answer is how the language, the compiler, the release model or a host keeps
// it from happening.
type Answer struct {
	By   By
	Name string // of ByRule and ByCompiler a code, of ByModel a guard or ""
	Why  string
}

// By says what answers.
type By string

// A rule can be set by the policy, and so can a warning of the compiler; what the
// compiler makes impossible, and what the release script judges, cannot. A word
// is a compiler's error only in some places, whose attribute has the number.
const (
	ByRule     By = "rule"
	ByAsked    By = "rule, where the policy asks for it,"
	ByCompiler By = "compiler"
	ByWord     By = "compiler, in some places,"
	ByWarning  By = "compiler, as a warning,"
	ByModel    By = "release model"
	ByHost     By = "host setting"
)

// NumberOf returns the entry of a number, or nil.
func NumberOf(id string) *Number {
	if i := slices.IndexFunc(Catalogue, func(n Number) bool { return n.ID == id }); i >= 0 {
		return &Catalogue[i]
	}
	return nil
}

// NumbersOf returns the numbers that a code answers.
func NumbersOf(code diag.Code) []string {
	var out []string
	for _, n := range Catalogue {
		if slices.ContainsFunc(n.Answers, func(a Answer) bool { return a.Name == string(code) && a.By != ByModel }) {
			out = append(out, n.ID)
		}
	}
	return out
}

// Numbers gives what the compiler found the number that it goes against, where
// its code has one wherever it stands.
func Numbers(diags diag.Diagnostics) {
	for _, d := range diags {
		for _, n := range Catalogue {
			if d.Number == "" && slices.ContainsFunc(n.Answers, func(a Answer) bool { return a.always(d.Code) }) {
				d.Number = n.ID
			}
		}
	}
}

func (a Answer) always(code diag.Code) bool {
	return a.Name == string(code) && (a.By == ByCompiler || a.By == ByWarning)
}

// String is the entry for a terminal.
func (n *Number) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nNot allowed: %s\nRationale: %s.\n\nEnforced by:\n", n.ID, n.Text, n.Rests)
	for _, a := range n.Answers {
		fmt.Fprintf(&b, "- %s\n", a)
	}
	return b.String()
}

// String is an answer as a line of text.
func (a Answer) String() string {
	switch {
	case a.Name == "":
		return string(a.By) + ": " + a.Why
	case a.By == ByModel:
		return fmt.Sprintf("guard %s: %s", a.Name, a.Why)
	}
	by := a.By
	if by == ByWord {
		by = ByCompiler
	}
	return fmt.Sprintf("%s %s: %s", by, a.Name, a.Why)
}

func byRule(code, why string) Answer     { return Answer{ByRule, code, why} }
func byAsked(code, why string) Answer    { return Answer{ByAsked, code, why} }
func byCompiler(code, why string) Answer { return Answer{ByCompiler, code, why} }
func byWord(code, why string) Answer     { return Answer{ByWord, code, why} }
func byWarning(code, why string) Answer  { return Answer{ByWarning, code, why} }
func byModel(why string) Answer          { return Answer{ByModel, "", why} }
func byHost(why string) Answer           { return Answer{ByHost, "", why} }

// byGuard answers in the words of the table of guards, and says what more of it
// is of concern here.
func byGuard(name string, more ...string) Answer {
	g := flow.GuardNamed(name)
	if g == nil {
		panic("lint: there is no guard " + name)
	}
	return Answer{ByModel, name, strings.Join(append([]string{g.Refuses}, more...), "; ")}
}

// Catalogue is all of them, in the order of their numbers.
var Catalogue = []Number{
	{"HF001", "A hotfix is built on a branch head instead of what production runs.", "git-flow; a hotfix from the mainline ships work that nobody released", []Answer{
		byModel("a hotfix branch begins at the release tag of the last deployment to production, and nothing in the language says otherwise"),
		byGuard("same-family"),
		byGuard("no-strangers"),
		byGuard("fix-forward")}},
	{"HF002", "The hotfix branch does not name the release that it repairs.", "a candidate that cannot be tied to production", []Answer{
		byWord("bad-name-pattern", "each pattern holds `${version}` once")}},
	{"HF003", "The patterns of mainline, hotfix branches and tags overlap.", "one push that starts two pipelines", []Answer{
		byCompiler("names-collide", "patterns that one name fits are refused"),
		byCompiler("names-clash", "those of two policies of a repository too")}},
	{"HF004", "A tag cannot be read back, or is not one that git takes.", "versions cut out of names by position", []Answer{
		byWord("bad-name-pattern", "a pattern gives a valid ref, and its version is what stands between prefix and suffix")}},
	{"HF005", "The version of a hotfix sorts before its base or after the next release.", "semantic-release EINVALIDNEXTVERSION, GitVersion 5077", []Answer{
		byModel("the order of versions in production is that of the ledger and of the commits, never that of their texts")}},
	{"HF006", "An environment of GitHub does not admit a branch that the policy creates.", "a job that is refused at the worst moment: `*` stops at a slash", []Answer{
		byHost("`fettle settings` admits the same patterns that the policy names its hotfix branches by, none of which crosses a slash, and `--verify` compares them")}},
	{"HF007", "A name has characters that a system or a Windows machine refuses.", "git check-ref-format, reserved file names", []Answer{
		byCompiler("bad-label", "labels are lower-case letters, digits, `_` and `-`"),
		byWord("bad-name-pattern", "what stands around a version is what git takes")}},

	{"HF010", "A way to production has no required check.", "a patch in panic; SOX, NIST SP 800-53 CM-3", []Answer{
		byRule("unchecked-production", "delivery and hotfix run a required check before production"),
		byGuard("evidence")}},
	{"HF011", "A gate is skipped without a reason, or is never made up for.", "DORA Article 17: emergency changes are documented", []Answer{
		byRule("idle-waiver", "a waiver says what happens"),
		byWord("missing-attribute", "a waiver has a check or an environment, and a reason"),
		byCompiler("waives-two", "each has its own"),
		byModel("the next delivery runs every check on the mainline, with the hotfix in it")}},
	{"HF012", "Tests ran on another commit than the one that is deployed.", "SLSA Source; a tag that is made before its tests", []Answer{
		byGuard("payload-identity"),
		byModel("the candidate is made after the checks, on their commit")}},
	{"HF013", "A required gate cannot fail.", "`allow_failure`, ignored test failures", []Answer{
		byRule("swallowed-failure", "a required check without a report does not end with `|| true` or ignore failures"),
		byCompiler("informs-in-deployment", "a check with `required = false` is no gate, and is not allowed in a deployment")}},
	{"HF014", "A required gate leaves no report and counts as passed.", "fail closed", []Answer{
		byModel("with `report`, `evidence` refuses a report that is missing, empty or failing, even after exit code 0")}},
	{"HF015", "A gate of delivery is absent in the hotfix flow without a waiver.", "ITIL emergency change", []Answer{
		byRule("unwaived-check", "a check that is left out is waived, with a reason"),
		byRule("unwaived-environment", "and so is an environment with an approval, a check or a freeze"),
		byGuard("requirements")}},
	{"HF016", "A hotfix is proven by no regression test.", "a mistake that was fixed once comes back", []Answer{
		byRule("unproven-hotfix", "where a check of delivery leaves a report, one of hotfix does too")}},
	{"HF017", "A deployment does not say what it deploys.", "a build that nothing uses; a tag that was moved", []Answer{
		byRule("unnamed-artifact", "where something is built, a deployment names it or the version")}},
	{"HF018", "A delivery does not lead to production, or goes on to staging behind it.", "a list of environments in the wrong order; a region that was left out", []Answer{
		byRule("staging-after-production", "no environment of staging comes after the last of production"),
		byRule("undelivered-production", "what is for production goes where a delivery goes")}},

	{"HF020", "Production is deployed to without an approval.", "DORA Article 17(1)(b), SOX separation of duties", []Answer{
		byRule("ungated-production", "every way to production passes an approval of its environment")}},
	{"HF021", "Who asks for a deployment approves it.", "SOX; Delegated Regulation 2024/1774 Article 17(1)(b); SLSA Source level 4", []Answer{
		byModel("each target compares who approves with who asked; `fettle report` says where"),
		byGuard("approvals"),
		byAsked("authors-approve", "nor does who wrote the version"),
		byCompiler("authors-unknown-on-target", "what a target cannot compare it does not promise")}},
	{"HF022", "Nobody is there to approve, or it is always the same person.", "nobody is available at three in the morning; no independence", []Answer{
		byRule("one-approver", "an approval for production is not one person's"),
		byAsked("owner-approves", "nor that of the group alone that owns the merge-back"),
		byWord("empty-list", "an approval names a group"),
		byCompiler("group-unknown-on-target", "each group is known on each target")}},
	{"HF023", "An approval waits longer than the repair may take.", "recovery targets; a timeout that skips the stage", []Answer{
		byAsked("slow-approval", "an approval of a hotfix waits for a day at most"),
		byModel("an approval has a timeout, 24 hours without one, and what nobody answers is refused on every target")}},
	{"HF024", "Gates are opened in an emergency without reason, incident, group, notice and review.", "ITIL emergency change; access by break glass", []Answer{
		byWord("missing-attribute", "it names who opens it and what it may skip"), byWord("empty-list", "and that is somebody, and something"), byCompiler("break-glass-unheard", "somebody is notified"),
		byCompiler("never-skipped", "identity, evidence and containment are opened by nothing"),
		byModel("incident and reason are asked for, and are in the ledger before anything else; a review is due after the deployment")}},
	{"HF025", "The review of an emergency has no deadline, or a late one.", "ITIL emergency change", []Answer{
		byRule("late-review", "`review` is 48 hours at most, which is what it is where it is left out"),
		byModel("a base may lock it"),
		byGuard("review")}},
	{"HF026", "Several approvals are asked for on a system that cannot count them.", "GitHub counts one", []Answer{
		byCompiler("approval-not-countable", "it is refused where it stands")}},
	{"HF027", "Administrators may go around a gate.", "the defaults of GitHub, GitLab and Jenkins", []Answer{
		byHost("`fettle settings` forbids it on GitHub and Gitea; on Jenkins *Replay*, *Configure* and *Administer* are for administrators only; who they are is the host's")}},
	{"HF028", "Production is not called production.", "an environment `prod` of the tier staging: no guard, no hotfix branch, no word", []Answer{
		byRule("unsaid-production", "names that people use for production are asked about, and so is a policy without production"),
		byCompiler("no-production", "what is for production alone needs one")}},
	{"HF029", "One person changes what the ledger says of production.", "SOX separation of duties", []Answer{
		byAsked("unapproved-operations", "resume, settle and adopt wait for the approvals of the environment"),
		byModel("what would take a change out of production, or says that the ledger is wrong, is approved in the pipeline Correction")}},

	{"HF030", "A hotfix is not merged back.", "nvie/gitflow 177: the classic regression", []Answer{
		byModel("every hotfix flow ends with a merge-back; no word of the language turns it off"),
		byGuard("contains-production")}},
	{"HF031", "A merge-back leaves out a branch that needs the fix.", "the fix is missing in the next release", []Answer{
		byModel("it goes to the mainline and to every release branch that is open, and nothing in the language leaves one out"),
		byGuard("contains-production", "whichever branch it comes from")}},
	{"HF032", "Files that git cannot merge are merged.", "exports of tools, such as `.isx`", []Answer{
		byModel("a hotfix that touches `unmergeable` files is reapplied by hand, whatever `mode` says")}},
	{"HF033", "A merge-back has no owner or no deadline, or nothing waits for it.", "DORA Article 17: emergency changes are documented", []Answer{
		byAsked("open-merge-back", "owner and time are named"),
		byGuard("contains-production", "the next delivery waits for the merge-back")}},
	{"HF034", "A conflict is solved by a strategy (`ours`, `theirs`).", "lablup/backend.ai 13333: hunks overwritten in silence", []Answer{
		byWord("unknown-choice", "`mode` and `on_conflict` know no strategy")}},
	{"HF035", "A merge-back merges itself into a branch without required checks.", "elastic/ml-cpp 3122, PrismLauncher 5540", []Answer{
		byHost("what a request to the mainline must pass: `fettle settings`, docs/setup.md")}},
	{"HF036", "A merge-back is exempt from review.", "SLSA Source level 4", []Answer{
		byHost("the mainline changes by reviewed requests alone, merge-backs too: `fettle settings`, docs/setup.md"),
		byGuard("mainline")}},

	{"HF040", "A redeployment ships what was never in production.", "a rollback that is a release without gates", []Answer{
		byModel("the flow resolves a version in the ledger, and takes only what was in the environment")}},
	{"HF041", "A redeployment skips the approval of the environment.", "flagger 1800: rollbacks that skip steps", []Answer{
		byRule("ungated-production", "redeploy passes the environment's approvals like every other flow"),
		byModel("what it ships has the evidence of its release; of an adopted version there is no record of which checks passed, and the approval request says so")}},
	{"HF042", "A redeployment needs an artifact that the CI system has thrown away.", "retention of 30 to 90 days; Octopus 600", []Answer{
		byModel("an image is used by the digest in the ledger, from its registry; with `store` files come from where its commands keep them"),
		byAsked("artifact-expires", "files come from the run that the ledger names, for as long as its system keeps them; afterwards the redeployment is refused")}},
	{"HF043", "A redeployment goes over a change that cannot be taken back.", "migrations: redwood 5360", []Answer{
		byAsked("irreversible-unsaid", "the policy names such files where it offers a redeployment"),
		byGuard("irreversible")}},
	{"HF044", "After a redeployment the hotfix branch starts at the wrong version.", "a hotfix of what production no longer runs", []Answer{
		byModel("the hotfix branch and the mirror follow what the ledger says of production")}},

	{"HF050", "Two deployments run at once, or one is cancelled.", "kentcdodds/kody 1969: cancelled in the middle of a migration", []Answer{
		byModel("all flows share the lock of an environment; none cancels"),
		byGuard("active")}},
	{"HF051", "A deployment that waits is dropped.", "devantler-tech/platform 2799", []Answer{
		byModel("locks queue on every target"),
		byHost("GitLab's process mode and Azure's exclusive lock; `fettle report` lists them")}},
	{"HF052", "A candidate is deployed over something that it does not contain.", "hikariming/ghfind 181: an old run rolls production back", []Answer{
		byGuard("contains-production"),
		byGuard("same-family"),
		byGuard("unsettled")}},
	{"HF053", "Two hotfixes share one development environment.", "nvie/gitflow 3 and 103", []Answer{
		byModel("the mirror has a lock, and receives only what production runs")}},
	{"HF054", "A repeated run makes a second hotfix branch or tag.", "nvie/gitflow 403", []Answer{
		byGuard("preflight-names", "a name at its commit is done")}},

	{"HF060", "A push by the pipeline starts no pipeline.", "peter-evans/create-pull-request 48", []Answer{
		byModel("what pushes has a credential of its own; a flow's jobs follow each other without a push in between"),
		byHost("the credential: `fettle settings`")}},
	{"HF061", "The pipeline may not push where it must.", "GH013; oras-go 1361", []Answer{
		byHost("the rights of the credential; `fettle settings` gives and compares them")}},
	{"HF062", "A completion trigger of Azure fires for everything.", "azure-pipelines-yaml 404 and 603", []Answer{
		byModel("the generated files have no completion trigger")}},
	{"HF063", "A hotfix branch runs the pipeline of an old tag.", "LedgerHQ 17098", []Answer{
		byModel("operations run the release script of the mainline, whatever is checked out"),
		byGuard("requirements")}},
	{"HF064", "A path filter keeps a hotfix from running.", "a fix that nothing built", []Answer{
		byModel("`paths` filters deliveries and merge requests, never a hotfix")}},

	{"HF070", "A freeze does not say what a hotfix may do.", "EarnQuestOne 2622: the rule is written down afterwards", []Answer{
		byGuard("freeze", "`hotfix` is block, approve or allow, and approve where it is left out"),
		byWord("unknown-choice", "there is no fourth"),
		byCompiler("freeze-without-approvers", "somebody gives the second approval"),
		byRule("past-freeze", "a freeze that is over says nothing any more")}},
	{"HF071", "A secret is written in the policy or in a command line.", "OpenSSF; process lists and logs show command lines", []Answer{
		byRule("literal-secret", "no text has the form of a token or a key, no variable of that name has a text"),
		byCompiler("secret-in-clear", "a parameter that is a secret takes a secret"),
		byCompiler("secret-in-env", "so does a variable that carries one")}},
	{"HF072", "A branch or a tag is pushed by force, or all tags at once.", "SLSA Source: history is kept", []Answer{
		byRule("forced-push", "no command of the policy does"),
		byModel("the release script never forces, and pushes refs by name"),
		byGuard("ledger")}},
	{"HF073", "An action, an image or a library is not pinned.", "OpenSSF Scorecard, Pinned-Dependencies", []Answer{
		byWarning("container-not-pinned", "the image of a container has its digest"),
		byWarning("image-unsaid", "on GitLab, jobs run in one that the policy or an agent names"),
		byRule("unpinned-action", "so is an action in a native part"),
		byAsked("unpinned-image", "and the image of an agent on GitLab"),
		byModel("generated files pin what they use; a library is a file of the repository")}},
	{"HF074", "A workflow of GitHub has more rights than it needs.", "OpenSSF Scorecard, Token-Permissions", []Answer{
		byModel("every job has `permissions` of its own")}},
	{"HF075", "A hotfix names no incident.", "ITIL emergency change; DORA Article 17", []Answer{
		byAsked("unnamed-incident", "it has the form that the ticket system knows"),
		byGuard("incident")}},
	{"HF076", "Nothing records who released what, when, and on what evidence.", "NIST SP 800-53 CM-3; BasedHardware/omi 10301", []Answer{
		byModel("the ledger: an entry is pushed before a deployment begins, and without it there is none")}},
	{"HF077", "Rework and recovery cannot be measured.", "DORA: rework rate, recovery time", []Answer{
		byModel("the ledger has time, flow and incident of every deployment, and `sh .fettle/release.sh measures` computes both from it")}},
	{"HF078", "There is no way back from a hotfix that makes it worse.", "Delegated Regulation 2024/1774 Article 17(1)(e): fall-back procedures", []Answer{
		byAsked("no-way-back", "`redeploy` is offered beside `hotfix`"),
		byGuard("withdrawn", "so the next delivery does not undo it")}},
	{"HF079", "An environment is unknown, unreachable, or reached by ways with different gates.", "what a policy shows is not what happens", []Answer{
		byCompiler("unknown-environment", "a name that nothing has"),
		byRule("unused", "what is defined and reached by nothing"),
		byModel("approvals are the environment's: every way passes the same")}},

	{"HF080", "What a command needs is not there when it runs.", "a release that stops in the middle; a hotfix that waits for a renamed file", []Answer{
		byRule("missing-script", "a script that a command starts is in the repository"),
		byRule("ungiven-variable", "a variable that a command reads is given by its block, its agent or the CI system"),
		byRule("timeout-beyond-host", "no job may take longer than its host lets it"),
		byRule("run-too-long", "nor all of a run, with its waiting")}},
}
