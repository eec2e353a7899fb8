// Package flow says what happens: the Plan that is the same for every CI
// system, and the lowering of a policy into it.
//
// A Plan is finished. Every name in it is resolved to what it names, every
// list is in the order in which things happen, every guard, gate and lock is in
// place, every text is the text that a shell will read: a generator only
// spells it. It holds no value of the policy language, only the range that a
// thing came from, for messages.
package flow

import (
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/language"
)

// Plan is everything that the generated pipelines of one policy do.
type Plan struct {
	Policy       string
	Component    string // "" where the repository is the policy's own
	Description  string
	Mainline     string
	Default      string   // the repository's default branch
	Former       []string // what it was called before
	Targets      []string // names of the CI systems, in the policy's order
	Active       string   // the target that deploys
	Forge        string   // github, gitlab, azure, gitea, none: where merge requests are opened
	Version      string   // sequence, height, semver, calendar, command
	VersionRun   string   // POSIX sh, when Version is "command"
	Names        Names
	Unmergeable  []string
	Paths        []string // globs of what belongs to the policy; nil: everything
	Irreversible []string // globs of files whose changes no redeployment takes back

	ReleaseBranches string // a glob with one star; "" when there are none
	FromReleases    bool   // deliveries come from release branches, not from the mainline

	GitLabRoot    string // path of GitLab's root file
	Splitting     bool   // Jenkins splits the scripts of declarative pipelines
	Shares        bool   // the repository holds other policies too: their jobs may be in one pipeline
	Script        string // path of the release script in the repository
	Build         *Build // nil: the commit is the artifact
	Environments  []*Environment
	Incident      string // regular expression for the whole text; "" means any
	MergeBack     MergeBack
	Committer     Committer
	LFS           LFS
	Mirror        *Environment // the hotfix development environment, or nil
	Freezes       []*Freeze
	BreakGlass    *BreakGlass  // nil when the policy has none
	PolicyCheck   *PolicyCheck // of merge requests; nil where the policy wants none
	OlderBranches []string     // checks of the hotfix flow that branches with older pipeline files need too
	Approved      bool         // what a person records for a production environment waits for its approvals: Correction then does what Operate refuses
	Rules         []Rule       // the policy's own: they hold, or the policy is refused
	Flows         []*Flow      // those that the policy has, in the order of Kinds

	Origin hcl.Range

	names register // everything that hosts are given a name for
}

// Rule is what the policy demands of itself. It was judged before anything is
// generated, and stands in the plan for those who account for it.
type Rule struct {
	ID, Message string
	Origin      hcl.Range
}

// Names are the patterns of refs; the version stands between prefix and suffix.
type Names struct {
	Candidate, Release, Line, HotfixCandidate, HotfixRelease Pattern
	Ledger                                                   string
	MergeBack                                                string // what the branches of merge-backs begin with
}

// Pattern is a name around a version.
type Pattern struct{ Prefix, Suffix string }

// Glob is the pattern for branch filters: the version as one star.
func (p Pattern) Glob() string { return p.Prefix + "*" + p.Suffix }

// MergeBack says how a hotfix comes home.
type MergeBack struct {
	Mode       string // merge, ff-only, cherry-pick, reapply
	OnConflict string // draft, issue, fail
	Owner      string // as the forge knows it; "" when nobody is named
	Within     time.Duration
}

// Committer is who the commits of the pipelines are by. Name is "" where the
// policy does not say.
type Committer struct {
	Name, Email string
	Signed      bool // with the key that the host keeps beside the credential that pushes
}

// PolicyCheck is the fettle that looks at the policy on merge requests: what it
// calls itself, where it can be had, and its checksum.
type PolicyCheck struct{ Version, URL, SHA256 string }

// LFS is what becomes of files that are kept in Git LFS.
type LFS string

// What a policy may say of them. Where it says nothing, a version with some is
// refused: CI systems differ in what they check out.
const (
	LFSUnsaid  LFS = ""
	LFSFetched LFS = "fetched" // for every command, and at every checkout of the script
	LFSLeft    LFS = "left"    // as they were checked out, pointers too
)

// SigningKey is what that key is called, as a variable of jobs and as a secret.
const SigningKey = "FETTLE_SIGNING_KEY"

