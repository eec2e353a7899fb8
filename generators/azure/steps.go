package azure

import (
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

type stepView struct {
	Pad                           string // before each of its lines
	Block, Deep                   int    // blanks before the lines of a text in it, and of one among its inputs
	Native                        string // instead of everything else
	Comments                      []string
	Key, Text, Value, Name, Title string
	Condition                     string
	Tolerated                     bool
	Alone                         bool // a command of the policy: what it prints steers nothing
	Timeout                       int
	Flags                         []string
	Inputs, Env                   []pair
}

// indent moves a step away from the edge.
func (v *stepView) indent(blanks int) {
	v.Pad, v.Block, v.Deep = strings.Repeat(" ", blanks), blanks+4, blanks+6
}

// gitSh is the shell that comes with Git for Windows: the bash on the path may
// be another one.
const gitSh = `"%ProgramFiles%\Git\bin\sh.exe"`

func (w *writer) steps(j *flow.Job) []stepView {
	var out []stepView
	for _, s := range j.Steps {
		switch s := s.(type) {
		case flow.Checkout:
			out = append(out, w.checkout(j, s)...)
		case flow.Run:
			out = append(out, w.run(s))
		case flow.Operation:
			out = append(out, w.operation(j, s)...)
		case flow.ClearReport:
			out = append(out, clearReport(j, s))
		case flow.Evidence:
			out = append(out, w.evidence(j, s)...)
		case flow.Publish:
			out = append(out, w.publish(j, s)...)
		case flow.Native:
			out = append(out, w.native(j, s)...)
		case flow.Fetch:
			out = append(out, w.fetch(j, s)...)
		case flow.Causes:
			out = append(out, causes(j, s))
		default:
			panic(fmt.Sprintf("azure: unexpected step %T", s))
		}
	}
	return out
}

// checkout takes away what earlier runs left on the agent, ignored files too.
func (w *writer) checkout(j *flow.Job, s flow.Checkout) []stepView {
	v := stepView{Key: "checkout", Value: "self", Flags: append([]string{"clean: true"}, depth(s)...)}
	if s.LFS {
		v.Flags = append(v.Flags, "lfs: true")
	}
	out := []stepView{v}
	if j.NativeBefore("azure") && j.Agent.OS != flow.Windows {
		out = append(out, stepView{
			Comments: []string{"A native step may change it for the commands of the job, and for nothing else."},
			Key:      "bash", Text: gen.KeepPath, Title: "Keep the PATH of the machine",
		})
	}
	if s.Mainline {
		save := reading(j, "Take the script of the mainline", gen.TakeScript(w.plan, "refs/remotes/origin/"+w.plan.Mainline, gitUser, j.Script))
		save.Comments = []string{"What is checked out may carry an older script."}
		out = append(out, save)
	}
	// An agent's folder is the pipeline's own, and in one of merge requests no job leaves files out: it gets no credential.
	if s.History == flow.WholeHistory && w.flow.Kind != flow.MergeRequest {
		out = append(out, reading(j, gen.WholeHistoryTitle, gen.WholeHistory(gitUser)))
	}
	return out
}

// depth is how the step checkout calls it; agents bring the files of the commit
// where others are left out.
func depth(s flow.Checkout) []string {
	switch {
	case s.History == flow.NoHistory:
		return []string{"fetchDepth: 1"}
	case gen.Filtered(s):
		return []string{"fetchDepth: 0", "fetchTags: true", "fetchFilter: " + gen.Filter}
	default:
		return []string{"fetchDepth: 0", "fetchTags: true"}
	}
}

// gitUser is the name for the job's token, of which Azure reads only the token.
const gitUser = "fettle"

// reading is a step of lines for a POSIX shell, with the credential that reads
// the repository. cmd would take the quotes of the lines for its own, so that
// it gets them as a variable.
func reading(j *flow.Job, title, lines string) stepView {
	v := stepView{Key: "bash", Text: lines, Title: title, Env: []pair{{gen.ReadToken, "$(System.AccessToken)"}}}
	if j.Agent.OS == flow.Windows {
		v.Key, v.Text = "script", gitSh+` -c "eval \"$LINES_OF_SH\""`
		v.Env = append(v.Env, pair{"LINES_OF_SH", lines})
	}
	return v
}

// call is a call of the release script. After a native step it runs without what
// that one set.
func call(j *flow.Job, line string) stepView {
	v := script(j, line)
	if j.NativeBefore("azure") && j.Agent.OS != flow.Windows {
		v.Text = "set -e\n" + gen.PathBack + "\n" + v.Text
		v.Env = []pair{{"LD_PRELOAD", ""}, {"BASH_ENV", ""}} // the script itself clears the rest
	}
	return v
}

// script is a call for the shell of the operations.
func script(j *flow.Job, line string) stepView {
	if j.Agent.OS != flow.Windows {
		return stepView{Key: "bash", Text: line}
	}
	return stepView{Key: "script", Text: gitSh + " " + strings.TrimPrefix(line, "sh ")}
}

func (w *writer) operation(j *flow.Job, op flow.Operation) []stepView {
	words := []string{"sh", j.Script, op.Name}
	for _, a := range op.Args {
		words = append(words, gen.Word(a, func(s string) string { return word(j, s) }))
	}
	for _, e := range op.FromEnv {
		words = append(words, `"$`+e+`"`)
	}
	v := call(j, strings.Join(words, " "))
	v.Title, v.Alone = op.Title, op.RunsCommand()
	if op.Phase == flow.OnFailure {
		v.Condition = "or(failed(), canceled())"
	}
	if gen.HasToken(j, op) {
		v.Env = append(v.Env, pair{"FETTLE_TOKEN", "$(System.AccessToken)"})
		if w.plan.Committer.Signed {
			v.Env = append(v.Env, pair{flow.SigningKey, "$(" + flow.SigningKey + ")"})
		}
	}
	for _, d := range j.Inputs {
		if d.Input != nil {
			v.Env = append(v.Env, pair{d.Env, parameter(d.Input)})
		}
	}
	if len(op.Sets) > 0 {
		v.Name = op.Name // by which later jobs find what the script hands on
	}
	return []stepView{v}
}

// parameter hands on what a person typed. Azure would replace $(…) in it, the
// token's too, so the sign that begins it is broken up.
func parameter(i *flow.Input) string {
	return "${{ replace(trim(parameters." + i.Name + "), '$(', '$ (') }}"
}

func (w *writer) run(s flow.Run) stepView {
	text, bad := Script(s.Shell, s.Script)
	if bad != "" {
		w.diags = append(w.diags, macro(bad, s))
	}
	v := stepView{Title: s.Title, Timeout: int(s.Timeout.Minutes()), Tolerated: s.Phase == flow.Tolerated, Text: text, Alone: true}
	switch s.Shell {
	case "sh":
		v.Key, v.Text = "bash", "set -e\n"+text+"\n"
	case "bash":
		v.Key, v.Text = "bash", "set -euo pipefail\n"+text+"\n"
	case "cmd":
		v.Key = "script"
	default:
		v.Key = s.Shell
	}
	if s.Connection != "" {
		v = loggedIn(v, s)
	}
	for _, e := range s.Env {
		v.Env = append(v.Env, pair{e.Name, w.envText(e, s)})
	}
	for _, sec := range s.Secrets {
		v.Env = append(v.Env, pair{sec.Name, "$(" + sec.Secret.AzureName + ")"})
	}
	return v
}

// scriptTypes are the shells as the task AzureCLI calls them.
var scriptTypes = map[string]string{"sh": "bash", "bash": "bash", "pwsh": "pscore", "powershell": "ps", "cmd": "batch"}

// loggedIn runs a command where az, and what reads its login, is logged in.
func loggedIn(v stepView, s flow.Run) stepView {
	v.Inputs = []pair{
		{"azureSubscription", s.Connection}, {"scriptType", scriptTypes[s.Shell]}, {"scriptLocation", "inlineScript"}, {"inlineScript", v.Text},
	}
	v.Key, v.Value, v.Text = "task", "AzureCLI@2", ""
	return v
}

func (w *writer) envText(e flow.EnvVar, s flow.Run) string {
	var b strings.Builder
	for _, p := range e.Parts {
		if p.Env != "" {
			b.WriteString("$(" + p.Env + ")")
			continue
		}
		text, bad := Value(p.Lit)
		if bad != "" {
			w.diags = append(w.diags, macroInValue(bad, e, s))
		}
		b.WriteString(text)
	}
	return b.String()
}

func clearReport(j *flow.Job, s flow.ClearReport) stepView {
	v := call(j, "sh "+j.Script+" clear-report "+s.Check+" "+word(j, s.Glob))
	v.Title = "Remove old reports of " + s.Check
	return v
}

func (w *writer) evidence(j *flow.Job, s flow.Evidence) []stepView {
	show := stepView{Key: "task", Value: "PublishTestResults@2", Title: "Show the report of " + s.Check, Condition: "always()",
		Inputs: []pair{{"testResultsFormat", "JUnit"}, {"testResultsFiles", s.Glob}, {"testRunTitle", s.Check}}}
	var out []stepView
	if !s.SARIF() { // Azure shows test results; what SARIF says stands in the log
		out = append(out, show)
	}
	if j.Script == "" {
		return out
	}
	verify := call(j, "sh "+j.Script+" evidence "+s.Check+" "+word(j, s.Glob))
	verify.Title = "Verify the report of " + s.Check
	return append(out, verify)
}

// causes finds what did not succeed, by the results of the stages.
func causes(j *flow.Job, s flow.Causes) stepView {
	set := `"##vso[task.setvariable variable=` + flow.FailureVariable + `]$failure"`
	if j.Agent.OS != flow.Windows {
		return stepView{Key: "bash", Title: gen.CausesTitle, Text: gen.Causes(s.Of, "Failed", "Canceled") + "echo " + set + "\n"}
	}
	text := "$causes = @()\n"
	for _, of := range s.Of {
		text += "switch ($env:" + of.ResultVariable() + ") { 'Failed' { $causes += '" + of.Cause(flow.Broken) + "' } 'Canceled' { $causes += '" + of.Cause(flow.Stopped) + "' } }\n"
	}
	return stepView{Key: "powershell", Title: gen.CausesTitle,
		Text: text + "$failure = if ($causes) { $causes -join '; ' } else { '" + flow.SomeCause + "' }\nWrite-Host " + set + "\n"}
}

// word is one argument for the shell of the operations.
func word(j *flow.Job, s string) string {
	if j.Agent.OS == flow.Windows {
		return `"` + s + `"`
	}
	return gen.Shell(s)
}

// artifact names what an attempt of a build publishes: a name can be published
// once in a run (microsoft/azure-pipelines-tasks #12718, #15442), and a build
// that is run again publishes again. The script knows the one that was built
// by its checksum.
const artifact = "release-$(System.JobAttempt)"

// artifacts finds them, and what was published before attempts had names.
// Without a name the task gives each artifact a folder, which its patterns
// begin with (learn.microsoft.com, DownloadPipelineArtifact@2).
const artifacts = "release/**\n" + "release-*/" + "release.tar" + "\n"

func (w *writer) publish(j *flow.Job, s flow.Publish) []stepView {
	pack := call(j, "sh "+j.Script+" pack "+word(j, s.Path))
	pack.Title = "Pack the artifact"
	pack.Name = "pack"
	return []stepView{pack, {Key: "publish", Value: flow.Packed, Title: "Keep the artifact", Flags: []string{"artifact: " + artifact}}}
}

func (w *writer) fetch(j *flow.Job, s flow.Fetch) []stepView {
	v := stepView{Key: "task", Value: "DownloadPipelineArtifact@2", Title: "Fetch the artifact", Inputs: []pair{{"buildType", "current"}}}
	if s.Recorded {
		v.Title = "Fetch the artifact of the recorded run"
		v.Inputs = []pair{
			{"buildType", "specific"}, {"project", "$(System.TeamProjectId)"}, {"definition", "$(RELEASE_ARTIFACT_JOB)"},
			{"buildVersionToDownload", "specific"}, {"pipelineId", "$(RELEASE_ARTIFACT_RUN)"},
		}
	}
	v.Inputs = append(v.Inputs, pair{"patterns", artifacts}, pair{"targetPath", "$(Build.SourcesDirectory)/" + flow.Packed})
	unpack := call(j, "sh "+j.Script+" unpack "+word(j, s.Path))
	unpack.Title = "Unpack the artifact and compare it"
	return []stepView{v, unpack}
}
