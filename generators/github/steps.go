package github

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// The actions, pinned by commit: a tag can be moved.
const (
	checkout = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
	upload   = "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0"
	download = "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1"
	appToken = "actions/create-github-app-token@1b10c78c7865c340bc4f6099eb2f838309f1e8c3 # v3.1.1"
)

// approvals are those of the run so far, a line each: ENVIRONMENT/LOGIN. GitHub
// gives them without a time, in an order that it does not promise
// (docs.github.com, "Get the review history for a workflow run").
const approvals = `gh api "repos/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID/approvals" --jq '.[] | select(.state == "approved") | .user.login as $by | .environments[] | "\(.name)/\($by)"'`

// earlier keeps what was approved before this request: an approval of an
// earlier attempt of the run was given to another request.
// A first attempt has none, so gh is asked on the policy's agents in later ones alone.
func earlier(j *flow.Job) stepView {
	return stepView{
		Comments: []string{"What an earlier attempt of this run was given does not count for this request."},
		Name:     "List earlier approvals", ID: "earlier", Shell: shell(j),
		Env: []pair{{"GH_TOKEN", "${{ github.token }}"}},
		Run: `if [ "$GITHUB_RUN_ATTEMPT" -gt 1 ]; then
  ` + approvals + ` > "$RUNNER_TEMP/approvals"
  echo "approved=$(paste -s -d ' ' "$RUNNER_TEMP/approvals")" >> "$GITHUB_OUTPUT"
fi`,
	}
}

// approval is the only step of an approve job. GitHub makes an environment that
// does not exist, without reviewers; so the step asks for the approval that
// GitHub recorded, and without one nothing goes on. A waiting job has no
// timeout of its own (GitHub waits for 30 days), so it refuses what was
// approved too late.
func (w *writer) approval(j *flow.Job) stepView {
	request := j.Needs[0]
	v := stepView{
		Comments: []string{"An environment that does not exist is made without reviewers: only a recorded approval by somebody else counts."},
		Name:     "Find the approval", ID: "approval",
		Env: []pair{
			{"GH_TOKEN", "${{ github.token }}"},
			{"APPROVAL", j.ApprovalEnvironment()},
			{"ACTOR", "${{ github.actor }}"},
			{"REQUESTER", "${{ github.triggering_actor }}"},
			{"ASKED_AT", "${{ needs." + request.ID() + ".outputs.asked_at }}"},
			{"EARLIER", "${{ needs." + request.ID() + ".outputs.approved_earlier }}"},
		},
		Run: approvals + ` > approvals
sort approvals > now
printf '%s\n' "$EARLIER" | tr ' ' '\n' | sort > earlier
approver=$(comm -13 earlier now | awk -F / '$1 == ENVIRON["APPROVAL"] { print $2 }' | uniq | paste -s -d ' ' -)
case $approver in
  "")
    echo "Nobody approved this request. The environment $APPROVAL needs required reviewers (Settings, Environments)."
    exit 1 ;;
  *" "*)
    echo "Several people approved this request ($approver), and GitHub does not say who was last. To ask again, run the job '` + request.Title + `' again."
    exit 1 ;;
  "$REQUESTER" | "$ACTOR")
    echo "$approver started this run; somebody else has to approve. To ask again, run the job '` + request.Title + `' again."
    exit 1 ;;
esac
if [ $(($(date +%s) - ASKED_AT)) -gt ` + strconv.Itoa(int(j.Timeout.Seconds())) + ` ]; then
  echo "The approval request expired after ` + flow.Duration(j.Timeout) + `. To ask again, run the job '` + request.Title + `' again."
  exit 1
fi
` + authors(j) + `echo "approver=$approver" >> "$GITHUB_OUTPUT"`,
	}
	if j.Approval.Authors {
		outputs := "${{ needs." + request.ID() + ".outputs."
		v.Env = append(v.Env, pair{"SINCE", outputs + "since }}"}, pair{"UNTIL", outputs + "until }}"})
	}
	return v
}

