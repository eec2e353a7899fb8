package gitlab

import (
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
)

// gitSh is the shell that comes with Git for Windows. The name alone could
// find another one.
const gitSh = `& "$env:ProgramFiles\Git\bin\sh.exe"`

// script fills in the commands of a job, in the order of its steps.
func (w *writer) script(j *flow.Job, v *jobView) {
	windows := j.Agent.OS == flow.Windows
	v.Script = append(v.Script, w.prologue(j, windows)...)
	for i, s := range j.Steps {
		switch s := s.(type) {
		case flow.Checkout:
			if s.Mainline {
				v.Script = append(v.Script, w.mainlineScript(j, windows)...)
			}
			if s.History == flow.WholeHistory {
				v.Script = append(v.Script, posixLines(gen.WholeHistory(""), windows))
			}
		case flow.Run:
			v.Script = append(v.Script, w.run(j, s, windows))
		case flow.Operation:
			w.operation(j, s, windows, v)
		case flow.ClearReport:
			v.Script = append(v.Script, call(j, windows, "clear-report", s.Check, s.Glob))
		case flow.Evidence:
			v.Always = true
			if s.SARIF() {
				v.Paths = append(v.Paths, quote(s.Glob))
			} else {
				v.Reports = append(v.Reports, quote(s.Glob))
			}
			if j.Script != "" {
				v.Script = append(v.Script, call(j, windows, "evidence", s.Check, s.Glob))
			}
		case flow.Publish:
			v.Paths = append(v.Paths, flow.Tar)
			v.Script = append(v.Script, call(j, windows, "pack", s.Path))
			if !s.Stored {
				v.Script = append(v.Script, w.keep(windows))
			}
		case flow.Native:
			w.nativeItem(j, j.Steps[i+1:], s, windows, v)
		case flow.Fetch:
			if s.Recorded {
				v.Script = append(v.Script, w.fetch(windows)...)
			}
			v.Script = append(v.Script, call(j, windows, "unpack", s.Path))
		case flow.Causes:
			v.Script = append(v.Script, causes(s, windows))
		default:
			panic(fmt.Sprintf("gitlab: unexpected step %T", s))
		}
	}
	if j.Mark != "" {
		v.Script, v.Dotenv = append(v.Script, mark(j, windows)), true
	}
}

// prologue makes variables of what was asked and of who approved, in the shell
// and not by GitLab, which would expand what stands in them.
func (w *writer) prologue(j *flow.Job, windows bool) []string {
	var out []string
	set := func(name, from string) {
		if windows {
			out = append(out, "$env:"+name+" = $env:"+from)
		} else {
			out = append(out, "export "+name+`="$`+from+`"`)
		}
	}
	if !j.Writes {
		out = append(out, w.withoutToken(windows))
	}
	if j.NativeBefore("gitlab") && !windows {
		out = append(out, gen.KeepPath)
	}
	for _, d := range j.Inputs {
		switch {
		case d.Input != nil:
			set(d.Env, variable(d.Input))
		case d.Run == "run.url":
			set(d.Env, "CI_PIPELINE_URL")
		case d.Run == "run.id":
			set(d.Env, "CI_PIPELINE_ID")
		}
	}
	if len(j.Approved) > 0 {
		out = append(out, approvers(j, windows))
	}
	return out
}

func approvers(j *flow.Job, windows bool) string {
	var who []string
	for _, a := range j.Approved {
		if windows {
			who = append(who, a.Approval.Label+"=$env:"+a.ApproverVariable())
		} else {
			who = append(who, a.Approval.Label+"=$"+a.ApproverVariable())
		}
	}
	if windows {
		return `$env:RELEASE_APPROVERS = "` + strings.Join(who, "`n") + `"`
	}
	return `export RELEASE_APPROVERS="` + strings.Join(who, "\n") + `"`
}

func (w *writer) mainlineScript(j *flow.Job, windows bool) []string {
	fetch := "git -c core.hooksPath=/dev/null fetch --quiet origin +refs/heads/" + w.plan.Mainline + ":refs/remotes/origin/" + w.plan.Mainline
	return []string{fetch, posixLines(gen.TakeScript(w.plan, "refs/remotes/origin/"+w.plan.Mainline, "", j.Script), windows)}
}

// posixLines are lines for a POSIX shell. The runner leaves the job's credential
// in the clone, so they need none.
func posixLines(lines string, windows bool) string {
	if windows {
		return gitSh + " -c " + PowerShell(lines)
	}
	return lines
}

// withoutToken: a variable of the project reaches every job, and the
// credential that may push is for operations alone, as is the key that signs.
func (w *writer) withoutToken(windows bool) string {
	if windows {
		text := "$env:FETTLE_TOKEN = $null"
		if w.plan.Committer.Signed {
			text += "; $env:" + flow.SigningKey + " = $null"
		}
		return text
	}
	if w.plan.Committer.Signed {
		return "unset FETTLE_TOKEN " + flow.SigningKey
	}
	return "unset FETTLE_TOKEN"
}