// Build makes the artifact, once a run.
type Build struct {
	Image *Image // nil when the artifact is files

	artifact string // path of a file, or of a folder when it ends with a slash; "" with an Image: it stands in the steps
}

// Image is an artifact that the build pushes to a registry. It travels as its
// digest, REPOSITORY@sha256:…, which the build leaves in a file. Both stand in the steps.
type Image struct{ repository, digest string }

// Tier says what an environment is for.
type Tier string

// The tiers. Release tags, hotfix branches and the guards of production go with
// Production; a candidate is made after the last Development environment.
const (
	Development Tier = "development"
	Staging     Tier = "staging"
	Production  Tier = "production"
)

// Environment is what a deployment goes to.
type Environment struct {
	ID        string // valid as id, ref component and lock name on every system
	Name      string // what the CI systems and their locks call it: with the component
	URL       string
	Tier      Tier
	Approvals []*Approval // in the policy's order
	Origin    hcl.Range
}

// Freeze is a time in which environments rest, and what each flow may do in it:
// block, approve or allow.
type Freeze struct {
	ID                         string
	Windows                    []Window // in order; what is excepted is not in them
	Delivery, Hotfix, Redeploy string
	Environments               []*Environment
	Groups                     []Group // who gives the second approval, where the policy says; otherwise those of the environment
	Origin                     hcl.Range
}

// BreakGlass is the only override: what it may skip, who opens it, and in what
// time somebody else reviews it.
type BreakGlass struct {
	MaySkip []string // approval, freeze, hold
	Gate    *Approval
	Review  time.Duration
}

// Window is a piece of time. End is the first instant after it.
type Window struct{ Begin, End time.Time }

// Approval is one gate that a person opens.
type Approval struct {
	Label   string
	Groups  []Group
	Authors bool // those who wrote commits that the environment does not run yet may not approve
	Timeout time.Duration
	Origin  hcl.Range
}

// Group is who may approve. A name is "" on systems that are not a target.
type Group struct {
	ID                             string
	GitHub, GitLab, Azure, Jenkins string
	Origin                         hcl.Range
}

// OS is an operating system of agents.
type OS string

// The operating systems.
const (
	Linux   OS = "linux"
	Windows OS = "windows"
	MacOS   OS = "macos"
)

// Agent is a kind of machine, by the name of each CI system. Hosted agents
// have every name filled in.
type Agent struct {
	ID      string // "hosted" for the default
	OS      OS
	GitHub  []string // runs-on
	GitLab  GitLabAgent
	Azure   AzureAgent
	Jenkins string // label expression
	// Container is the image that jobs run in on every system, or "".
	Container string

	provides []string  // environment variables that the machine itself has, which calls of commands need
	origin   hcl.Range // for what calls are told
}

// GitLabAgent selects a runner; Image is "" for the runner's own.
type GitLabAgent struct {
	Tags  []string
	Image string
}

// AzureAgent is a hosted image or a pool of one's own.
type AzureAgent struct {
	VMImage string
	Pool    string
	Demands []string
}

// Kind is the kind of a flow.
type Kind string

// The flows of the release model. Exception lets one version through a freeze,
// with an approval of its own; BreakGlassFlow brings a candidate past gates;
// Correction is what a person says against the ledger. Hold, resume, settle and
// adopt are the one flow Operate: each is a single operation that a person asks
// for, and that needs no approval.
const (
	Delivery       Kind = "delivery"
	Hotfix         Kind = "hotfix"
	Redeploy       Kind = "redeploy"
	Mirror         Kind = "mirror"
	Exception      Kind = "exception"
	BreakGlassFlow Kind = "break-glass"
	Correction     Kind = "correction"
	Operate        Kind = "operate"
	MergeRequest   Kind = "merge-request"
	Schedule       Kind = "schedule"
)

// Kinds are all of them.
var Kinds = []Kind{Delivery, Hotfix, Redeploy, Mirror, Exception, BreakGlassFlow, Correction, Operate, MergeRequest, Schedule}

// Flow is one way that things happen, from a trigger to its last job.
type Flow struct {
	Kind     Kind
	Name     string // of files and projects: the kind, with the component
	Label    string // of a schedule, of which there may be several
	Title    string // for people: "Hotfix"
	Triggers []Trigger
	Jobs     []*Job // in topological order
	Waivers  []Waiver
	Origin   hcl.Range
}

