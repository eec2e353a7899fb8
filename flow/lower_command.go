package flow

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/regex"
)

// scope is what a command runs in: what it is called in messages, which values
// are known there, and for which environment.
type scope struct {
	what        string
	environment *schema.Environment // nil: no deployment
	agent       *Agent
	known       func(language.RunValue) bool
}

// versionCommand runs before anything has a version.
var versionCommand = scope{what: "version_run", known: func(language.RunValue) bool { return false }}

// everywhere are the values that every job after identify knows.
func everywhere(v language.RunValue) bool { return v != language.RunFailure }

// afterFailure are the values that the notification of a failure knows: all.
func afterFailure(language.RunValue) bool { return true }

// beforeImage are the values that the build of an image knows: all but it.
func beforeImage(v language.RunValue) bool { return everywhere(v) && v != language.ArtifactRef }

// onRequest are the values that a merge request knows: it has no release.
func onRequest(v language.RunValue) bool {
	return v == language.RunURL || v == language.RunID || v == language.EnvValue
}

// command lowers the texts of one command of the policy, each to a step of its
// own, so that the failure of each stops the job in every shell. It is of a check
// or a notification of that name, or of "".
func (l *lowering) command(purpose Purpose, of string, c schema.Command, r schema.Runner, at scope) []Step {
	title := titles[purpose]
	if of != "" {
		title += " " + of
	}
	var steps []Step
	shell := shellOf(r, at.agent)
	for _, t := range c.Texts {
		run := l.run(t, shell, r, at)
		run.Purpose, run.Of, run.Title = purpose, of, title
		steps = append(steps, run)
	}
	return steps
}

func (l *lowering) run(t eval.Text, shell string, r schema.Runner, at scope) Run {
	l.checkCall(t, shell, r, at)
	pieces, env := l.pieces(t, shell, at)
	script, diags := shellText(shell, pieces, t)
	l.diags = append(l.diags, diags...)
	out := Run{Shell: shell, Script: strings.TrimSuffix(script, "\n"), Connection: r.Options.ServiceConnection, Origin: t.Range}
	out.Env = append(env, l.env(r.Env, at)...)
	out.uses = append(l.uses(t), l.usesOf(r.Env)...)
	slices.SortFunc(out.Env, func(a, b EnvVar) int { return strings.Compare(a.Name, b.Name) })
	out.Env = slices.CompactFunc(out.Env, func(a, b EnvVar) bool { return a.Name == b.Name })
	for _, s := range r.Secrets {
		if sec := l.secrets[s.Secret.To]; sec != nil {
			out.Secrets = append(out.Secrets, SecretVar{Name: s.Name, Secret: sec})
		}
	}
	return out
}

// pieces resolves the segments of a text. A value of the deployment is known
// here: it becomes part of the text where no shell could read anything else
// into it, otherwise a variable with a fixed value.
func (l *lowering) pieces(t eval.Text, shell string, at scope) ([]piece, []EnvVar) {
	out := make([]piece, 0, len(t.Segs))
	var env []EnvVar
	for _, s := range t.Segs {
		switch {
		case s.Word != nil:
			out = append(out, piece{value: s.Ref, word: l.word(s, at), seg: s})
		case s.Ref == "":
			out = append(out, piece{lit: s.Lit, seg: s})
		case s.Ref == language.ScriptFile:
			out = append(out, piece{lit: scriptIn(shell, s.Key), seg: s})
		case s.Ref == language.ProgramValue:
			out = append(out, piece{lit: programOn(s.Program, shell, at.agent), seg: s})
		case l.fixed(s.Ref):
			text := l.fixedValue(s, at)
			if inert(shell, text) {
				out = append(out, piece{lit: text, seg: s})
				continue
			}
			v := EnvVar{Name: fixedEnv(s), Parts: []Part{{Lit: text}}, Origin: saidAt(s, at.environment)}
			env = append(env, v)
			out = append(out, piece{value: s.Ref, env: v.Name, seg: s})
		default:
			out = append(out, l.variable(s, at))
		}
	}
	return out, env
}

// variable is a value that the shell reads from its environment.
func (l *lowering) variable(s eval.Seg, at scope) piece {
	if s.Ref == language.EnvValue {
		return piece{value: "env." + language.RunValue(s.Key), env: s.Key, seg: s}
	}
	if !at.known(s.Ref) {
		l.report(valueNotHere(at, s))
	}
	return piece{value: s.Ref, env: values[s.Ref].env, seg: s}
}

// word resolves what is in a word. It is quoted as a whole, so a value that is
// known here is part of the text whatever is in it.
func (l *lowering) word(s eval.Seg, at scope) []piece {
	out := make([]piece, 0, len(s.Word))
	for _, w := range s.Word {
		switch {
		case w.Ref == "":
			out = append(out, piece{lit: w.Lit, seg: w})
		case l.fixed(w.Ref):
			out = append(out, piece{lit: l.fixedValue(w, at), seg: w})
		default:
			out = append(out, l.variable(w, at))
		}
	}
	return out
}

