package flow

import (
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/eval"
)

// checkCall looks whether the block that calls a command has what the command
// asks for: the machine, and the environment variables. On the wrong machine
// nothing is said of variables: the right one may have them.
func (l *lowering) checkCall(t eval.Text, shell string, r schema.Runner, at scope) {
	c := t.Call
	if c == nil {
		return
	}
	var missing []string
	for _, n := range c.Needs {
		secret := slices.ContainsFunc(r.Secrets, func(s schema.SecretEnv) bool { return s.Name == n.Name })
		clear := slices.ContainsFunc(r.Env, func(e schema.Env) bool { return e.Name == n.Name })
		switch {
		case secret || at.agent != nil && slices.Contains(at.agent.provides, n.Name):
		case n.IDToken:
			if lacking := l.withoutIDToken(r, n.Name); len(lacking) > 0 {
				l.reportOnce(c, n.Name, missingIDToken(c, n.Name, at.what, lacking))
			}
		case n.Secret && clear:
			l.reportOnce(c, n.Name, secretNeeded(c, n.Name, at.what))
		case n.Secret:
			l.reportOnce(c, n.Name, missingSecret(c, n.Name, at.what))
		case !clear && !l.lacks(at.agent, n.Name):
			missing = append(missing, n.Name)
		}
	}
	switch on := osOf(at.agent); {
	case c.OS != "" && c.OS != string(on):
		l.reportOnce(c, "os", commandNeedsOS(c, at.what, on))
	case len(c.Shells) > 0 && !slices.Contains(c.Shells, shell):
		l.reportOnce(c, "shell", commandNeedsShell(c, at.what, shell))
	case len(missing) > 0:
		l.reportOnce(c, "variables", missingVariables(c, missing, at))
	}
}

// withoutIDToken are the targets on which a block gets no OpenID token of the pipeline
// in that variable, or instead of it.
func (l *lowering) withoutIDToken(r schema.Runner, name string) []string {
	return slices.DeleteFunc(slices.Clone(l.plan.Targets), func(t string) bool { return systems[t].idToken(r.Options, name) })
}

// lacks tells whether it was said already that an agent, which provides other
// variables, lacks this one: that is one mistake, however many calls show it.
func (l *lowering) lacks(a *Agent, name string) bool {
	if a == nil || len(a.provides) == 0 {
		return false
	}
	known := l.told[told{a.origin, name}]
	l.told[told{a.origin, name}] = true
	return known
}

func osOf(a *Agent) OS {
	if a == nil {
		return Linux
	}
	return a.OS
}

// scriptIn is how a shell runs a file of the repository in a process of its
// own, where that is another program: what the file sets ends with it.
func scriptIn(shell, file string) string {
	switch shell {
	case "sh", "bash":
		return shell + " " + file
	case "cmd":
		return "call " + strings.ReplaceAll(file, "/", `\`)
	default:
		return "./" + file
	}
}

// programOn is what a program is called on a machine. cmd forgets the rest of
// a script when it runs another one without call.
func programOn(p *eval.Program, shell string, on *Agent) string {
	if osOf(on) != Windows {
		return p.Other
	}
	if ending := strings.ToLower(p.Windows); shell == "cmd" && (strings.HasSuffix(ending, ".cmd") || strings.HasSuffix(ending, ".bat")) {
		return "call " + p.Windows
	}
	return p.Windows
}