// ID names the flow among those of the policy: "delivery", "schedule-nightly".
func (f *Flow) ID() string {
	if f.Label != "" {
		return string(f.Kind) + "-" + f.Label
	}
	return string(f.Kind)
}

// Turn is when the flow deploys to an environment: the place of that job; -1 where
// it does not.
func (f *Flow) Turn(environment string) int {
	return slices.IndexFunc(f.Jobs, func(j *Job) bool { return j.Kind == JobDeploy && j.Environment.ID == environment })
}

// OnDemand is how the flow is started by a person; nil where it is not.
func (f *Flow) OnDemand() *Dispatch {
	for _, t := range f.Triggers {
		if d, ok := t.(Dispatch); ok {
			return &d
		}
	}
	return nil
}

// Waiver is a required check, or an environment with its approvals, that the
// flow leaves out, and why.
type Waiver struct {
	Check, Environment string   // ids; one of the two is ""
	Approvals          []string // labels of those that the environment has
	Reason             string
	Origin             hcl.Range
}

// What names what is left out: "the check soak", "the environment uat with its
// approval qa".
func (w Waiver) What() string {
	if w.Check != "" {
		return "the check " + w.Check
	}
	what := "the environment " + w.Environment
	if len(w.Approvals) > 0 {
		what += " with its " + when(len(w.Approvals) == 1, "approval ") + when(len(w.Approvals) > 1, "approvals ") + strings.Join(w.Approvals, ", ")
	}
	return what
}

// Trigger is what starts a flow: a closed set of Push, Dispatch,
// Request and Timer.
type Trigger interface{ trigger() }

// Push starts a flow for a push to a branch.
type Push struct {
	Branch string   // a name, or a glob with one star
	Paths  []string // globs: only where one of them changed; nil: always
}

// Dispatch starts a flow on demand, on a branch: a name, or a glob with one star.
type Dispatch struct {
	Branch string
	Inputs []*Input
}

// Request starts a flow for a merge request to one of the branches.
type Request struct {
	Branches []string
	Paths    []string // globs: the checks run where one of them changed; nil: always
}

// Timer starts a flow at certain times, on the newest commit of a branch.
type Timer struct {
	Cron   string // five fields, in UTC
	Branch string
}

func (Timer) trigger()    {}
func (Push) trigger()     {}
func (Dispatch) trigger() {}
func (Request) trigger()  {}

// Input is a question that a dispatch asks.
type Input struct {
	Name     string // "version": lower case, ids on every system
	Env      string // "RELEASE_VERSION": how jobs receive it
	Text     string // for people, one line
	Choices  []string
	Default  string // one of Choices, or ""
	Required bool
}

// JobKind is the part that a job plays.
type JobKind string

// The kinds of jobs.
const (
	JobIdentify  JobKind = "identify"   // names version and commit; operations agent
	JobChanges   JobKind = "changes"    // merge request: whether anything of the policy changed
	JobPolicy    JobKind = "policy"     // merge request: fettle looks at the policy; operations agent
	JobOpen      JobKind = "open"       // break glass: records what for, finds what a version is
	JobResolve   JobKind = "resolve"    // redeploy: finds what a version was
	JobBuild     JobKind = "build"      // makes the artifact
	JobCheck     JobKind = "check"      // one check before the candidate
	JobCandidate JobKind = "candidate"  // records that the checks passed
	JobRequest   JobKind = "request"    // says what is to be approved, refuses what no approval could let through
	JobApprove   JobKind = "approve"    // waits for a person: neither lock nor executor
	JobDeploy    JobKind = "deploy"     // under the environment's lock, from guards to verification
	JobMirror    JobKind = "mirror"     // deploys what production runs to the hotfix development environment
	JobMergeBack JobKind = "merge-back" // merges a hotfix back
	JobOperate   JobKind = "operate"    // one operation that a person asked for
	JobNotify    JobKind = "notify"     // tells people that a run failed
)

