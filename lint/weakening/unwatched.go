package weakening

// Field is one of the plan that is not looked at, with the reason why a change of
// it alone weakens nothing. Words is what the policy calls it; what the compiler
// derives has none.
type Field struct{ Field, Words, Why string }

const (
	text  = "a text for reading"
	label = "a label: what it stands for is compared"
	bound = "a job that runs for longer still has to succeed"
)

// Derived are, in words, the fields that follow from others, and why that is enough.
const (
	Derived    = "what the compiler makes of the policy: flows, jobs, their order and conditions, guards, locks, operations, inputs, files"
	WhyDerived = "the same compiler makes it of both policies, and what it makes it of is compared"
)

// Unwatched are all of them. A reason that begins with "follows from" is one of
// the compiler: it makes both plans, so that the field changes only with what it
// is made of, which a subject names.
var Unwatched = []Field{
	{"Plan.Policy", "the label of `policy`", text},
	{"Plan.Description", "`description`", text},
	{"Waiver.Reason", "`reason`", text},
	{"Rule.Message", "`message` of a `rule`", text},
	{"Environment.URL", "`url`", "a link; where a command reads it, the command is another one"},
	{"Approval.Label", "the labels of approvals, groups, secrets, freezes and agents", label},
	{"Group.ID", "", label},
	{"Secret.ID", "", label},
	{"Freeze.ID", "", label},
	{"Agent.ID", "", label},
	{"Job.Timeout", "`timeout` of a build, a check or an environment", bound},
	{"Run.Timeout", "", bound},
	{"Timer.Cron", "`cron` of a schedule", "no flow waits for a schedule"},
	{"Plan.Default", "`default_branch`", "it says what the host has, and changes nothing of what happens"},
	{"Agent.provides", "`provides` of an agent", "it tells the compiler what a machine has, and changes nothing of what happens"},

	{"Committer.Name", "`name` and `email` of `committer`", "what the pipelines' commits are called: who pushes them is the host's to know"},
	{"Committer.Email", "", "what the pipelines' commits are called: who pushes them is the host's to know"},

	{"Plan.LFS", "`lfs`", "it says what becomes of files that are kept in Git LFS, and no gate or guard depends on it"},
	{"Checkout.History", "`history`", "it says what a clone has of earlier commits, and no gate or guard depends on it"},
	{"Checkout.LFS", "", "it says what becomes of files that are kept in Git LFS, and no gate or guard depends on it"},

	{"Plan.Shares", "", "follows from component"},
	{"Plan.Script", "", "follows from component"},
	{"Plan.Splitting", "", "says how the controller runs: no stage, gate or command differs"},
	{"Plan.names", "", "follows from the labels"},
	{"Names.MergeBack", "", "follows from component"},
	{"Environment.Name", "", "follows from component and the label of the environment"},
	{"Build.artifact", "", "follows from the artifact, which is in the steps of the build"},
	{"Image.repository", "", "follows from the artifact, which is in the steps of the build"},
	{"Image.digest", "", "follows from the artifact, which is in the steps of the build"},
	{"Plan.Flows", "", "follows from the blocks, whose absence is compared"},
	{"Flow.Kind", "", "follows from the blocks, whose absence is compared"},
	{"Flow.Name", "", "follows from the kind of the flow and component"},
	{"Flow.Label", "", "follows from the label of a schedule"},
	{"Flow.Title", "", "follows from the kind of the flow and component"},
	{"Flow.Triggers", "", "follows from the kind of the flow"},
	{"Flow.Jobs", "", "follows from the checks, environments and approvals of the flow"},
	{"Push.Branch", "", "follows from mainline, release_branches and names"},
	{"Push.Paths", "", "follows from paths"},
	{"Dispatch.Branch", "", "follows from mainline"},
	{"Dispatch.Inputs", "", "follows from the kind of the flow"},
	{"Request.Branches", "", "follows from mainline, release_branches and names"},
	{"Request.Paths", "", "follows from paths"},
	{"Timer.Branch", "", "follows from mainline"},
	{"Input.Name", "", "follows from the kind of the flow"},
	{"Input.Env", "", "follows from the kind of the flow"},
	{"Input.Text", "", "follows from the kind of the flow"},
	{"Input.Choices", "", "follows from the environments of the flow"},
	{"Input.Default", "", "follows from the environments of the flow"},
	{"Input.Required", "", "follows from the kind of the flow"},
	{"Waiver.Approvals", "", "follows from the environment that is waived"},
	{"Job.Name", "", "follows from the labels of its block"},
	{"Job.Kind", "", "follows from its block"},
	{"Job.Title", "", "follows from the labels of its block"},
	{"Job.Needs", "", "follows from the order of checks and environments, which the ways to production are"},
	{"Job.Environment", "", "follows from the environments of the flow"},
	{"Job.Lock", "", "follows from the environment"},
	{"Job.Approval", "", "follows from the approvals of the environment, of the freeze or of the break glass"},
	{"Job.Approved", "", "follows from the approvals of the environment, of the freeze or of the break glass"},
	{"Job.When", "", "follows from the kind of the flow"},
	{"Job.Inputs", "", "follows from the operations of the job and the run-time values in its commands"},
	{"Job.Mark", "", "follows from the name of the job, where a notification names what did not succeed"},
	{"Job.Outputs", "", "follows from the operations of the job"},
	{"Job.Script", "", "follows from the kind of the flow and component"},
	{"Job.Writes", "", "follows from the kind of the job"},
	{"Job.Guards", "", "follows from the flow, the tier, and the blocks that they check"},
	{"Job.Steps", "", "follows from the kind of the job and the checks of its environment"},
	{"Proceed.From", "", "follows from the kind of the flow"},
	{"Chosen.Input", "", "follows from the environments of the flow"},
	{"Chosen.Value", "", "follows from the environments of the flow"},
	{"Datum.Env", "", "follows from the operations of the job and the run-time values in its commands"},
	{"Datum.From", "", "follows from the operations of the job and the run-time values in its commands"},
	{"Datum.Key", "", "follows from the operations of the job and the run-time values in its commands"},
	{"Datum.Result", "", "follows from the operations of the job and the run-time values in its commands"},
	{"Datum.Input", "", "follows from the operations of the job and the run-time values in its commands"},
	{"Datum.Run", "", "follows from the operations of the job and the run-time values in its commands"},
	{"Datum.Literal", "", "follows from the environment"},
	{"Checkout.Mainline", "", "follows from the kind of the flow"},
	{"Checkout.Branch", "", "follows from the kind of the flow and mainline"},
	{"Run.Title", "", "follows from the label of its block"},
	{"Run.Purpose", "", "the attribute that has the command"},
	{"Run.Of", "", "the label of its block"},
	{"Run.Phase", "", "follows from the kind of its block"},
	{"Run.uses", "", "follows from the commands"},
	{"Operation.Name", "", "follows from the kind of the job"},
	{"Operation.Args", "", "follows from the environment, the checks and the artifact"},
	{"Operation.Sets", "", "follows from the kind of the job"},
	{"Operation.Title", "", "follows from the kind of the job"},
	{"Operation.Phase", "", "follows from the kind of the job"},
	{"Operation.FromEnv", "", "follows from the kind of the flow"},
	{"ClearReport.Check", "", "follows from the report of the check"},
	{"ClearReport.Glob", "", "follows from the report of the check"},
	{"Causes.Of", "", "the jobs that the notification of a failure needs"},
	{"Fetch.Path", "", "follows from the artifact"},
	{"Fetch.Recorded", "", "follows from the kind of the flow"},
}
