package eval

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

func operationOnRunValue(what string, v language.RunValue, via []string, at hcl.Range) *diag.Diagnostic {
	if strings.HasSuffix(string(v), "()") {
		return CommandNotHere(string(v), at)
	}
	return diag.Problem("run-value-too-early", at, "Value known only later", "%s%s is known only when the pipeline runs; %s would need it now. Use it only inside a text: \"…${%s}…\".", v, Through(via), what, v)
}

func unknownRunValue(name, root string, known []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-run-value", at, "Unknown value", "There is no %s.%s.%s", root, name, diag.Suggest(name, known))
}

func RunValueNeedsName(root string, known []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-run-value", at, "Incomplete value", "Write %s.NAME. There are: %s.", root, diag.List(known))
}

func unknownRoot(name string, known []string, at hcl.Range) *diag.Diagnostic {
	hint := cmp.Or(language.Answer(language.ForeignRoots, name), diag.Suggest(name, known))
	if name == strings.ToUpper(name) {
		hint = fmt.Sprintf(" If you mean the variable of the shell, write $${%s}.", name)
	}
	return diag.Problem("unknown-value", at, "Unknown value", "There is nothing called %q.%s", name, hint)
}

func UnknownName(kind, name string, known []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-"+diag.Code(kind), at, "Unknown "+kind, "There is no %s %q.%s", kind, name, diag.Suggest(name, known))
}

func unknownMatrixValue(name string, known []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-matrix-value", at, "Unknown value of the matrix", "The matrix of this check has no %q.%s", name, diag.Suggest(name, known))
}

func noMatrixHere(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("no-matrix-here", at, "No matrix here", "matrix.NAME is known only inside a check that has a matrix: in its commands, env and report. A local or another block does not belong to one combination.")
}

func Cycle(path []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("cycle", at, "Definition in a circle", "%s. One of them must not refer to the next.", strings.Join(path, " → "))
}

func evaluation(d *hcl.Diagnostic, at hcl.Range) *diag.Diagnostic {
	if d.Subject != nil {
		at = *d.Subject
	}
	return diag.Problem("evaluation", at, d.Summary, "%s", d.Detail)
}

func divisionByZero(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("evaluation", at, "Division by zero", "What stands behind the division is 0 here, and nothing can be divided by it.")
}

func Through(via []string) string {
	if len(via) == 0 {
		return ""
	}
	return " (through " + strings.Join(via, ", ") + ")"
}

func CommandNotHere(call string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("command-not-here", at, "Command where none can stand", "%s gives commands, and they stand only where a command may stand: in `run`, `deploy`, `after`, alone or in a list.", call)
}

func commandInText(call string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("command-not-here", at, "Command inside a text", "%s() gives whole commands, which cannot be part of a text. Write a list: [%s({ … }), \"…\"].", call, call)
}

func scriptElsewhere(at hcl.Range) *diag.Diagnostic {
	return diag.Problem("bad-script", at, "Script where no command stands", "script() is a whole command: run = script(\"ci/test.sh\"), or an element of a list of commands. It is no part of a text or of an expression.")
}

func unknownFunction(name string, known []string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("unknown-function", at, "Unknown function", "There is no function %s().%s", name, cmp.Or(language.Answer(language.ForeignFunctions, name), diag.Suggest(name, known)))
}

func wrongArgumentCount(f *language.Function, got int, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("wrong-argument", at, "Wrong number of arguments", "It is %s, and here it gets %d. For example: %s.", f.Signature, got, f.Example)
}

func wrongArgument(f *language.Function, i int, want, got string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("wrong-argument", at, "Wrong argument", "In %s %q is %s, and this is %s. For example: %s.", f.Signature, f.Parameter(i), want, got, f.Example)
}

func callFailed(f *language.Function, why string, at hcl.Range) *diag.Diagnostic {
	return diag.Problem("wrong-argument", at, "Call that gives nothing", "%s: %s. For example: %s.", f.Signature, strings.TrimSuffix(why, "."), f.Example)
}