// fixed tells whether a value is known as soon as the environment is. The
// digest of an image is not; a path is.
func (l *lowering) fixed(v language.RunValue) bool {
	switch v {
	case language.DeploymentURL, language.DeploymentEnvironment, language.DeploymentValues:
		return true
	case language.ArtifactRef:
		return l.image() == nil
	default:
		return false
	}
}

// fixedEnv is the variable that carries a fixed value: DEPLOYMENT_URL,
// DEPLOYMENT_VALUE_PROJECT.
func fixedEnv(s eval.Seg) string {
	switch s.Ref {
	case language.DeploymentURL:
		return "DEPLOYMENT_URL"
	case language.DeploymentEnvironment:
		return "DEPLOYMENT_ENVIRONMENT"
	case language.ArtifactRef:
		return "RELEASE_ARTIFACT"
	default:
		return valueVariable(s.Key)
	}
}

// saidAt is where an environment says a fixed value; nowhere, if it follows.
func saidAt(s eval.Seg, e *schema.Environment) hcl.Range {
	switch {
	case e == nil:
	case s.Ref == language.DeploymentURL:
		return e.URL.Range
	case s.Ref == language.DeploymentValues:
		if i := slices.IndexFunc(e.Values, func(v schema.Env) bool { return v.Name == s.Key }); i >= 0 {
			return e.Values[i].Text.Range
		}
	}
	return hcl.Range{}
}

func (l *lowering) fixedValue(s eval.Seg, at scope) string {
	if s.Ref == language.ArtifactRef {
		return l.artifactRef(s)
	}
	e := at.environment
	if e == nil {
		l.report(needsDeployment(at.what, s.Ref, s.Via, s.Range))
		return ""
	}
	switch s.Ref {
	case language.DeploymentURL:
		if e.URL.V == "" {
			l.once(noDeploymentURL(e.Label, s.Range))
		}
		return e.URL.V
	case language.DeploymentEnvironment:
		return id(e.Label)
	default:
		return l.deploymentValue(s, e)
	}
}

func (l *lowering) artifactRef(s eval.Seg) string {
	if l.plan.Build == nil || l.plan.Build.artifact == "" {
		l.report(emptyArtifact(s.Range))
		return ""
	}
	return l.plan.Build.artifact
}

func (l *lowering) deploymentValue(s eval.Seg, e *schema.Environment) string {
	var known []string
	for _, v := range e.Values {
		if v.Name == s.Key {
			text, _ := v.Text.Static()
			return text
		}
		known = append(known, v.Name)
	}
	if typo := (told{s.Range, s.Key}); !l.told[typo] { // environments that share the text share the mistake
		l.told[typo] = true
		l.report(noSuchDeploymentValue(s.Key, e.Label, s.Range, known))
	}
	return ""
}

// inertPOSIX and inertOther are texts that a shell reads as themselves, bare
// and in any quotes.
var (
	inertPOSIX = regex.New(`^[A-Za-z0-9_./:@%+=,-]+$`)
	inertOther = regex.New(`^[A-Za-z0-9_./:-]+$`)
)

func inert(shell, text string) bool {
	if shell == "sh" || shell == "bash" {
		return inertPOSIX().MatchString(text)
	}
	return inertOther().MatchString(text)
}

// env lowers the policy's environment variables. Their texts are no commands:
// a value stands in them as it is.
func (l *lowering) env(in []schema.Env, at scope) []EnvVar {
	var out []EnvVar
	for _, e := range in {
		v := EnvVar{Name: e.Name, Origin: e.Text.Range}
		for _, s := range e.Text.Segs {
			v.Parts = append(v.Parts, l.part(s, at))
		}
		out = append(out, v)
	}
	return out
}

func (l *lowering) part(s eval.Seg, at scope) Part {
	switch {
	case s.Ref == "":
		return Part{Lit: s.Lit}
	case s.Ref == language.EnvValue:
		l.report(variableInVariable(s.Key, s.Range))
		return Part{}
	case l.fixed(s.Ref):
		return Part{Lit: l.fixedValue(s, at)}
	default:
		if !at.known(s.Ref) {
			l.report(valueNotHere(at, s))
		}
		return Part{Env: values[s.Ref].env}
	}
}

// staticText is a text that may hold nothing known only later.
func (l *lowering) staticText(t eval.Text, at scope) string {
	pieces, _ := l.pieces(t, "sh", at)
	text, diags := shellText("sh", pieces, t)
	l.diags = append(l.diags, diags...)
	return strings.TrimSuffix(text, "\n")
}

// uses are the run-time values of a text that travel as variables of the job.
func (l *lowering) uses(t eval.Text) []language.RunValue {
	var out []language.RunValue
	for _, s := range t.Values() {
		if s.Ref != language.EnvValue && !l.fixed(s.Ref) {
			out = append(out, s.Ref)
		}
	}
	return out
}

func (l *lowering) usesOf(env []schema.Env) []language.RunValue {
	var out []language.RunValue
	for _, e := range env {
		out = append(out, l.uses(e.Text)...)
	}
	return out
}
