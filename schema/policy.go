// package schema reads a release policy: bytes in, a typed Policy out, every
// name in it resolved and every value with the range that it came from.
// It says what the policy says; what follows from it is package flow's.
package schema

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Value is something that the policy says, with the place where it says it.
// A value that the policy leaves out has its default and Set is false; its
// Range is then the header of the block that could have said it.
type Value[T any] struct {
	V     T
	Range hcl.Range
	Set   bool
}

// Ref is a resolved reference such as check.unit. Range is the reference's.
type Ref[T any] struct {
	To    *T
	Range hcl.Range
}

// Refers tells whether a list of references names something.
func Refers[T any](refs []Ref[T], to *T) bool {
	return slices.ContainsFunc(refs, func(r Ref[T]) bool { return r.To == to })
}

// Policy is one release policy, resolved. Lists are in the order of the file.
type Policy struct {
	Name         string // label of the policy block
	Description  Value[string]
	Component    Value[string]   // "" where the repository is the policy's own
	Paths        []Value[string] // globs of what belongs to it; nil: everything
	Dir          string          // of the policy in its repository, with slashes
	GitLabRoot   Value[string]   // path of the root file
	Splitting    bool            // Jenkins splits the scripts of declarative pipelines
	GitLabImage  Value[string]   // of jobs on GitLab whose agent names none
	Mainline     Value[string]
	Default      Value[string]   // the repository's default branch
	Former       []Value[string] // what the mainline was called before
	Targets      []Value[string] // names of CI systems, in the policy's order, no doubles
	Active       Value[string]   // the target that deploys; "" when there is only one
	Forge        Value[string]   // github, gitlab, azure, gitea, none; "" means the target's own
	Version      Value[string]   // sequence, height, semver, calendar, command
	VersionRun   Command         // the command when Version is "command"
	Unmergeable  []Value[string] // globs of files that git cannot merge
	Irreversible []Value[string] // globs of files whose changes no redeployment takes back
	LFS          Value[bool]     // files that are kept there are fetched; not Set: nobody decided
	Timezone     Value[string]
	Approved     Value[bool] // what a person records for a production environment is approved

	ReleaseBranches Value[string] // the pattern of release branches, with one star; "" when there are none

	Uses         []*Use
	Commands     []*Definition
	Variables    []*Variable
	Names        Names
	Agents       []*Agent
	Groups       []*Group
	Secrets      []*Secret
	Build        *Build // nil when the commit is the artifact
	Checks       []*Check
	Environments []*Environment
	Delivery     *Delivery
	MergeRequest *MergeRequest // nil when the policy has no such block
	Schedules    []*Schedule
	Hotfix       *Hotfix   // nil when the policy has none
	Redeploy     *Redeploy // nil when the policy has none
	Committer    Committer
	Notifies     []*Notify
	Freezes      []*Freeze
	Rules        []*Rule // judged when there is a plan
	Lints        []*RuleSeverity
	BreakGlass   *BreakGlass // nil when the policy has none

	// Sources are the files that it was read from: its own, then those of what it extends, level by level.
	Sources []syntax.Source

	// Range is the header of the policy block.
	Range hcl.Range

	effective *Effective
}

// Variable is a value that is given from outside, or its default.
type Variable struct {
	Label       string
	Description Value[string]
	Type        string    // as the policy writes it; "any" when it says nothing
	Given       string    // what gave the value, such as "--var region"; "" for the default
	At          hcl.Range // the place that gave it
	Range       hcl.Range
}

// Pattern is a name with the version in it: "hotfix/${version}".
type Pattern struct {
	Prefix, Suffix string
	Range          hcl.Range
	Set            bool
}

// String is the pattern as the policy writes it.
func (p Pattern) String() string { return p.Prefix + "${version}" + p.Suffix }

// Names are the patterns of everything that fettle names in git.
type Names struct {
	Candidate       Pattern // tag
	Release         Pattern // tag
	HotfixBranch    Pattern // branch
	HotfixCandidate Pattern // tag
	HotfixRelease   Pattern // tag
	Ledger          Value[string]
	Range           hcl.Range
}

