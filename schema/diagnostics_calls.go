package schema

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
)

func commandNotHere(call string, at hcl.Range) *diag.Diagnostic {
	return problem("command-not-here", at, "Command where none can stand", "%s gives commands, and they stand only where a command may stand: in `run`, `deploy`, `after`, alone or in a list.", call)
}

func commandInText(call string, at hcl.Range) *diag.Diagnostic {
	return problem("command-not-here", at, "Command inside a text", "%s() gives whole commands, which cannot be part of a text. Write a list: [%s({ … }), \"…\"].", call, call)
}

func unknownLibrary(name string, known []string, at hcl.Range) *diag.Diagnostic {
	hint := diag.Suggest(name, known)
	if diag.Nearest(name, known) == "" {
		hint = fmt.Sprintf(" Write: use %q { source = \"…\" }.", name)
	}
	return problem("unknown-library", at, "Unknown library", "No library is called %q here.%s", name, hint)
}

func unknownBuiltin(name string, known []string, at hcl.Range) *diag.Diagnostic {
	return problem("unknown-library", at, "Unknown library", "No library %q comes with fettle.%s", name, diag.Suggest(name, known))
}

func reservedAlias(at hcl.Range) *diag.Diagnostic {
	return problem("reserved-name", at, "Name that is taken", "command::NAME calls what this policy defines itself. Give the library another name.")
}

func unknownCommand(library, name string, known []string, at hcl.Range) *diag.Diagnostic {
	return problem("unknown-command", at, "Unknown command", "%s has no command %q.%s", library, name, diag.Suggest(name, known))
}

func notArguments(call, example string, at hcl.Range) *diag.Diagnostic {
	return problem("not-arguments", at, "Command called in another way", "A command takes one object with its values: write %s({ %s }).", call, example)
}

func unknownParameter(call, name string, known []string, def, at hcl.Range) *diag.Diagnostic {
	d := problem("unknown-parameter", at, "Unknown parameter", "%s takes no %q.%s", call, name, diag.Suggest(name, known))
	d.Notes = []diag.Note{{Range: def, Text: "the command is defined here"}}
	return d
}

func missingParameter(call, name, description string, def, at hcl.Range) *diag.Diagnostic {
	d := problem("missing-parameter", at, "Missing parameter", "%s needs %q. %s", call, name, description)
	d.Notes = []diag.Note{{Range: def, Text: "it is defined here"}}
	return d
}

func parameterEnum(name, got string, known []string, def, at hcl.Range) *diag.Diagnostic {
	d := unknownEnum(name, got, known, at)
	d.Notes = []diag.Note{{Range: def, Text: "it is defined here"}}
	return d
}

func secretInClear(name string, at hcl.Range) *diag.Diagnostic {
	return problem("secret-in-clear", at, "Secret in the policy", "%q carries a secret, which belongs in no policy and in no generated file. Write env.NAME, and give NAME in `secrets` of the block.", name)
}

func undeclaredVariable(command, name string, at hcl.Range) *diag.Diagnostic {
	return problem("undeclared-variable", at, "Variable that the command does not ask for", "The command %q reads env.%s and does not say that it needs it. Name it in `env` or, if it carries a secret, in `secrets` of the command.", command, name)
}

func noProgram(command string, at hcl.Range) *diag.Diagnostic {
	return problem("no-program", at, "No program", "The command %q has no `program`. Write program = \"…\", or { windows = \"…\", other = \"…\" }.", command)
}

func runsNothing(call string, at hcl.Range) *diag.Diagnostic {
	return problem("runs-nothing", at, "Command that runs nothing", "With these values %s comes to no command at all.", call)
}

func scriptArguments(at hcl.Range) *diag.Diagnostic {
	return problem("bad-script", at, "Script not named", "script() takes one text, the path of a file from the top of the repository: script(\"ci/deploy.sh\").")
}

func noSuchScript(file string, at hcl.Range) *diag.Diagnostic {
	return problem("no-such-script", at, "Script that is not there", "There is no file %q in the repository. Write its path from the top, or add the file.", file)
}

func scriptIsFunction(at hcl.Range) *diag.Diagnostic {
	return problem("bad-script", at, "Script written as an attribute", "A script is a command like any other: write run = script(\"ci/test.sh\"), or deploy = script(…) in an environment.")
}

func scriptElsewhere(at hcl.Range) *diag.Diagnostic {
	return problem("bad-script", at, "Script where no command stands", "script() is a whole command: run = script(\"ci/test.sh\"), or an element of a list of commands. It is no part of a text or of an expression.")
}

func unknownFunction(name string, known []string, at hcl.Range) *diag.Diagnostic {
	return problem("unknown-function", at, "Unknown function", "There is no function %s().%s", name, cmp.Or(answer(foreignFunctions, name), diag.Suggest(name, known)))
}

func wrongArgumentCount(f *callable, got int, at hcl.Range) *diag.Diagnostic {
	return problem("wrong-argument", at, "Wrong number of arguments", "It is %s, and here it gets %d. For example: %s.", f.signature, got, f.example)
}

func wrongArgument(f *callable, i int, want, got string, at hcl.Range) *diag.Diagnostic {
	return problem("wrong-argument", at, "Wrong argument", "In %s %q is %s, and this is %s. For example: %s.", f.signature, f.parameter(i), want, got, f.example)
}

func callFailed(f *callable, why string, at hcl.Range) *diag.Diagnostic {
	return problem("wrong-argument", at, "Call that gives nothing", "%s: %s. For example: %s.", f.signature, strings.TrimSuffix(why, "."), f.example)
}