// Job is what runs on one machine without a break. An approve job has no
// agent and no steps: each system says in its own way that it waits.
type Job struct {
	Name        string // "deploy/production"; unique in its flow
	Kind        JobKind
	Title       string // for people: "Deploy to production"
	Needs       []*Job // gates: all must have succeeded
	Agent       *Agent
	Environment *Environment // of request, approve, deploy, mirror
	Lock        string       // the environment's lock, or "": shared by all flows, queues, never drops
	Approval    *Approval    // of approve
	Approved    []*Job       // of deploy, and of what records an exception: the approve jobs, whose approvers the script is told where the CI knows them
	When        Condition    // nil: when its needs succeeded
	Informs     bool         // of check: its failure is shown and stops nothing; no job needs it
	Timeout     time.Duration
	Options     Options  // of single targets
	Keys        []Native // of single targets, as the policy writes them: keys of the job
	Inputs      []Datum  // values from earlier jobs and from the dispatch, by Env
	Outputs     []string // keys that its operations set for later jobs
	Mark        string   // the variable that tells the notification of a failure that the job succeeded; "" where none asks
	Script      string   // path of the release script in this job; "" when the job runs no operation
	Writes      bool     // its operations push: they need the credential that may
	Guards      []*Guard // what the operation begin judges, for people and for proof
	Steps       []Step
	Origin      hcl.Range
}

// Sources are the jobs that this one waits for, and those that hand it values:
// where values travel with the jobs that are waited for, it needs all of them.
func (j *Job) Sources() []*Job {
	out := slices.Clone(j.Needs)
	for _, d := range j.Inputs {
		if d.From != nil && !slices.Contains(out, d.From) {
			out = append(out, d.From)
		}
	}
	return out
}

// Reports tells whether a check that runs in the job proves with a report that
// it passed. The exit code is all the evidence of one that does not.
func (j *Job) Reports(check string) bool {
	return slices.ContainsFunc(j.Steps, func(s Step) bool {
		e, ok := s.(Evidence)
		return ok && e.Check == check
	})
}

// Condition is a closed set of Proceed, Chosen and Failed.
type Condition interface{ condition() }

// Proceed runs the job only if the identify job said that there is something
// to do: a hotfix branch without a commit of its own is done at once, and so is a
// merge request that changes nothing of the policy.
type Proceed struct{ From *Job }

// Chosen runs the job only if the dispatch chose this value.
type Chosen struct {
	Input *Input
	Value string
}

// Failed runs the job when another job of the flow failed.
type Failed struct{}

func (Proceed) condition() {}
func (Chosen) condition()  {}
func (Failed) condition()  {}

// Datum is one environment variable of a job and where its value comes from:
// an output of an earlier job, an input of the dispatch, a value of the CI
// system (run.url, run.id), or a literal.
type Datum struct {
	Env     string // "RELEASE_VERSION"
	From    *Job   // with Key
	Key     string // "version"
	Result  bool   // with From, instead of Key: how the job ended, in the CI system's own words; "" where it tells no other job
	Input   *Input
	Run     language.RunValue // run.url or run.id
	Literal string            // when nothing else is set
}

// Phase says when a step runs in its job.
type Phase int

// The phases. A step of OnFailure runs when any step before it failed or the
// job was cancelled; a Tolerated one never fails its job, and its failure shows.
const (
	Normal Phase = iota
	OnFailure
	Tolerated
)

// Step is one thing that a job does: a closed set of Checkout, Run, Operation,
// ClearReport, Evidence, Publish, Fetch, Causes and Native.
type Step interface{ step() }

// Checkout takes the commit of the run, and of what was before as much as
// History says. With Mainline the release script of the mainline is saved to Job.Script
// afterwards: what is checked out may carry an older one.
//
// With Branch it is the tip of that branch instead: a schedule starts on the
// repository's default branch where the CI system knows no other.
//
// With LFS the files that are kept there come along.
type Checkout struct {
	Mainline bool
	Branch   string
	LFS      bool
	History  History
}

// Run is a command of the policy in the shell that the policy names. Script
// holds no expression of any CI system: run-time values stand in it as
// variables of the shell, which the job or Env provides.
type Run struct {
	Purpose Purpose
	Of      string // the check or the notification that has it, or ""
	Title   string // "Deploy", "Check unit"
	Shell   string // sh, bash, cmd, powershell, pwsh
	Script  string // without a final newline
	Env     []EnvVar
	Secrets []SecretVar
	Phase   Phase
	Timeout time.Duration // 0: the job's
	// Connection is the service connection of Azure that it is logged in with, or "".
	Connection string
	Origin     hcl.Range

	uses []language.RunValue // run-time values in it, from which the job's inputs follow
}