// Agent is a kind of machine that jobs run on, and what each CI calls it.
type Agent struct {
	Label string
	OS    Value[string] // linux, windows, macos
	// Container is the image that jobs run in; "" is the machine itself.
	Container Value[string]
	Provides  []Value[string] // environment variables that the machine itself has
	GitHub    GitHubAgent
	GitLab    GitLabAgent
	Azure     AzureAgent
	Jenkins   JenkinsAgent
	Range     hcl.Range
	Whole     hcl.Range // the block, to its end; empty where what the policy extends has it too
}

// GitHubAgent is what GitHub Actions calls the machine.
type GitHubAgent struct {
	RunsOn []string
	Set    bool
}

// GitLabAgent is what GitLab calls the machine.
type GitLabAgent struct {
	Tags  []string
	Image string
	Set   bool
}

// AzureAgent is what Azure Pipelines calls the machine: a hosted image, or a
// pool of one's own with demands.
type AzureAgent struct {
	VMImage string
	Pool    string
	Demands []string
	Set     bool
}

// JenkinsAgent is what Jenkins calls the machine: a label expression.
type JenkinsAgent struct {
	Label string
	Set   bool
}

// Group is who may approve, by the name that each system knows.
type Group struct {
	Label                          string
	GitHub, GitLab, Azure, Jenkins Value[string]
	Range                          hcl.Range
	Whole                          hcl.Range // the block, to its end; empty where what the policy extends has it too
}

// Secret is where each CI system keeps one secret.
type Secret struct {
	Label   string
	GitHub  Value[string] // name of the Actions secret
	GitLab  Value[string] // name of the CI/CD variable
	Azure   AzureSecret
	Jenkins Value[string] // id of the credential
	Range   hcl.Range
	Whole   hcl.Range // the block, to its end; empty where what the policy extends has it too
}

// AzureSecret is a variable of a variable group, or of the pipeline itself
// when Group is empty.
type AzureSecret struct {
	Group, Name string
	Range       hcl.Range
	Set         bool
}

// Env is one environment variable that the policy gives to commands. Its text
// may hold run-time values.
type Env struct {
	Name string
	Text eval.Text
	At   hcl.Range // the name
}

// SecretEnv is one environment variable that carries a secret.
type SecretEnv struct {
	Name   string
	Secret Ref[Secret]
	At     hcl.Range // the name
}

// Command is what the policy wants run: one text or a list of them, run in
// order. Zero when the policy says nothing.
type Command struct {
	Texts []eval.Text
	Range hcl.Range
	Set   bool
}

// Runner is what build, check, environment and notify have in common: where
// and with what their commands run.
type Runner struct {
	Agent   *Ref[Agent]   // nil means the hosted Linux agent
	Shell   Value[string] // sh, bash, cmd, powershell, pwsh
	Env     []Env         // by name
	Secrets []SecretEnv   // by name
	Timeout Value[time.Duration]
	// Options are those of one target; of build, check and environment.
	Options Options
	History Value[bool] // of build, check and environment: the commands read files of earlier commits
	Natives []*Native   // of build, check and environment
}

// Build makes the artifact, once a run.
type Build struct {
	Run      Command
	Artifact Value[string] // a path, relative to the repository; "" with an Image
	Image    *Image        // nil when the artifact is files
	Store    *Store        // nil when the CI system keeps them
	Runner
	Range hcl.Range
}

// Store keeps the files of the artifact beyond the CI system, and brings them
// back.
type Store struct {
	Put, Get Command
	Range    hcl.Range
}

// Image is an artifact that the build pushes to a registry: the repository, and
// the file in which the build leaves the digest.
type Image struct {
	Repository, Digest Value[string]
	Range              hcl.Range
}

// Check is a command that decides whether a commit or a deployment is good.
type Check struct {
	Block  string // label of the block
	Label  string // the block's, and the values of one combination of its matrix: unit-17-linux
	Run    Command
	Report Value[string] // glob of JUnit (.xml) or SARIF (.sarif) files; "" when the exit code is the only evidence
	// Required is false for a check that informs: no gate, in no list of what must have passed.
	Required Value[bool]
	// OlderBranches is true for a check that a hotfix branch with older pipeline files needs too.
	OlderBranches Value[bool]
	Runner
	Range hcl.Range
}