// authors refuses an approver who wrote a commit that the environment does not
// run yet. A commit whose author GitHub does not know could be anybody's.
func authors(j *flow.Job) string {
	if !j.Approval.Authors {
		return ""
	}
	return `commits="commits?sha=$UNTIL"
if [ -n "$SINCE" ]; then commits="compare/$SINCE...$UNTIL"; fi
gh api --paginate "repos/$GITHUB_REPOSITORY/$commits" --jq '(.commits? // .)[] | select(.parents | length < 2) | .author.login // "?"' > authors
if grep -qx '?' authors; then
  echo "GitHub does not know who wrote a commit of this version: its author's e-mail belongs to no account. Nobody can tell that it was not the approver."
  exit 1
fi
if grep -qxF -e "$approver" authors; then
  echo "$approver wrote a commit of this version; somebody else has to approve."
  exit 1
fi
`
}

// outputs hands on what the operations of a job set.
func (w *writer) outputs(j *flow.Job) []pair {
	var out []pair
	for _, key := range j.Outputs {
		out = append(out, pair{key, "${{ steps." + stepOf(j) + ".outputs." + key + " }}"})
	}
	return out
}

// stepOf is the step whose outputs are the job's: the one operation that sets
// them, or what packs the artifact.
func stepOf(j *flow.Job) string {
	for _, s := range j.Steps {
		if op, ok := s.(flow.Operation); ok && len(op.Sets) > 0 {
			return op.Name
		}
	}
	if j.Kind == flow.JobBuild {
		return "pack"
	}
	return ""
}

func (w *writer) steps(j *flow.Job) []stepView {
	var out []stepView
	minted := false
	for i, s := range j.Steps {
		if op, ok := s.(flow.Operation); ok && gen.HasToken(j, op) {
			if again := outlasts(j) && freshAfter(j.Steps[:i]) && op.Name == "deployed"; !minted || again {
				out = append(out, w.token(j, minted))
				minted = true
			}
		}
		out = append(out, w.step(j, s)...)
	}
	return out
}

// tokenLife is how long a token of an App lives (docs.github.com, "Generating an
// installation access token"), less what the steps after a time-out need.
const tokenLife = 55 * time.Minute

// outlasts tells whether a job may run for longer than its first token lives.
func outlasts(j *flow.Job) bool { return j.Timeout > tokenLife }

// freshAfter tells whether a deployment lies behind.
func freshAfter(before []flow.Step) bool {
	return slices.ContainsFunc(before, func(s flow.Step) bool {
		op, ok := s.(flow.Operation)
		return ok && (op.Name == "begin" || op.Name == "mirror")
	})
}

func (w *writer) token(j *flow.Job, again bool) stepView {
	v := stepView{Name: "Get a token that may push", ID: "token", Uses: appToken, With: []pair{
		{"client-id", "${{ vars.FETTLE_APP_CLIENT_ID }}"},
		{"private-key", "${{ secrets.FETTLE_APP_PRIVATE_KEY }}"},
		{"permission-contents", "write"},
		{"permission-workflows", "write"},
	}}
	if j.Kind == flow.JobMergeBack {
		v.With = append(v.With, pair{"permission-pull-requests", "write"})
		if w.plan.MergeBack.OnConflict == "issue" {
			v.With = append(v.With, pair{"permission-issues", "write"})
		}
	}
	if again {
		v.Name, v.ID, v.If = "Get a new token that may push", "late-token", "always()"
		v.Comments = []string{"A token lives for an hour, and a deployment may take longer."}
	}
	return v
}

func (w *writer) step(j *flow.Job, s flow.Step) []stepView {
	switch s := s.(type) {
	case flow.Checkout:
		return w.checkout(j, s)
	case flow.Run:
		return []stepView{w.run(s)}
	case flow.Operation:
		return []stepView{w.operation(j, s)}
	case flow.ClearReport:
		return []stepView{call(j, "Remove old reports of "+s.Check, "clear-report", s.Check, gen.Shell(s.Glob))}
	case flow.Evidence:
		return w.evidence(j, s)
	case flow.Publish:
		return w.publish(j, s)
	case flow.Native:
		return w.native(j, s)
	case flow.Fetch:
		return w.fetch(j, s)
	case flow.Causes:
		return []stepView{{
			Name: gen.CausesTitle, Shell: shell(j),
			Run: gen.Causes(s.Of, "failure", "cancelled") + `echo "` + flow.FailureVariable + `=$failure" >> "$GITHUB_ENV"`,
		}}
	default:
		panic(fmt.Sprintf("github: unexpected step %T", s))
	}
}

