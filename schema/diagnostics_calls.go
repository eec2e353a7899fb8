package schema

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
)

func unknownLibrary(name string, known []string, at hcl.Range) *diag.Diagnostic {
	hint := diag.Suggest(name, known)
	if diag.Nearest(name, known) == "" {
		hint = fmt.Sprintf(" Write: use %q { source = \"…\" }.", name)
	}
	return diag.Problem("unknown-library", at, "Unknown library", "No library is called %q here.%s", name, hint)
}

func unknownBuiltin(name string, known []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-library", at, "Unknown library", "No library %q comes with fettle.%s", name, diag.Suggest(name, known))
}

func reservedAlias(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("reserved-name", at, "Name that is taken", "command::NAME calls what this policy defines itself. Give the library another name.")
}

func unknownCommand(library, name string, known []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-command", at, "Unknown command", "%s has no command %q.%s", library, name, diag.Suggest(name, known))
}

func notArguments(call, example string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("not-arguments", at, "Command called in another way", "A command takes one object with its values: write %s({ %s }).", call, example)
}

func unknownParameter(call, name string, known []string, def, at hcl.Range) *diag.Diagnostic {
	d := diag.Problem("unknown-parameter", at, "Unknown parameter", "%s takes no %q.%s", call, name, diag.Suggest(name, known))
	d.Notes = []diag.Note{{Range: def, Text: "the command is defined here"}}
	return d
}

func missingParameter(call, name, description string, def, at hcl.Range) *diag.Diagnostic {
	d := diag.Problem("missing-parameter", at, "Missing parameter", "%s needs %q. %s", call, name, description)
	d.Notes = []diag.Note{{Range: def, Text: "it is defined here"}}
	return d
}

func parameterEnum(name, got string, known []string, def, at hcl.Range) *diag.Diagnostic {
	d := unknownEnum(name, got, known, at)
	d.Notes = []diag.Note{{Range: def, Text: "it is defined here"}}
	return d
}

func secretInClear(name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("secret-in-clear", at, "Secret in the policy", "%q carries a secret, which belongs in no policy and in no generated file. Write env.NAME, and give NAME in `secrets` of the block.", name)
}

func undeclaredVariable(command, name string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("undeclared-variable", at, "Variable that the command does not ask for", "The command %q reads env.%s and does not say that it needs it. Name it in `env` or, if it carries a secret, in `secrets` of the command.", command, name)
}

func noProgram(command string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("no-program", at, "No program", "The command %q has no `program`. Write program = \"…\", or { windows = \"…\", other = \"…\" }.", command)
}

func runsNothing(call string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("runs-nothing", at, "Command that runs nothing", "With these values %s comes to no command at all.", call)
}

func scriptArguments(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-script", at, "Script not named", "script() takes one text, the path of a file from the top of the repository: script(\"ci/deploy.sh\").")
}

func noSuchScript(file string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("no-such-script", at, "Script that is not there", "There is no file %q in the repository. Write its path from the top, or add the file.", file)
}