// aside and back keep what is for operations alone where no program sees it,
// while items of the policy run in the same shell.
func (w *writer) aside(windows bool) string {
	return w.eachCredential(windows, func(env, kept string) string {
		if windows {
			return "$" + kept + " = $env:" + env
		}
		return kept + `="$` + env + `"`
	})
}

func (w *writer) back(windows bool) string {
	return w.eachCredential(windows, func(env, kept string) string {
		if windows {
			return "$env:" + env + " = $" + kept
		}
		return "export " + env + `="$` + kept + `"`
	})
}

func (w *writer) eachCredential(windows bool, do func(env, kept string) string) string {
	all := []string{"FETTLE_TOKEN"}
	if w.plan.Committer.Signed {
		all = append(all, flow.SigningKey)
	}
	for i, env := range all {
		all[i] = do(env, gen.Aside+strings.ToLower(env))
	}
	return strings.Join(all, "; ")
}

// call is an operation of the release script. After a native item, which the
// same shell reads, it runs without what that one set.
func call(j *flow.Job, windows bool, words ...string) string {
	text := plainCall(j, windows, words...)
	if j.NativeBefore("gitlab") && !windows {
		return "(unset LD_PRELOAD; " + gen.PathBack + "; command " + text + ")"
	}
	return text
}

func plainCall(j *flow.Job, windows bool, words ...string) string {
	if windows {
		for i := range words {
			words[i] = PowerShell(words[i])
		}
		return gitSh + " " + j.Script + " " + strings.Join(words, " ")
	}
	for i := range words {
		words[i] = gen.Shell(words[i])
	}
	return "sh " + j.Script + " " + strings.Join(words, " ")
}

func (w *writer) operation(j *flow.Job, op flow.Operation, windows bool, v *jobView) {
	line := call(j, windows, append([]string{op.Name}, op.Args...)...)
	for _, e := range op.FromEnv {
		line += ` "$` + e + `"`
	}
	if op.RunsCommand() {
		line = "(" + w.withoutToken(false) + " && " + line + ")"
	}
	if op.Phase == flow.OnFailure {
		// after_script is a shell of its own: what it needs was asked and found by jobs before, or by the ledger.
		if windows {
			line = "if ($env:CI_JOB_STATUS -ne 'success') { " + line + " }"
		} else {
			line = `if [ "$CI_JOB_STATUS" != success ]; then ` + line + "; fi"
		}
		v.AfterScript = append(v.AfterScript, line)
		return
	}
	v.Script = append(v.Script, line)
	if len(op.Sets) == 0 {
		return
	}
	if len(j.Outputs) == 0 {
		v.Script = append(v.Script, exportLines(windows))
		return
	}
	if j.Kind == flow.JobRequest {
		v.Script = append(v.Script, requester(windows))
	}
	if j.Kind == flow.JobIdentify && w.flow.Kind == flow.Hotfix {
		// GitLab cannot skip the jobs after this one by a value: the pipeline ends here, red, and says why. Lines are created without a pipeline.
		v.Script = append(v.Script, proceeds(windows))
	}
}

// requester hands on who asked: the approval is another job.
func requester(windows bool) string {
	if windows {
		return `Add-Content -Encoding ascii release.env "RELEASE_REQUESTER=$env:GITLAB_USER_LOGIN"`
	}
	return `echo "RELEASE_REQUESTER=$GITLAB_USER_LOGIN" >> release.env`
}

// proceeds ends the pipeline where there is nothing to do.
func proceeds(windows bool) string {
	const nothing = `"There is nothing to release on this branch; the pipeline ends here."`
	if windows {
		return `if (-not (Select-String -Quiet -CaseSensitive -Pattern '^RELEASE_PROCEED=true$' -Path release.env)) { ` + nothing + `; exit 1 }`
	}
	return `grep -qx RELEASE_PROCEED=true release.env || { echo ` + nothing + `; exit 1; }`
}

// outputFile is where the operation leaves that: git tracks nothing there, and
// no clean of the folder takes it away.
const outputFile = ".git/fettle-output"

// exportLines hands what an operation set to the later commands of this job.
func exportLines(windows bool) string {
	if windows {
		return `Get-Content ` + outputFile + ` | ForEach-Object { $key, $value = $_ -split '=', 2; Set-Item "env:RELEASE_$($key.ToUpper())" $value }`
	}
	return `while IFS='=' read -r key value; do export "RELEASE_$(echo "$key" | tr a-z A-Z)=$value"; done < ` + outputFile
}

// packages is where the artifacts of a policy are kept: versions are a component's own.
func (w *writer) packages(windows bool) string {
	env := "$"
	if windows {
		env = "$env:"
	}
	return env + "CI_API_V4_URL/projects/" + env + "CI_PROJECT_ID/packages/generic/" + w.plan.Prefix() + "release/" + env + "RELEASE_VERSION/"
}

// curl asks the registry of packages, and tells nobody the job's token.
func curl(windows bool, words string) string {
	if windows {
		return `'header = "JOB-TOKEN: ' + $env:CI_JOB_TOKEN + '"' | curl.exe --config - --fail --silent --show-error ` + words
	}
	return `printf 'header = "JOB-TOKEN: %s"\n' "$CI_JOB_TOKEN" | curl --config - --fail --silent --show-error ` + words
}