// Environment is what the policy deploys to.
type Environment struct {
	Label     string
	URL       Value[string]
	Tier      Value[string] // development, staging, production
	Values    []Env         // static: no run-time value in them
	Setup     Command       // before the guards
	Deploy    Command
	After     Command
	Verify    []Ref[Check]
	Requires  []Ref[Check]
	Approvals []*Approval
	Runner
	Range hcl.Range
}

// Approval is one gate that a person opens.
type Approval struct {
	Label     string
	Approvers []Ref[Group]
	Exclude   []Value[string] // requester, authors; the requester is excluded whatever it says
	Minimum   Value[int]
	Timeout   Value[time.Duration]
	Range     hcl.Range
}

// Delivery is the regular way to production.
type Delivery struct {
	From         Value[string] // the mainline, or the pattern of release branches
	Checks       []Ref[Check]
	Environments []Ref[Environment]
	Range        hcl.Range
}

// MergeRequest says which checks run on merge requests.
type MergeRequest struct {
	Checks []Ref[Check]
	Set    bool // the policy names the checks; otherwise every check that needs no environment
	Policy *PolicyCheck
	Range  hcl.Range
}

// PolicyCheck is the fettle that looks at the policy on merge requests.
type PolicyCheck struct {
	Version, URL, SHA256 Value[string]
	Range                hcl.Range
}

// Committer is who the commits of the pipelines are by.
type Committer struct {
	Name, Email Value[string]
	Signed      Value[bool]
	Range       hcl.Range
}

// Schedule runs checks on the mainline at certain times.
type Schedule struct {
	Label  string
	Cron   Value[string] // five fields, one blank between them, in UTC
	Checks []Ref[Check]
	Range  hcl.Range
}

// Hotfix is the way of a fix to production. Checks and Environments are nil
// and their Set flags false when the policy takes delivery's.
type Hotfix struct {
	Checks          []Ref[Check]
	ChecksSet       bool
	Environments    []Ref[Environment]
	EnvironmentsSet bool
	Mirror          *Ref[Environment]
	Incident        Incident
	Waivers         []*Waiver
	MergeBack       MergeBack
	Range           hcl.Range
	Whole           hcl.Range // the block, to its end
}

// Incident says what a hotfix and a fix forward must name.
type Incident struct {
	Pattern Value[string] // a regular expression that matches the whole text; "" means any text
	Range   hcl.Range
}

// Waiver leaves a required check or an environment out of the hotfix flow, in
// writing. One of the two has no To.
type Waiver struct {
	Check       Ref[Check]
	Environment Ref[Environment]
	Reason      Value[string]
	Range       hcl.Range
	Whole       hcl.Range // the block, to its end
}

// Waives tells whether a hotfix leaves a check out by a waiver.
func (h *Hotfix) Waives(c *Check) bool {
	return slices.ContainsFunc(h.Waivers, func(w *Waiver) bool { return w.Check.To == c })
}

// WaivesEnvironment tells whether it leaves an environment out by a waiver.
func (h *Hotfix) WaivesEnvironment(e *Environment) bool {
	return slices.ContainsFunc(h.Waivers, func(w *Waiver) bool { return w.Environment.To == e })
}

// MergeBack says how a hotfix comes home.
type MergeBack struct {
	Mode       Value[string] // merge, ff-only, cherry-pick, reapply
	OnConflict Value[string] // draft, issue, fail
	Owner      *Ref[Group]
	Within     Value[time.Duration]
	Range      hcl.Range
}

// Redeploy puts a version back that was in an environment before.
// Environments is nil when the policy leaves it to the default, all of the
// production tier.
type Redeploy struct {
	Environments []Ref[Environment]
	Set          bool
	Range        hcl.Range
}

// Notify is a command that tells people. It holds nothing up.
type Notify struct {
	Label string
	On    []Value[string] // failure, waiting, production
	Run   Command
	Runner
	Range hcl.Range
}
