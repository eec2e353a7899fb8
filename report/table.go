package report

import (
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// Kind is a kind of requirement.
type Kind string

// The kinds that are no guard; a guard is a kind by its own name.
const (
	CheckKind     Kind = "check"
	EvidenceKind  Kind = "evidence-of-check"
	ExitCodeKind  Kind = "exit-code-of-check"
	VerifyKind    Kind = "check-in-deployment"
	InformsKind   Kind = "check-that-informs"
	RequestKind   Kind = "merge-request"
	ScheduleKind  Kind = "schedule"
	PolicyKind    Kind = "policy-check"
	CandidateKind Kind = "candidate"
	ApprovalKind  Kind = "approval"
	RequesterKind Kind = "approver-is-not-requester"
	AuthorsKind   Kind = "approver-is-not-author"
	TimeoutKind   Kind = "approval-timeout"
	SeveralKind   Kind = "approvals-by-several-people"
	AdoptedKind   Kind = "adopted-without-evidence"
	ExceptionKind Kind = "exception-approval"
	FreezeKind    Kind = "freeze-rules"
	SecondKind    Kind = "second-approval-by-another"
	LockKind      Kind = "lock"
	MergeBackKind Kind = "merge-back"
	WaiverKind    Kind = "waiver"
	ArtifactKind  Kind = "artifact"
	ImageKind     Kind = "image"
	NotifyKind    Kind = "notification"
	SecretKind    Kind = "secret"
	FromKind      Kind = "deliveries-from"
	StartKind     Kind = "without-approval" // who may start it is all that protects it
	RuleKind      Kind = "rule-of-the-policy"
	NativeKind    Kind = "native" // no requirement: what the others do not speak for

	GlassRecordKind Kind = "break-glass-recorded"
	GlassSkipKind   Kind = "break-glass-skips"
	GlassReviewKind Kind = "break-glass-reviewed"

	MainlineKind Kind = "mainline-protected"
	LedgerKind   Kind = "ledger-append-only"
	TagsKind     Kind = "tags-immutable"
	BranchesKind Kind = "lines-protected"
	TokenKind    Kind = "least-privilege"
)

// Source is a rule of regulation or of a standard.
type Source struct{ ID, Text string }

// The sources, each with the words of its subject.
var (
	doraIndependence = Source{"(EU) 2024/1774, Art. 17(1)(b)", "Functions that approve a change are independent of those that request or implement it."}
	doraFallback     = Source{"(EU) 2024/1774, Art. 17(1)(e)", "Fall-back procedures and responsibilities are identified, aborting included."}
	doraEmergency    = Source{"(EU) 2024/1774, Art. 17(1)(f)", "Emergency changes are managed with safeguards."}
	doraDocument     = Source{"(EU) 2024/1774, Art. 17(1)(g)", "Emergency changes are documented, re-evaluated and assessed after their implementation."}
	soxDuties        = Source{"SOX, IT general controls", "Nobody approves their own change; ticket, code, build and deployment are linked."}
	soxReview        = Source{"SOX, IT general controls, emergency changes", "An emergency change is reviewed after its implementation."}
	itilEmergency    = Source{"ITIL, emergency change", "A record with a small named authority that approves, and a back-out plan."}
	slsaHistory      = Source{"SLSA Source L2", "History is immutable: no forced push; tags are neither moved nor deleted."}
	slsaReferences   = Source{"SLSA Source L3", "Named references are protected."}
	slsaReview       = Source{"SLSA Source L4", "Two trusted persons for a change, for its final revision, in its context."}
	scorecardBranch  = Source{"OpenSSF Scorecard, Branch-Protection", "No forced push, no deletion, required reviews and checks."}
	scorecardToken   = Source{"OpenSSF Scorecard, Token-Permissions", "Read-only by default, write where a job needs it."}
	nistRecords      = Source{"NIST SP 800-53, CM-3", "Change decisions are recorded and retained, unscheduled changes included."}
)

// row says of a kind of requirement what it is and how each target meets it.
// {names} in its texts are filled in from the policy.
type row struct {
	text    string
	answers []Source
	on      map[string][]Way
}

func inFile(what string) Way  { return Way{How: InFile, What: what} }
func script(what string) Way  { return Way{How: Script, What: what} }
func setting(what string) Way { return Way{How: HostSetting, What: what} }

// everywhere is the same on all targets.
func everywhere(ways ...Way) map[string][]Way {
	return map[string][]Way{"github": ways, "gitlab": ways, "azure": ways, "jenkins": ways}
}

// guardRow is what the script judges under the lock. What that is says the table
// of guards; which rules it answers, this one.
func guardRow(g *flow.Guard) row {
	return row{g.Demands + " (flow {flow}).", answered[g.Name],
		everywhere(inFile("The operation `begin` stands before the deployment, in the same job."), script(upperFirst(g.Refuses)+"."))}
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// answered are the rules that a guard answers.
var answered = map[string][]Source{
	"active":              nil, // of no regulation: it is the model that asks for it
	"ledger":              {slsaHistory, nistRecords},
	"mainline":            {slsaReview, scorecardBranch},
	"payload-identity":    {soxDuties, slsaReview},
	"requirements":        {itilEmergency, soxDuties},
	"evidence":            {soxDuties},
	"preflight-names":     {slsaHistory},
	"contains-production": {doraFallback},
	"no-strangers":        {doraEmergency},
	"same-family":         {doraEmergency},
	"unsettled":           {doraFallback},
	"irreversible":        {doraFallback},
	"withdrawn":           {doraFallback, doraDocument},
	"hold":                {doraFallback},
	"review":              {doraDocument, soxReview},
	"fix-forward":         {itilEmergency, doraDocument},
	"freeze":              {doraFallback},
	"incident":            {itilEmergency, doraDocument},
	"approvals":           {doraIndependence, soxDuties},
}

// rowOf is the row of a kind: of the table below, or of the table of guards.
func rowOf(k Kind) (row, bool) {
	if g := flow.GuardNamed(string(k)); g != nil {
		return guardRow(g), true
	}
	r, ok := rows[k]
	return r, ok
}

// approved is how a person opens a gate.
var approved = map[string][]Way{
	"github":  {inFile("The job fails unless GitHub recorded an approval."), setting("Environment `{environment}-approval-{approval}`: required reviewers {github}.")},
	"gitlab":  {inFile("A manual job that the deployment waits for; it refuses where its environment is not protected, or allows nobody."), setting("Protected environment `{environment}-approval-{approval}`: {gitlab} may deploy, which is to start the approval job (Premium).")},
	"azure":   {inFile("`ManualValidation` names the approvers {azure}.")},
	"jenkins": {inFile("`input` names the submitters {jenkins}."), setting("Administrators can always answer: who they are is a setting.")},
}

var rows = map[Kind]row{
	CheckKind: {"The check {check} passes before the candidate, on the commit that is deployed, in the flow {flow}.", []Source{soxDuties},
		everywhere(inFile("The candidate waits for the job."), script("A deployment is refused unless its candidate says that the check passed on this commit."))},
	EvidenceKind: {"The check {check} proves it with a report, in the flow {flow}.", []Source{nistRecords},
		everywhere(script("`evidence` refuses a report that is missing, failing, incomplete, part of the repository or of nothing but skipped cases, even if the command exited with 0; what lay there before is removed."))},
	ExitCodeKind: {"The check {check} leaves no report in the flow {flow}: its exit code is all the evidence.", nil,
		everywhere(inFile("The job fails where the command does."))},
	VerifyKind: {"The check {check} runs in the deployment to {environment}, under its lock, in the flow {flow}.", []Source{soxDuties},
		everywhere(inFile("A step of the job that deploys; its failure leaves the environment unsettled."))},
	InformsKind: {"The check {check} runs and is shown in the flow {flow}; it gates nothing, as the policy says.", nil,
		everywhere(inFile("No job waits for it."))},
	RequestKind: {"The check {check} runs on merge requests.", []Source{scorecardBranch, slsaReview}, map[string][]Way{
		"github":  {inFile("The job runs for pull requests and the merge queue."), setting("A ruleset for the mainline that requires the check `Check {check}`.")},
		"gitlab":  {inFile("The job runs for merge requests."), setting("Merge requests: pipelines must succeed.")},
		"azure":   {inFile("The pipeline of merge requests."), setting("A build validation policy of the mainline that runs this pipeline.")},
		"jenkins": {inFile("The pipeline of merge requests."), setting("The forge requires the status of this job before a merge.")},
	}},
	PolicyKind: {"On each merge request fettle {version} compares the generated files with the policy, and the policy with that of the branch that the request is for.", []Source{slsaReview, soxDuties}, map[string][]Way{
		"github":  {inFile("The job runs for pull requests and the merge queue, without a secret."), script("`check-policy` refuses a program with another checksum before it runs."), setting("A ruleset for the mainline that requires the check `{title}`.")},
		"gitlab":  {inFile("The job runs for merge requests, without the project's token."), script("`check-policy` refuses a program with another checksum before it runs."), setting("Merge requests: pipelines must succeed.")},
		"azure":   {inFile("The pipeline of merge requests, in a stage without a token."), script("`check-policy` refuses a program with another checksum before it runs."), setting("A build validation policy of the mainline that runs this pipeline.")},
		"jenkins": {inFile("The pipeline of merge requests, in a stage without credentials."), script("`check-policy` refuses a program with another checksum before it runs."), setting("The forge requires the status of this job before a merge.")},
	}},
	ScheduleKind: {"The check {check} runs at its times.", nil, map[string][]Way{
		"github":  {inFile("`on.schedule`."), setting("The mainline is the default branch: schedules run there only.")},
		"gitlab":  {inFile("The job runs for the schedule's pipeline."), setting("A pipeline schedule with the time that the file's header says.")},
		"azure":   {inFile("`schedules`.")},
		"jenkins": {inFile("`triggers { cron }`."), setting("The job is built once by hand, so that Jenkins reads its time.")},
	}},
	CandidateKind: {"Nothing goes beyond the development environments of the flow {flow} without a candidate.", []Source{soxDuties},
		everywhere(inFile("Every deployment after it waits for the job."), script("Without the tag, or with one that moved, a deployment is refused."))},
	ApprovalKind:  {"A deployment to {environment} in the flow {flow} is approved by {groups} ({approval}).", []Source{doraIndependence, soxDuties, itilEmergency}, approved},
	ExceptionKind: {"In a freeze a version goes to {environment} by an exception, which {groups} approve ({approval}).", []Source{doraIndependence, soxDuties, itilEmergency}, approved},
	RequesterKind: {"Who asks for a deployment to {environment} does not approve it ({approval}, flow {flow}).", []Source{doraIndependence, soxDuties, slsaReview}, map[string][]Way{
		"github":  {inFile("The job counts only an approval by somebody else."), script("`begin` refuses an approver who asked for the version when it got its number."), setting("Environment `{environment}-approval-{approval}`: prevent self-review.")},
		"gitlab":  {inFile("The job refuses who started the pipeline."), script("`begin` refuses an approver who asked for the version when it got its number."), setting("Protected environment `{environment}-approval-{approval}`: who starts the pipeline may not approve (the default).")},
		"azure":   {inFile("`allowApproversToApproveTheirOwnRuns: false`.")},
		"jenkins": {inFile("The stage compares the submitter with who started the build.")},
	}},
	AuthorsKind: {"Who wrote a commit that {environment} does not run yet does not approve it ({approval}, flow {flow}).", []Source{doraIndependence, soxDuties, slsaReview}, map[string][]Way{
		"github": {inFile("The job compares who approved with the accounts of the commits' authors; an author without an account is refused.")},
		"gitlab": {inFile("The job compares who approved with the e-mails of the commits' authors.")},
	}},
	TimeoutKind: {"An approval {approval} of {environment} that nobody gives in {timeout} is refused (flow {flow}).", []Source{doraFallback}, map[string][]Way{
		"github":  {inFile("The job refuses an approval that comes too late.")},
		"gitlab":  {inFile("The job refuses an approval that comes too late.")},
		"azure":   {inFile("`timeoutInMinutes` with `onTimeout: reject`.")},
		"jenkins": {inFile("`timeout` around the input.")},
	}},
	SeveralKind: {"The approvals of {environment} are given by different people (flow {flow}).", []Source{doraIndependence}, map[string][]Way{
		"github":  {inFile("The deployment gets the names of who approved."), script("`begin` refuses one person for two approvals.")},
		"gitlab":  {inFile("The deployment gets the names of who approved."), script("`begin` refuses one person for two approvals.")},
		"azure":   {setting("Each approval names a group of its own: Azure does not tell the job who approved.")},
		"jenkins": {inFile("The deployment gets the names of who approved."), script("`begin` refuses one person for two approvals.")},
	}},
	AdoptedKind: {"A version that was adopted may be redeployed to {environment}, though no record says which checks passed on it; the approval request says so (flow {flow}).", []Source{doraFallback, nistRecords},
		everywhere(script("`request` and `begin` say it, in the log and in the summary of the run."))},
	LockKind: {"One deployment to {environment} at a time, whatever the flow; the others wait and none is dropped (flow {flow}).", []Source{doraFallback}, map[string][]Way{
		"github":  {inFile("`concurrency` with `queue: max`.")},
		"gitlab":  {inFile("`resource_group`."), setting("Process mode of the resource group `{environment}`: `unordered`, which is the default; *Prevent outdated deployment jobs* is off.")},
		"azure":   {inFile("`lockBehavior: sequential` of the pipeline; the job deploys to its environment."), setting("Environment `{environment}`: the check *exclusive lock*.")},
		"jenkins": {inFile("`lock`.")},
	}},
	MergeBackKind: {"A hotfix is merged back ({how}); until then the next delivery is refused (flow {flow}).", []Source{doraDocument},
		everywhere(inFile("The job that follows production."), script("A delivery that lacks what production runs is refused."))},
	WaiverKind: {"The flow {flow} leaves out {what}: {reason}.", []Source{doraDocument, nistRecords},
		everywhere(script("The waiver is recorded in the candidate, the ledger and the summary of the run."))},
	ArtifactKind: {"What is deployed to {environment} is the artifact that was built for the version (flow {flow}).", []Source{soxDuties},
		everywhere(inFile("The checksum of the build travels with the artifact."), script("`unpack` refuses another checksum."))},
	ImageKind: {"What is deployed to {environment} is the image that was built for the version (flow {flow}).", []Source{soxDuties},
		everywhere(inFile("The image is named by its digest."), script("`compare-image` refuses another digest than the recorded one."))},
	FreezeKind: {"In the freeze {freeze} of {environments} a delivery {delivery}, a hotfix {hotfix}, a redeployment {redeploy}.", []Source{doraFallback, nistRecords},
		everywhere(script("The windows are in the script, in seconds, and are compared with the clock of the job that deploys."))},
	SecondKind: {"The exception of the freeze {freeze} is approved by somebody else than the deployment.", []Source{doraIndependence}, map[string][]Way{
		"github":  {script("`begin` refuses one person for both.")},
		"gitlab":  {script("`begin` refuses one person for both.")},
		"azure":   {setting("The freeze names approvers of its own: Azure does not tell the job who approved.")},
		"jenkins": {script("`begin` refuses one person for both.")},
	}},
	GlassRecordKind: {"A break glass is recorded in the ledger, with incident and reason, before anything else happens.", []Source{doraEmergency, itilEmergency, nistRecords},
		everywhere(inFile("Every other job waits for the operation `open`."), script("What the ledger has not taken does not begin."))},
	GlassSkipKind: {"A break glass skips nothing but {skips}.", []Source{doraEmergency},
		everywhere(script("Every other guard runs as it does for any hotfix or delivery; identity, evidence and containment are never skipped."))},
	GlassReviewKind: {"A break glass is reviewed within {review}, by somebody who did not open it; afterwards deliveries are refused.", []Source{doraDocument, soxReview}, map[string][]Way{
		"github":  {script("The operation `review` refuses who asked for it and who opened it.")},
		"gitlab":  {script("The operation `review` refuses who asked for it and who opened it.")},
		"azure":   {script("The operation `review` refuses who asked for it."), setting("Those who review are not those who open: Azure does not tell the job who approved.")},
		"jenkins": {script("The operation `review` refuses who asked for it and who opened it, where a person started the run.")},
	}},
	NotifyKind: {"{notice} is notified of {event} (flow {flow}).", []Source{doraDocument},
		everywhere(inFile("A step of the job, which holds nothing up: its failure is shown."))},
	SecretKind: {"The secret {secret} reaches the steps that ask for it, and is in no file.", []Source{scorecardToken}, map[string][]Way{
		"github":  {inFile("`secrets.{github}` is the variable `{variable}` of the step."), setting("Secret `{github}` of the repository, or of the environment that it is for.")},
		"gitlab":  {setting("CI/CD variable `{gitlab}`: masked and protected. Every job of a protected branch can read it, unless its scope is the environment that it is for.")},
		"azure":   {inFile("It is mapped into the step as `{variable}`."), setting("Secret {azure}.")},
		"jenkins": {inFile("`withCredentials` around the step binds `{variable}`."), setting("Credential `{jenkins}` in the folder of the project.")},
	}},
	FromKind: {"Deliveries come from {from} only.", []Source{slsaReferences, soxDuties},
		everywhere(script("A delivery of another branch is refused by name."))},
	StartKind: {"No approval is asked for: {what} (flow {flow}). Who may start it is limited.", []Source{soxDuties}, map[string][]Way{
		"github":  {script("It is an entry of the ledger, with who started it."), setting("Who has write access may start workflows: give it to nobody else.")},
		"gitlab":  {script("It is an entry of the ledger, with who started it."), setting("Who may merge to the protected `{mainline}` may run pipelines on it: *Allowed to merge*.")},
		"azure":   {script("It is an entry of the ledger, with who started it."), setting("Security of the pipeline: *Queue builds*.")},
		"jenkins": {script("It is an entry of the ledger, with who started it, where Jenkins tells."), setting("*Job/Build* of the folder of the policy.")},
	}},
	RuleKind: {"The policy keeps its own rule {rule} ({message})", nil,
		everywhere(Way{How: Compiler, What: "No file is written while it does not hold, and `fettle check` tells of files that say something else than the policy."})},
	NativeKind: {"Parts of {job} are native (flow {flow}): no other line of this report covers what they do.", nil,
		everywhere(Way{How: Outside, What: "Marked there: `outside fettle's guarantees`."})},
	MainlineKind: {"The mainline {mainline} changes by merge requests only.", []Source{scorecardBranch, slsaReferences, slsaReview}, everywhere(setting("Protect `{mainline}`: merge requests, required reviews and checks; no forced push, no deletion."))},
	LedgerKind: {"The ledger {ledger} is only added to.", []Source{nistRecords, slsaHistory},
		everywhere(script("Entries are pushed on top of what was read, never forced."), setting("Only the release credential may push to `{ledger}`; no forced push, no deletion."))},
	TagsKind: {"Candidates and releases are never moved.", []Source{slsaHistory},
		everywhere(script("A tag that names another commit is refused before anything is deployed."), setting("Protect the tags {tags}: only the release credential creates them, nobody moves or deletes them."))},
	BranchesKind: {"Hotfix branches are never forced.", []Source{slsaReferences, scorecardBranch},
		everywhere(script("A hotfix branch that lacks the release that it is named after is refused."), setting("Protect `{hotfix_branches}`: developers push, nobody forces."))},
	TokenKind: {"A job has only the rights that it needs.", []Source{scorecardToken}, map[string][]Way{
		"github":  {inFile("`permissions` of each job; what pushes takes a token of the app."), setting("The app's rights: contents, workflows, pull requests, issues.")},
		"gitlab":  {inFile("The credential is in no file."), setting("`FETTLE_TOKEN` is masked and protected; job tokens may not push.")},
		"azure":   {inFile("The credential is mapped into the steps that push."), setting("Build service: Contribute, Create branch, Create tag; never Force push.")},
		"jenkins": {inFile("`withToken` runs each step that pushes, and gives the credential to no other."), setting("Credential `fettle` in the folder of the project.")},
	}},
}