// EnvVar is an environment variable with a fixed value, or the value of
// another variable of the job in the middle of a text.
type EnvVar struct {
	Name   string
	Parts  []Part
	Origin hcl.Range // of its text; empty where no place of the policy says it
}

// Part is a piece of an EnvVar: literal, or the name of a job's variable.
type Part struct{ Lit, Env string }

// SecretVar is an environment variable that carries a secret.
type SecretVar struct {
	Name   string
	Secret *Secret
}

// Secret is where each CI system keeps it.
type Secret struct {
	ID             string
	GitHub, GitLab string
	AzureGroup     string // variable group, or "" for a variable of the pipeline
	AzureName      string
	Jenkins        string
	Origin         hcl.Range
}

// Operation is an operation of the release script.
type Operation struct {
	Name  string   // "begin"
	Args  []string // literals
	Sets  []string // keys it hands to later jobs (job outputs) and, as RELEASE_<KEY>, to later steps of this job
	Title string   // for people
	Phase Phase
	// FromEnv are arguments taken from variables of the job, after Args.
	FromEnv []string
}

// Pushes tells whether the operation pushes, or asks the host what only a
// credential is told: the files of a commit that was not checked out are not in
// the clone. No other step gets the credential that pushes.
func (o Operation) Pushes() bool { return o.Name != "make-version" && !o.Downloads() }

// Downloads tells whether the operation fetches a program and runs it.
func (o Operation) Downloads() bool { return o.Name == "check-policy" }

// checksOut tells whether the operation puts another commit into the working tree.
func (o Operation) checksOut() bool { return o.Name == "payload" || o.Name == "mirror" }

// RunsCommand tells whether a command of the policy runs within the operation.
func (o Operation) RunsCommand() bool { return o.Name == "make-version" }

// ClearReport removes the reports of earlier runs before a check, so that none
// of them is evidence of this one. It stands only in jobs that have the release
// script, as Evidence is judged only there.
type ClearReport struct {
	Check string
	Glob  string
}

// Evidence judges the reports of a check by the release script and shows them
// in the CI system's own way, even when the check failed.
type Evidence struct {
	Check string
	Glob  string
}

// SARIF tells whether the reports are findings of an analyser, which are no
// test cases: CI systems that show JUnit cannot show them.
func (e Evidence) SARIF() bool { return strings.HasSuffix(e.Glob, ".sarif") }

// Packed is the folder that travels: in it stands the one tar that the
// operation "pack" makes of an artifact, and "unpack" unpacks. It is below the
// folder of the script, where no build writes.
const (
	Packed = ".fettle/artifact"
	Tar    = Packed + "/release.tar"
)

// Publish keeps the artifact of the build, as one tar with its checksum
// (operation "pack", which Sets checksum, artifact_run and artifact_job).
// With Stored a command of the policy keeps it for longer, and the CI system
// only for the run.
type Publish struct {
	Path   string
	Stored bool
}

// Fetch brings the artifact: of this run, or (Recorded) of the run that the
// ledger names (RELEASE_ARTIFACT_RUN, RELEASE_ARTIFACT_JOB); afterwards the
// operation "unpack" empties the place, and refuses another checksum than
// RELEASE_CHECKSUM.
type Fetch struct {
	Path     string
	Recorded bool
}

// Causes puts together which of some jobs did not succeed, and why, for the
// commands after it: the value run.failure. A CI system tells how the jobs
// ended (Datum.Result), or each leaves a mark when it succeeds (Job.Mark): one
// without a mark did not succeed where everything that it needs has one.
type Causes struct{ Of []*Job }

// Native are steps of one system as the policy writes them, in the language of
// its files. Nothing of what fettle guarantees is known of them.
type Native struct {
	Target string
	Text   string // without a final newline
	Origin hcl.Range
}

func (Native) step()      {}
func (Checkout) step()    {}
func (Run) step()         {}
func (Operation) step()   {}
func (ClearReport) step() {}
func (Evidence) step()    {}
func (Publish) step()     {}
func (Fetch) step()       {}
func (Causes) step()      {}