func (w *writer) checkout(j *flow.Job, s flow.Checkout) []stepView {
	v := stepView{Uses: checkout, With: append(depth(s), pair{"persist-credentials", "false"})}
	if s.LFS {
		v.With = append(v.With, pair{"lfs", "true"})
	}
	if s.Branch != "" {
		v.With = append([]pair{{"ref", Expression(s.Branch)}}, v.With...)
	}
	out := []stepView{v}
	if j.NativeBefore("github") && j.Agent.OS != flow.Windows {
		out = append(out, stepView{
			Comments: []string{"A native step may change it for the commands of the job, and for nothing else."},
			Name:     "Keep the PATH of the machine", Run: gen.KeepPath,
		})
	}
	if s.Mainline {
		out = append(out, stepView{
			Comments: []string{"What is checked out may carry an older script: the mainline's is the one that runs."},
			Name:     "Take the script of the mainline", Shell: shell(j),
			Run: gen.TakeScript(w.plan, `"refs/remotes/origin/$MAINLINE"`, gitUser, j.Script),
			Env: []pair{{"MAINLINE", w.plan.Mainline}, {gen.ReadToken, readToken}},
		})
	}
	if s.History == flow.WholeHistory {
		out = append(out, stepView{Name: gen.WholeHistoryTitle, Shell: shell(j), Run: gen.WholeHistory(gitUser), Env: []pair{{gen.ReadToken, readToken}}})
	}
	return out
}

// The job's own token reads, under this name. It ends with the job.
const (
	gitUser   = "x-access-token"
	readToken = "${{ github.token }}"
)

// depth is how actions/checkout calls it: it takes the commit alone by default,
// and brings the files of that where others are left out.
func depth(s flow.Checkout) []pair {
	switch {
	case s.History == flow.NoHistory:
		return nil
	case gen.Filtered(s):
		return []pair{{"fetch-depth", "0"}, {"filter", gen.Filter}}
	default:
		return []pair{{"fetch-depth", "0"}}
	}
}

// shell is bash for git operations on Windows, where it comes with git.
func shell(j *flow.Job) string {
	if j.Agent.OS == flow.Windows {
		return "bash"
	}
	return ""
}

// call is an operation of the release script. After a native step it runs
// without what that one set.
func call(j *flow.Job, title string, words ...string) stepView {
	v := stepView{Name: title, Shell: shell(j), Run: strings.Join(append([]string{"sh", j.Script}, words...), " ")}
	if j.NativeBefore("github") && j.Agent.OS != flow.Windows {
		v.Shell, v.Run = "/bin/sh -e {0}", gen.PathBack+"\n"+v.Run
		v.Env = []pair{{"LD_PRELOAD", ""}} // the script itself clears the rest
	}
	return v
}

func (w *writer) run(s flow.Run) stepView {
	v := stepView{Name: s.Title, Run: alone(s.Shell) + Expression(s.Script), Timeout: int(s.Timeout.Minutes()), Tolerated: s.Phase == flow.Tolerated}
	if s.Shell != "sh" {
		v.Shell = s.Shell
	}
	for _, e := range s.Env {
		v.Env = append(v.Env, pair{e.Name, envText(e)})
	}
	for _, sec := range s.Secrets {
		v.Env = append(v.Env, pair{sec.Name, "${{ secrets." + sec.Secret.GitHub + " }}"})
	}
	if len(v.Run) > maxExpression {
		w.diags = append(w.diags, tooLong(s))
	}
	return v
}

