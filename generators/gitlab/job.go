package gitlab

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema/diag"
)

type writer struct {
	plan  *flow.Plan
	flow  *flow.Flow
	diags diag.Diagnostics
}

type flowView struct {
	Header, Flow string
	FetchFlags   string
	Included     bool // by a root file that is not ours: nothing here holds for jobs of others
	Stages       []string
	Jobs         []jobView
}

type jobView struct {
	ID, Stage, Image, If, When, Manual, Timeout, Lock string
	Comments, Tags, Needs, Environment, Changes       []string
	HasNeeds, Informs                                 bool
	FetchFlags                                        string // "": those of the flow
	Variables, IDTokens                               []pair
	Script, AfterScript, Keys                         []string
	Items                                             []scriptItem // Script, with what is native in its place
	natives                                           map[int]string
	HasArtifacts, Dotenv                              bool
	Always                                            bool // artifacts are kept whatever became of the job
	Paths, Reports                                    []string
}

type pair struct{ Name, Value string }

type scriptItem struct{ Text, Native string }

func (w *writer) view() flowView {
	v := flowView{Header: gen.Header("#", w.plan, append(startedBy(w.flow), w.flow.Outside("gitlab")...)...), Flow: string(w.flow.Kind), FetchFlags: fetchFlags + " --filter=" + gen.Filter, Included: w.plan.GitLabRoot != ownRoot}
	if v.Included {
		v.Header = strings.TrimSuffix(v.Header, "\n") // nothing stands before the jobs
	}
	for _, j := range w.flow.Jobs {
		jv := w.job(j)
		jv.Items, jv.Keys = jv.items(), w.keys(j)
		if !slices.Contains(v.Stages, jv.Stage) && jv.Stage != ".post" {
			v.Stages = append(v.Stages, jv.Stage)
		}
		v.Jobs = append(v.Jobs, jv)
	}
	return v
}

// startedBy says which setting starts a schedule: its time stands in no file.
func startedBy(f *flow.Flow) []string {
	for _, t := range f.Triggers {
		if timer, ok := t.(flow.Timer); ok {
			return []string{"A pipeline schedule of the project starts it: " + timer.Cron + ", in UTC, on " + timer.Branch + ", with the input flow = " + f.Name + "."}
		}
	}
	return nil
}

// id is the job's name in the pipeline, which the jobs of other components
// may share.
func (w *writer) id(j *flow.Job) string { return w.plan.Prefix() + j.ID() }

// oneStage tells whether the list of stages is not the policy's alone.
func oneStage(p *flow.Plan) bool { return p.Shares || p.GitLabRoot != ownRoot }

// inContainer tells git that the folder is ours although the runner's helper
// made it and another user may work in the image.
var inContainer = []pair{{"GIT_CONFIG_COUNT", "1"}, {"GIT_CONFIG_KEY_0", "safe.directory"}, {"GIT_CONFIG_VALUE_0", "*"}}

// skipsLFS tells the runner whether it fetches what is kept in Git LFS, where the
// policy says so. By default it does, for every job.
func skipsLFS(p *flow.Plan, j *flow.Job) string {
	if p.LFS != flow.LFSFetched || !slices.ContainsFunc(j.Steps, func(s flow.Step) bool { _, ok := s.(flow.Checkout); return ok }) {
		return ""
	}
	if slices.ContainsFunc(j.Steps, func(s flow.Step) bool { c, ok := s.(flow.Checkout); return ok && c.LFS }) {
		return "0"
	}
	return "1"
}

// fetchFlags are those of the runner by default (docs.gitlab.com, "Git fetch extra
// flags"), which more of them replace.
const fetchFlags = "--prune --quiet"

// takesWhole tells whether a job wants the files of every commit. Other jobs have
// every commit: where a runner keeps its folder, one that takes fewer makes the
// next one fetch the rest again.
func takesWhole(j *flow.Job) bool {
	return slices.ContainsFunc(j.Steps, func(s flow.Step) bool { c, ok := s.(flow.Checkout); return ok && c.History == flow.WholeHistory })
}

// stage groups what stands side by side; the order comes from needs.
func (w *writer) stage(j *flow.Job) string {
	if oneStage(w.plan) && j.Kind != flow.JobNotify {
		return w.plan.Stage()
	}
	switch j.Kind {
	case flow.JobCheck:
		return "check"
	case flow.JobApprove:
		return "approve-" + j.Environment.ID
	case flow.JobNotify:
		return ".post"
	default:
		return j.ID()
	}
}

