package jenkins

import (
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// credential is the id under which the installation keeps the token that may
// push, and beside it, where commits are signed, the key.
func (w *writer) credential() string {
	key := ""
	if w.plan.Committer.Signed {
		key = ", string(credentialsId: 'fettle-signing-key', variable: '" + flow.SigningKey + "')"
	}
	return "withCredentials([string(credentialsId: 'fettle', variable: 'FETTLE_TOKEN')" + key + "])"
}

// tolerated shows a failure and goes on.
const tolerated = "catchError(buildResult: 'SUCCESS', stageResult: 'UNSTABLE')"

// steps are the steps of a stage, and what follows them whatever became of them.
func (w *writer) steps(j *flow.Job) (steps, post []code) {
	var reports, failed []code
	w.refuseKeys(j)
	for _, s := range j.Steps {
		switch s := s.(type) {
		case flow.Checkout:
			steps = append(steps, w.checkout(j, s))
		case flow.Run:
			steps = append(steps, w.run(s))
		case flow.Operation:
			op := w.operation(j, s)
			if s.Phase == flow.OnFailure {
				failed = append(failed, op...)
			} else {
				steps = append(steps, op...)
			}
		case flow.ClearReport:
			steps = append(steps, call(j, "Remove old reports of "+s.Check, "clear-report "+s.Check+" "+word(j, s.Glob)))
		case flow.Evidence:
			reports = append(reports, show(j, s))
			if j.Script != "" {
				steps = append(steps, call(j, "Verify the report of "+s.Check, "evidence "+s.Check+" "+word(j, s.Glob)))
			}
		case flow.Publish:
			steps = append(steps, w.publish(j, s)...)
		case flow.Native:
			steps = append(steps, w.native(s)...)
		case flow.Fetch:
			steps = append(steps, fetch(j, s)...)
		case flow.Causes:
			steps = append(steps, w.call(findCauses))
		default:
			panic(fmt.Sprintf("jenkins: unexpected step %T", s))
		}
	}
	steps = append(steps, w.mark(j)...)
	if len(reports) > 0 {
		post = append(post, block("always", reports...))
	}
	if len(failed) > 0 {
		post = append(post, block("unsuccessful", failed...))
	}
	return steps, post
}

// show is how people see a report: as test results, or as a file.
func show(j *flow.Job, s flow.Evidence) code {
	if s.SARIF() {
		return line("archiveArtifacts artifacts: " + Groovy(s.Glob) + ", allowEmptyArchive: true")
	}
	return line("junit testResults: " + Groovy(s.Glob) + ", allowEmptyResults: true" + quiet(j))
}

// quiet keeps a report of what only informs from changing the result of the
// build, which says whether something was delivered.
func quiet(j *flow.Job) string {
	if j.Informs {
		return ", skipMarkingBuildUnstable: true"
	}
	return ""
}

// checkout begins in a workspace that is used again, and takes the script along
// where what is checked out may carry an older one.
func (w *writer) checkout(j *flow.Job, s flow.Checkout) code {
	kind := ""
	if s.LFS {
		kind = withLFS
	}
	if !s.Mainline {
		return w.call(on(j.Agent.OS, startClean+kind))
	}
	w.taken = j.Script
	return w.call(on(j.Agent.OS, startWithScript+kind))
}

// gitSh is the shell that comes with Git for Windows.
const gitSh = `"%ProgramFiles%\Git\bin\sh.exe"`

// shellStep is the step that runs a command of ours.
func shellStep(os flow.OS) string {
	if os == flow.Windows {
		return "bat"
	}
	return "sh"
}

// shell runs commands of ours, which are for a POSIX shell.
func shell(os flow.OS, label, text string) code {
	if os == flow.Windows {
		text = gitSh + ` -c "` + text + `"`
	}
	return line(shellStep(os) + " label: " + Groovy(label) + ", script: " + Groovy(text))
}

// scriptCall is an operation of the release script, for a shell.
func scriptCall(j *flow.Job, words string) string {
	if j.Agent.OS == flow.Windows {
		return gitSh + " " + j.Script + " " + words
	}
	return "sh " + j.Script + " " + words
}

// call is an operation of the release script.
func call(j *flow.Job, label, words string) code {
	return line(shellStep(j.Agent.OS) + " label: " + Groovy(label) + ", script: " + Groovy(scriptCall(j, words)))
}

func (w *writer) operation(j *flow.Job, op flow.Operation) []code {
	words := op.Name
	for _, a := range op.Args {
		words += " " + gen.Word(a, func(s string) string { return word(j, s) })
	}
	for _, e := range op.FromEnv {
		words += ` "$` + e + `"`
	}
	var out []code
	if w.plan.BreakGlass != nil && (j.Kind == flow.JobOpen || j.Kind == flow.JobOperate) {
		out = append(out, block("script", line(whoStarted)))
	}
	if gen.HasToken(j, op) {
		out = append(out, w.call(on(j.Agent.OS, withToken), op.Title, scriptCall(j, words)))
	} else {
		out = append(out, call(j, op.Title, words))
	}
	if len(op.Sets) > 0 {
		out = append(out, w.call(handOn))
	}
	return out
}

// whoStarted tells the script who uses break glass, and who reviews it: nothing
// else of Jenkins does.
const whoStarted = "env.RELEASE_ACTOR = currentBuild.getBuildCauses('hudson.model.Cause$UserIdCause').collect { it.userId }.join(' ')"

// word is one argument for the shell of the operations.
func word(j *flow.Job, s string) string {
	if j.Agent.OS == flow.Windows {
		return `"` + strings.ReplaceAll(s, "%", "%%") + `"`
	}
	return gen.Shell(s)
}

func (w *writer) publish(j *flow.Job, s flow.Publish) []code {
	files := Groovy(flow.Tar)
	pack := call(j, "Pack the artifact", "pack "+word(j, s.Path))
	stash := line("stash name: 'release', includes: " + files)
	if s.Stored {
		return []code{pack, w.call(handOn), stash}
	}
	return []code{
		pack,
		w.call(handOn),
		block("script", line("currentBuild.keepLog = true // a redeploy fetches the artifact from here")),
		line("archiveArtifacts artifacts: " + files + ", fingerprint: true"),
		stash,
	}
}

func pattern(path string) string {
	if strings.HasSuffix(path, "/") {
		return path + "**"
	}
	return path
}

func fetch(j *flow.Job, s flow.Fetch) []code {
	get := line("unstash 'release'")
	if s.Recorded {
		// Older builds kept the files themselves.
		get = line("copyArtifacts projectName: env.RELEASE_ARTIFACT_JOB, selector: specific(env.RELEASE_ARTIFACT_RUN), filter: " + Groovy(flow.Tar+","+pattern(s.Path)))
	}
	return []code{get, call(j, "Unpack the artifact and compare it", "unpack "+word(j, s.Path))}
}

// run is a command of the policy.
func (w *writer) run(s flow.Run) code {
	text := s.Script
	step := s.Shell
	switch s.Shell {
	case "bash":
		step, text = "sh", "#!/usr/bin/env bash\nset -euo pipefail\n"+text
	case "cmd":
		step = "bat"
	}
	if len(text) > maxLiteral {
		w.diags = append(w.diags, tooLong(s))
	}
	out := line(step + " label: " + Groovy(s.Title) + ", script: " + Groovy(text))
	if len(s.Env) > 0 {
		var vars []string
		for _, e := range s.Env {
			vars = append(vars, envText(e))
		}
		out = block("withEnv(["+strings.Join(vars, ", ")+"])", out)
	}
	if len(s.Secrets) > 0 {
		var secrets []string
		for _, sec := range s.Secrets {
			secrets = append(secrets, "string(credentialsId: "+Groovy(sec.Secret.Jenkins)+", variable: "+Groovy(sec.Name)+")")
		}
		out = block("withCredentials(["+strings.Join(secrets, ", ")+"])", out)
	}
	if s.Timeout > 0 {
		out = block(fmt.Sprintf("timeout(time: %d, unit: 'MINUTES')", int(s.Timeout.Minutes())), out)
	}
	if s.Phase == flow.Tolerated {
		out = block(tolerated, out)
	}
	return out
}

func envText(e flow.EnvVar) string {
	parts := []string{Groovy(e.Name + "=")}
	for _, p := range e.Parts {
		if p.Env != "" {
			parts = append(parts, "env."+p.Env)
		} else {
			parts = append(parts, Groovy(p.Lit))
		}
	}
	return strings.Join(parts, " + ")
}
