package schema

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/eval"
)

// A command is called like a function, LIBRARY::NAME({ … }), and gives texts.
// What the call hands over are words: each reaches the program as one argument,
// whatever is in it.

// The limits of what commands make of a policy: a command that calls two others
// that call two others comes to any number of texts.
const (
	maxCalls = 4096
	maxSegs  = 4096 // in one word, and in all that one call runs
)

// Call gives the texts that a command runs.
func (d *decoder) Call(e *eval.Evaluator, x *hclsyntax.FunctionCallExpr, s eval.Scope) eval.Val {
	lib, c := d.commandOf(e, x)
	if c == nil {
		return nil
	}
	c.Used = true
	if c.broken {
		return nil
	}
	args, ok := argumentsOf(e, x, c, s)
	if !ok {
		return nil
	}
	texts := lib.decoder.expand(x, c, args)
	if lib.decoder.diags != e.Diags {
		e.Diags.Add(lib.decoder.diags.Take())
	}
	if texts == nil {
		return nil
	}
	return eval.Commands{Name: x.Name, Arguments: args, Texts: texts}
}

// commandOf finds the command that a call means.
func (d *decoder) commandOf(e *eval.Evaluator, x *hclsyntax.FunctionCallExpr) (*library, *Definition) {
	alias, name, _ := strings.Cut(x.Name, "::")
	lib := d.libraries[alias]
	if lib == nil {
		if !e.Diags.Broken {
			e.Report(unknownLibrary(alias, slices.Sorted(maps.Keys(d.libraries)), x.NameRange))
		}
		return nil, nil
	}
	if lib.use != nil {
		lib.use.Used = true
	}
	if lib.decoder == nil {
		return lib, nil // it could not be read
	}
	if c := lib.decoder.commandNamed(name); c != nil {
		return lib, c
	}
	if !lib.broken && !e.Diags.Broken {
		e.Report(unknownCommand(lib.title(alias), name, lib.decoder.commandNames(), x.NameRange))
	}
	return lib, nil
}

func (l *library) title(alias string) string {
	if l.use == nil {
		return "The policy"
	}
	return fmt.Sprintf("The library %q", alias)
}