// keep stores the artifact beyond the run: a package has no end.
func (w *writer) keep(windows bool) string {
	return curl(windows, "--upload-file "+flow.Tar+` "`+w.packages(windows)+`release.tar"`)
}

// fetch brings the artifact back. Older pipelines kept it under another name.
func (w *writer) fetch(windows bool) []string {
	choose := `case $RELEASE_CHECKSUM in tree:*) package=release.tar ;; *) package=release.tar.gz ;; esac`
	if windows {
		choose = `$package = if ($env:RELEASE_CHECKSUM.StartsWith('tree:')) { 'release.tar' } else { 'release.tar.gz' }`
	}
	return []string{choose, curl(windows, `--location --create-dirs --output "`+flow.Packed+`/$package" "`+w.packages(windows)+`$package"`)}
}

// run is a command of the policy as one item, in a shell of its own: what it
// sets ends with it, and it does not have what is for operations alone.
func (w *writer) run(j *flow.Job, s flow.Run, windows bool) string {
	if windows {
		return w.runWindows(j, s)
	}
	text := s.Script
	if s.Shell == "bash" {
		text = "bash -euo pipefail -c " + gen.Shell(text)
	}
	var exports []string
	if j.Writes {
		exports = append(exports, w.withoutToken(windows))
	}
	for _, e := range s.Env {
		exports = append(exports, "export "+e.Name+"="+posixText(e))
	}
	for _, sec := range s.Secrets {
		if sec.Secret.GitLab != sec.Name {
			exports = append(exports, "export "+sec.Name+`="$`+sec.Secret.GitLab+`"`)
		}
	}
	text = "(\n" + indent(strings.Join(append(exports, text), "\n")) + "\n)"
	if s.Phase == flow.Tolerated {
		text += ` || echo "This failed, and holds nothing up."`
	}
	return text
}

// indent leaves here-documents as they are: their text would change.
func indent(s string) string {
	if strings.Contains(s, "<<") {
		return s
	}
	return "  " + strings.ReplaceAll(s, "\n", "\n  ")
}

func posixText(e flow.EnvVar) string {
	var b strings.Builder
	for _, p := range e.Parts {
		if p.Env != "" {
			b.WriteString(`"$` + p.Env + `"`)
		} else {
			b.WriteString(gen.Shell(p.Lit))
		}
	}
	return b.String()
}

// runWindows is a command on a runner that speaks PowerShell: a process of its
// own, whose variables end with it.
func (w *writer) runWindows(j *flow.Job, s flow.Run) string {
	var lines []string
	if j.Writes {
		lines = append(lines, w.withoutToken(true))
	}
	for _, e := range s.Env {
		lines = append(lines, "$env:"+e.Name+" = "+powerShellText(e))
	}
	for _, sec := range s.Secrets {
		if sec.Secret.GitLab != sec.Name {
			lines = append(lines, "$env:"+sec.Name+" = $env:"+sec.Secret.GitLab)
		}
	}
	text := ""
	switch {
	case s.Shell != "cmd":
		text = powerShellFile(append(append([]string{"$ErrorActionPreference = 'Stop'"}, lines...), s.Script,
			"if (-not $?) { if ($LASTEXITCODE) { exit $LASTEXITCODE } else { exit 1 } }"))
	case len(lines) > 0:
		text = cmdFile(s.Script) + "\n" + powerShellFile(append(lines, runCmd, "exit $LASTEXITCODE"))
	default:
		text = cmdFile(s.Script) + "\n" + runCmd
	}
	if s.Phase == flow.Tolerated {
		text = "try { " + text + " } catch { Write-Warning 'This failed, and holds nothing up.' }\n$global:LASTEXITCODE = 0"
	}
	return text
}

const runCmd = `cmd /D /C .git\fettle-step.cmd`

// cmdFile: GitLab's runner no longer speaks cmd, so the command is a file that
// PowerShell writes and cmd reads.
func cmdFile(script string) string {
	return "Set-Content -Encoding ascii .git/fettle-step.cmd " + hereString("@echo off\n"+script)
}

func powerShellFile(lines []string) string {
	return "Set-Content -Encoding utf8 .git/fettle-step.ps1 " + hereString(strings.Join(lines, "\n")) +
		"\n& (Get-Process -Id $PID).Path -NoProfile -NonInteractive -ExecutionPolicy Bypass -File .git/fettle-step.ps1"
}

// hereString is a text in PowerShell that ends where the text does.
func hereString(text string) string {
	if strings.Contains(text, "\n'@") {
		return PowerShell(text)
	}
	return "@'\n" + text + "\n'@"
}

func powerShellText(e flow.EnvVar) string {
	var parts []string
	for _, p := range e.Parts {
		if p.Env != "" {
			parts = append(parts, "$env:"+p.Env)
		} else {
			parts = append(parts, PowerShell(p.Lit))
		}
	}
	return strings.Join(parts, " + ")
}
