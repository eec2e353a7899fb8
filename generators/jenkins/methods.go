package jenkins

import (
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// method stands above the pipeline of a file: what most stages do, once. All of
// a declarative pipeline is one method of Java, which may have 65,535 bytes; a
// call takes a fraction of what it calls.
//
// Nothing is put together from an argument: it is the whole of a label, of a
// script or of a variable's name, a literal where it is called.
type method struct {
	name, parameters, why string
	body                  []code
}

const (
	handOn          = "handOn"
	keepApprover    = "keepApprover"
	startClean      = "startClean"
	startWithScript = "startWithScript"
	withToken       = "withToken"
	markEnd         = "markEnd"
	findCauses      = "findCauses"
	onWindows       = "OnWindows"
	withLFS         = "WithLFS"
)

// methodNames are all of them: a step of the policy may call none.
var methodNames = []string{handOn, keepApprover, startClean, startClean + onWindows, startWithScript, startWithScript + onWindows, withToken, withToken + onWindows,
	startClean + withLFS, startClean + withLFS + onWindows, startWithScript + withLFS, startWithScript + withLFS + onWindows, markEnd, findCauses}

// methods are those that the pipeline of a file calls, in order.
func (w *writer) methods() []method {
	out := []method{{
		name: handOn, why: "What an operation found becomes variables of the stages after it.",
		body: []code{block("for (line in readFile(env.RELEASE_OUTPUT).readLines())",
			line("int at = line.indexOf('=')"),
			line("env.setProperty('RELEASE_' + line.substring(0, at).toUpperCase(), line.substring(at + 1))"))},
	}, {
		name: keepApprover, parameters: "String variable", why: "Who approved becomes a variable of the stages after it.",
		body: []code{
			block("if (currentBuild.getBuildCauses('hudson.model.Cause$UserIdCause').any { it.userId == env.APPROVER })",
				line("error('Who started the run cannot approve it.')")),
			line("env.setProperty(variable, env.APPROVER)")},
	}}
	out = append(out, method{
		name: markEnd, parameters: "String variable", why: "A stage that comes to its end says so, for the notification of a failure.",
		body: []code{line("env.setProperty(variable, 'yes')")},
	})
	if w.called[findCauses] {
		out = append(out, w.causes())
	}
	out = append(out, w.shellMethods(flow.Linux)...)
	out = append(out, w.shellMethods(flow.Windows)...)
	return slices.DeleteFunc(out, func(m method) bool { return !w.called[m.name] })
}

// noSubmodules empties what a build populated: checkout scm leaves it at an
// older commit, changed files in it too, unless the source of the project says
// that submodules belong to it; then it populates them again.
const noSubmodules = "[ ! -e .git ] || ! git rev-parse --quiet --verify HEAD || git submodule --quiet deinit --force --all"

// scmWithLFS is checkout scm, after which the plugin fetches what is kept in Git
// LFS: it has the credential of the project's source, which no step has.
const scmWithLFS = "checkout([$class: 'GitSCM', branches: scm.branches, extensions: scm.extensions + [[$class: 'GitLFSPull']], userRemoteConfigs: scm.userRemoteConfigs])"

// startMethods begin a stage, with the files that are kept in Git LFS or without.
func (w *writer) startMethods(os flow.OS, kind, checkout, with string) []method {
	return []method{{
		name: on(os, startClean+kind), why: "The commit of the run" + with + ", without what earlier builds left in the workspace or in its submodules.",
		body: []code{
			shell(os, "Remove the submodules of earlier builds", noSubmodules),
			line(checkout),
			shell(os, "Remove what earlier builds left", "git clean -ffdxq")},
	}, {
		name: on(os, startWithScript+kind), why: "The same, and the release script of the mainline: the commit may carry an older one.",
		body: []code{line(on(os, startClean+kind) + "()"), shell(os, "Take the script of the mainline", "git show refs/remotes/origin/"+w.plan.Mainline+":"+w.plan.Script+" > "+w.taken)},
	}}
}

// shellMethods are those that differ by the shell.
func (w *writer) shellMethods(os flow.OS) []method {
	out := append(w.startMethods(os, "", "checkout scm", ""), w.startMethods(os, withLFS, scmWithLFS, " with its files in Git LFS")...)
	return append(out, method{
		name: on(os, withToken), parameters: "String title, String command", why: "An operation that pushes: no other step gets the token.",
		body: []code{block(w.credential(), line(shellStep(os)+" label: title, script: command"))},
	})
}

// String is the method as a file has it.
func (m method) String() string {
	return "// " + m.why + "\n" + block("def "+m.name+"("+m.parameters+")", m.body...).String()
}

// call is a call of a method with literals.
func (w *writer) call(name string, arguments ...string) code {
	if w.called == nil {
		w.called = map[string]bool{}
	}
	w.called[name] = true
	if strings.HasPrefix(name, startWithScript) {
		w.called[startClean+strings.TrimPrefix(name, startWithScript)] = true
	}
	var literals []string
	for _, a := range arguments {
		literals = append(literals, Groovy(a))
	}
	return line(name + "(" + strings.Join(literals, ", ") + ")")
}

// on is the name of a method on machines of a kind.
func on(os flow.OS, name string) string {
	if os == flow.Windows {
		return name + onWindows
	}
	return name
}