// alone begins a command of the policy: what it writes for later steps, they
// do not get. One of them may hold the credential that pushes.
func alone(shell string) string {
	switch shell {
	case "cmd":
		return `set "GITHUB_ENV=%RUNNER_TEMP%\fettle-ignored" & set "GITHUB_PATH=%RUNNER_TEMP%\fettle-ignored"` + "\n"
	case "powershell", "pwsh":
		return `$env:GITHUB_ENV = $env:GITHUB_PATH = "$env:RUNNER_TEMP/fettle-ignored"` + "\n"
	default:
		return "export GITHUB_ENV=/dev/null GITHUB_PATH=/dev/null\n"
	}
}

func envText(e flow.EnvVar) string {
	var b strings.Builder
	for _, p := range e.Parts {
		b.WriteString(Expression(p.Lit))
		if p.Env != "" {
			b.WriteString("${{ env." + p.Env + " }}")
		}
	}
	return b.String()
}

func (w *writer) operation(j *flow.Job, s flow.Operation) stepView {
	words := []string{s.Name}
	for _, a := range s.Args {
		words = append(words, gen.Word(a, gen.Shell))
	}
	for _, e := range s.FromEnv {
		words = append(words, `"$`+e+`"`)
	}
	v := call(j, s.Title, words...)
	if len(s.Sets) > 0 {
		v.ID = s.Name
	}
	if s.RunsCommand() {
		v.Run = alone("sh") + v.Run
	}
	if s.Phase == flow.OnFailure {
		v.If = "failure() || cancelled()"
	}
	if gen.HasToken(j, s) {
		v.Env = append(v.Env, pair{"FETTLE_TOKEN", tokenFor(j, s)})
		if w.plan.Committer.Signed {
			v.Env = append(v.Env, pair{flow.SigningKey, "${{ secrets." + flow.SigningKey + " }}"})
		}
	}
	return v
}

// tokenFor is the newest token at this point of the job.
func tokenFor(j *flow.Job, op flow.Operation) string {
	late := op.Name == "deployed" || op.Name == "passed" || op.Name == "failed"
	if late && outlasts(j) && (j.Kind == flow.JobDeploy || j.Kind == flow.JobMirror) {
		return "${{ steps.late-token.outputs.token || steps.token.outputs.token }}"
	}
	return "${{ steps.token.outputs.token }}"
}

func (w *writer) evidence(j *flow.Job, s flow.Evidence) []stepView {
	keep := stepView{Name: "Keep the report of " + s.Check, If: "always()", Uses: upload, With: []pair{
		{"name", j.ReportArtifact(s.Check)}, {"path", Expression(s.Glob)}, {"if-no-files-found", "ignore"}, {"overwrite", "true"},
	}}
	if j.Script == "" {
		return []stepView{keep}
	}
	return []stepView{keep, call(j, "Verify the report of "+s.Check, "evidence", s.Check, gen.Shell(s.Glob))}
}

func (w *writer) publish(j *flow.Job, s flow.Publish) []stepView {
	pack := call(j, "Pack the artifact", "pack", gen.Shell(s.Path))
	pack.ID = "pack"
	return []stepView{
		pack,
		{
			Name: "Keep the artifact", Uses: upload,
			With: []pair{{"name", "release"}, {"path", flow.Tar}, {"if-no-files-found", "error"}, {"include-hidden-files", "true"}, {"overwrite", "true"}},
		},
	}
}

// fetch puts the artifact where the build had it.
func (w *writer) fetch(j *flow.Job, s flow.Fetch) []stepView {
	v := stepView{Name: "Fetch the artifact", Uses: download, With: []pair{{"name", "release"}, {"path", flow.Packed}}}
	if s.Recorded {
		v.Name = "Fetch the artifact of the recorded run"
		v.With = append(v.With, pair{"run-id", recordedRun(j)}, pair{"github-token", "${{ github.token }}"})
	}
	return []stepView{v, call(j, "Unpack the artifact and compare it", "unpack", gen.Shell(s.Path))}
}

func recordedRun(j *flow.Job) string {
	if j.Kind == flow.JobMirror {
		return "${{ steps.mirror.outputs.artifact_run }}"
	}
	return "${{ env.RELEASE_ARTIFACT_RUN }}"
}
