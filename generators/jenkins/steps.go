package jenkins

import (
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// credential is the id under which the installation keeps the token that may
// push.
const credential = "withCredentials([string(credentialsId: 'fettle', variable: 'FETTLE_TOKEN')])"

// tolerated shows a failure and goes on.
const tolerated = "catchError(buildResult: 'SUCCESS', stageResult: 'UNSTABLE')"

// steps are the steps of a stage, and what follows them whatever became of them.
func (w *writer) steps(j *flow.Job) (steps, post []code) {
	var reports, failed []code
	w.refuseKeys(j)
	for _, s := range j.Steps {
		switch s := s.(type) {
		case flow.Checkout:
			steps = append(steps, w.checkout(j, s)...)
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
				steps = append(steps, call(j, "Judge the report of "+s.Check, "evidence "+s.Check+" "+word(j, s.Glob)))
			}
		case flow.Publish:
			steps = append(steps, w.publish(j, s)...)
		case flow.Native:
			steps = append(steps, w.native(s)...)
		case flow.Fetch:
			steps = append(steps, fetch(j, s)...)
		default:
			panic(fmt.Sprintf("jenkins: unexpected step %T", s))
		}
	}
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

func (w *writer) checkout(j *flow.Job, s flow.Checkout) []code {
	out := []code{line("checkout scm"), clean(j)}
	if s.Mainline {
		// What is checked out may carry an older script.
		text := "git show refs/remotes/origin/" + w.plan.Mainline + ":" + w.plan.Script + " > " + j.Script
		if j.Agent.OS == flow.Windows {
			out = append(out, line("bat label: 'Take the script of the mainline', script: "+Groovy(gitSh+` -c "`+text+`"`)))
		} else {
			out = append(out, line("sh label: 'Take the script of the mainline', script: "+Groovy(text)))
		}
	}
	return out
}

// clean removes what earlier builds left in the workspace of the agent, ignored
// files too, and in submodules where the checkout brought them along.
func clean(j *flow.Job) code {
	const label = "Remove what earlier builds left"
	if j.Agent.OS == flow.Windows {
		return line("bat label: " + Groovy(label) + ", script: " + Groovy(gitSh+` -c "git clean -ffdxq && git submodule --quiet foreach --recursive 'git clean -ffdxq'"`))
	}
	return line("sh label: " + Groovy(label) + ", script: " + Groovy("git clean -ffdxq && git submodule --quiet foreach --recursive 'git clean -ffdxq'"))
}

// gitSh is the shell that comes with Git for Windows.
const gitSh = `"%ProgramFiles%\Git\bin\sh.exe"`

// call is an operation of the release script.
func call(j *flow.Job, label, words string) code {
	if j.Agent.OS == flow.Windows {
		return line("bat label: " + Groovy(label) + ", script: " + Groovy(gitSh+" "+j.Script+" "+words))
	}
	return line("sh label: " + Groovy(label) + ", script: " + Groovy("sh "+j.Script+" "+words))
}

func (w *writer) operation(j *flow.Job, op flow.Operation) []code {
	words := op.Name
	for _, a := range op.Args {
		words += " " + gen.Word(a, func(s string) string { return word(j, s) })
	}
	for _, e := range op.FromEnv {
		words += ` "$` + e + `"`
	}
	out := []code{call(j, op.Title, words)}
	if w.plan.BreakGlass != nil && (j.Kind == flow.JobOpen || j.Kind == flow.JobOperate) {
		return append([]code{block("script", line(whoStarted))}, w.credited(j, op, out)...)
	}
	return w.credited(j, op, out)
}

// whoStarted tells the script who breaks the glass, and who reviews it: nothing
// else of Jenkins does.
const whoStarted = "env.RELEASE_ACTOR = currentBuild.getBuildCauses('hudson.model.Cause$UserIdCause').collect { it.userId }.join(' ')"

// credited gives an operation the right to push, and hands on what it sets.
func (w *writer) credited(j *flow.Job, op flow.Operation, out []code) []code {
	if j.Writes && op.Pushes() {
		out = []code{block(credential, out...)}
	}
	if len(op.Sets) > 0 {
		out = append(out, block("script", line("handOn()")))
	}
	return out
}

// word is one argument for the shell of the operations.
func word(j *flow.Job, s string) string {
	if j.Agent.OS == flow.Windows {
		return `"` + strings.ReplaceAll(s, "%", "%%") + `"`
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

func (w *writer) publish(j *flow.Job, s flow.Publish) []code {
	files := Groovy(flow.Tar)
	pack := call(j, "Pack the artifact", "pack "+word(j, s.Path))
	stash := line("stash name: 'release', includes: " + files)
	if s.Stored {
		return []code{pack, block("script", line("handOn()")), stash}
	}
	return []code{
		pack,
		block("script", line("handOn()"), line("currentBuild.keepLog = true // a redeploy fetches the artifact from here")),
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