func (w *writer) job(j *flow.Job) jobView {
	v := jobView{ID: w.id(j), Stage: w.stage(j), Timeout: fmt.Sprintf("%dm", int(j.Timeout.Minutes())), Lock: j.Lock, If: w.rule(j), Changes: w.changes(j), Informs: j.Informs}
	if j.Agent != nil {
		v.Image = j.Agent.GitLab.Image
		v.Tags = quotedTags(j.Agent)
	}
	if j.Kind == flow.JobNotify {
		// Without needs: GitLab skips a job one of whose needs was skipped, and after a failure there always are some.
		v.When = "on_failure"
	} else {
		v.Needs, v.HasNeeds = w.needs(j), true
	}
	if v.Image != "" {
		v.Variables = append(v.Variables, inContainer...)
	}
	if takesWhole(j) {
		v.FetchFlags = fetchFlags
	}
	if skip := skipsLFS(w.plan, j); skip != "" {
		v.Variables = append(v.Variables, pair{"GIT_LFS_SKIP_SMUDGE", skip})
	}
	if j.Kind == flow.JobMirror {
		v.Variables = append(v.Variables, pair{"RELEASE_OUTPUT", outputFile}) // for the later commands of this job
	}
	v.Environment = environment(j)
	for _, d := range j.Inputs {
		if d.From == nil && d.Input == nil && d.Run == "" {
			v.Variables = append(v.Variables, pair{d.Env, gitlabVariable(d.Literal)})
		}
	}
	if j.Kind == flow.JobApprove {
		w.approval(j, &v)
		return v
	}
	for _, t := range j.Options.IDTokens {
		v.IDTokens = append(v.IDTokens, pair{t.Name, gitlabVariable(t.Text)})
	}
	v.Dotenv = len(j.Outputs) > 0
	w.script(j, &v)
	v.HasArtifacts = v.Dotenv || len(v.Paths) > 0 || len(v.Reports) > 0
	return v
}

func quotedTags(a *flow.Agent) []string {
	var out []string
	for _, t := range a.GitLab.Tags {
		out = append(out, gen.YAML(t))
	}
	return out
}

// gitlabVariable writes a text as the value of a variable that GitLab expands.
func gitlabVariable(s string) string { return strings.ReplaceAll(s, "$", "$$") }

// rule is the condition of a job: its own, or that of what it follows, since
// GitLab refuses a job that needs one that is not there.
func (w *writer) rule(j *flow.Job) string {
	if w.flow.Kind == flow.MergeRequest {
		var out []string
		for _, b := range w.flow.Triggers[0].(flow.Request).Branches {
			out = append(out, branchIs("$CI_MERGE_REQUEST_TARGET_BRANCH_NAME", b))
		}
		return gen.YAML(strings.Join(out, " || "))
	}
	if c := choiceOf(j); c != nil {
		return gen.YAML(fmt.Sprintf("$%s == %q", variable(c.Input), c.Value))
	}
	return ""
}

// changes are the paths that a check of a merge request is for. GitLab compares
// with the target itself; the job "changes" is there so that a pipeline is, which
// a project may require.
func (w *writer) changes(j *flow.Job) []string {
	if _, ok := j.When.(flow.Proceed); !ok || w.flow.Kind != flow.MergeRequest {
		return nil
	}
	return globs(w.flow.Triggers[0].(flow.Request).Paths)
}

func choiceOf(j *flow.Job) *flow.Chosen {
	if c, ok := j.When.(flow.Chosen); ok {
		return &c
	}
	if _, failed := j.When.(flow.Failed); failed {
		return nil
	}
	for _, n := range j.Needs {
		if c := choiceOf(n); c != nil {
			return c
		}
	}
	return nil
}

// needs are the plan's edges and the jobs that values come from.
func (w *writer) needs(j *flow.Job) []string {
	out := []string{}
	for _, n := range j.Sources() {
		out = append(out, w.id(n))
	}
	return out
}

func environment(j *flow.Job) []string {
	switch j.Kind {
	case flow.JobApprove:
		// GitLab means to ask for no role of a protected environment at `verify` and `access` (its issues 437142 and 437132).
		return []string{"name: " + j.ApprovalEnvironment(), "action: prepare"}
	case flow.JobDeploy, flow.JobMirror:
		out := []string{"name: " + j.Environment.Name}
		if j.Environment.URL != "" {
			out = append(out, "url: "+gen.YAML(gitlabVariable(j.Environment.URL)))
		}
		return append(out, "deployment_tier: "+string(j.Environment.Tier))
	default:
		return nil
	}
}

// approval is a manual job. It cannot time out while it waits, so it refuses
// when it is started too late; and it refuses the person who started the
// pipeline, and everybody where nothing says who may approve. It runs where its
// request ran.
func (w *writer) approval(j *flow.Job, v *jobView) {
	if on := j.Needs[0].Agent; on.OS == flow.Linux {
		v.Image = on.GitLab.Image
		v.Tags = quotedTags(on)
	}
	v.Comments = []string{"Who may start it is a setting: protect the environment for " + groups(j.Approval) + "."}
	v.Timeout = "5m"
	v.Manual = "Approve " + j.Environment.Name + "?"
	v.Variables = []pair{{"GIT_STRATEGY", "none"}}
	v.Script = []string{
		fmt.Sprintf(`if [ -z "$RELEASE_REQUESTER" ]; then
  echo "Nothing says who asked for this approval. Run the job %s again."
  exit 1
fi
if [ "$GITLAB_USER_LOGIN" = "$RELEASE_REQUESTER" ]; then
  echo "$GITLAB_USER_LOGIN started this pipeline; somebody else has to approve."
  exit 1
fi
if [ $(($(date +%%s) - RELEASE_ASKED_AT)) -gt %d ]; then
  echo "The approval request expired after %s. To ask again, run the job %s again."
  exit 1
fi`, w.id(j.Needs[0]), int(j.Approval.Timeout.Seconds()), flow.Duration(j.Approval.Timeout), w.id(j.Needs[0])),
		protectionTest(j),
		`echo "` + j.ApproverVariable() + `=$GITLAB_USER_LOGIN" > release.env`,
	}
	if j.Mark != "" {
		v.Script = append(v.Script, mark(j, false))
	}
	if j.Approval.Authors {
		v.Script[0] += "\n" + notAuthor
	}
	v.Dotenv, v.HasArtifacts = true, true
}

// protectionTest asks GitLab whether the environment names who may start the job:
// without that, everybody who may push to the branch may
// (docs.gitlab.com/api/protected_environments, 18.x, for Maintainers; Premium).
func protectionTest(j *flow.Job) string {
	return fmt.Sprintf(`environment=%s
[ -n "$FETTLE_TOKEN" ] || { echo "There is no FETTLE_TOKEN, so nobody can tell who may approve. Protect this branch: the variable is for protected branches."; exit 1; }
code=$(printf 'header = "PRIVATE-TOKEN: %%s"\n' "$FETTLE_TOKEN" | curl --config - --silent --show-error --max-time 60 --output protected.json --write-out '%%{http_code}' "$CI_API_V4_URL/projects/$CI_PROJECT_ID/protected_environments/$environment") || code=none
case $code in
200)
  if ! tr -d ' \n' < protected.json | grep -q '"deploy_access_levels":\[{'; then
    echo "The protected environment $environment allows nobody to deploy, so nobody can approve. Allow %s."
    exit 1
  fi ;;
401 | 403) echo "FETTLE_TOKEN may not read whether the environment $environment is protected: nobody looked. It needs the scope api and the role Maintainer." ;;
404)
  echo "The environment $environment is not protected, so everybody who may push to this branch could approve. Protect it for %s (Settings, CI/CD, Protected environments; GitLab Premium)."
  exit 1 ;;
*)
  echo "GitLab did not say who may deploy to the environment $environment (answer: $code). Start this job again."
  exit 1 ;;
esac`, gen.Shell(j.ApprovalEnvironment()), groups(j.Approval), groups(j.Approval))
}

// notAuthor compares the e-mail of who starts the job, and the private address
// that GitLab gives out for them, with those of the commits.
const notAuthor = `mail=$(printf '%s' "$GITLAB_USER_EMAIL" | tr '[:upper:]' '[:lower:]')
login=$(printf '%s' "$GITLAB_USER_LOGIN" | tr '[:upper:]' '[:lower:]')
case ",$RELEASE_AUTHORS," in
*",$mail,"* | *"-$login@users.noreply."*)
  echo "$GITLAB_USER_LOGIN wrote a commit of this version; somebody else has to approve."
  exit 1 ;;
esac`

func groups(a *flow.Approval) string {
	var out []string
	for _, g := range a.Groups {
		out = append(out, g.GitLab)
	}
	return strings.Join(out, ", ")
}
