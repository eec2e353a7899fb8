package schema

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// A command is called like a function, LIBRARY::NAME({ … }), and gives texts.
// What the call hands over are words: each reaches the program as one argument,
// whatever is in it.

// Call is the call that a text comes from, and what it asks of the block.
type Call struct {
	Name    string // mettleci::deploy
	OS      string // "" when it runs on all
	Needs   []Need // by name
	Range   hcl.Range
	Defined hcl.Range // of the command that asks for the operating system
}

// Need is an environment variable that a call needs.
type Need struct {
	Name   string
	Secret bool
}

func isCommand(x *hclsyntax.FunctionCallExpr) bool { return strings.Contains(x.Name, "::") }

// commandCall finds a call of a command in an expression, or nil.
func commandCall(x hclsyntax.Expression) *hclsyntax.FunctionCallExpr {
	if all := commandCalls(x); len(all) > 0 {
		return all[0]
	}
	return nil
}

// commandCalls are all calls of commands in an expression.
func commandCalls(x hclsyntax.Expression) []*hclsyntax.FunctionCallExpr {
	var out []*hclsyntax.FunctionCallExpr
	hclsyntax.VisitAll(x, func(n hclsyntax.Node) hcl.Diagnostics {
		if c, ok := n.(*hclsyntax.FunctionCallExpr); ok && isCommand(c) {
			out = append(out, c)
		}
		return nil
	})
	return out
}

// The limits of what commands make of a policy: a command that calls two others
// that call two others comes to any number of texts.
const (
	maxCalls = 4096
	maxSegs  = 4096 // in one word, and in all that one call runs
)

// call gives the texts that a command runs.
func (d *decoder) call(e *evaluator, x *hclsyntax.FunctionCallExpr, s scope) val {
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
	if lib.decoder.diags != e.diags {
		e.diags.Add(lib.decoder.diags.Take())
	}
	if texts == nil {
		return nil
	}
	return commands{x.Name, args, texts}
}

// commandOf finds the command that a call means.
func (d *decoder) commandOf(e *evaluator, x *hclsyntax.FunctionCallExpr) (*library, *Definition) {
	alias, name, _ := strings.Cut(x.Name, "::")
	lib := d.libraries[alias]
	if lib == nil {
		if !e.diags.Broken {
			e.report(unknownLibrary(alias, keysOf(d.libraries), x.NameRange))
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
	if !lib.broken && !e.diags.Broken {
		e.report(unknownCommand(lib.title(alias), name, lib.decoder.commandNames(), x.NameRange))
	}
	return lib, nil
}

func (l *library) title(alias string) string {
	if l.use == nil {
		return "The policy"
	}
	return fmt.Sprintf("The library %q", alias)
}

// envValue is env.NAME: a variable of the machine or of the block.
func (e *evaluator) envValue(t hcl.Traversal) val {
	if len(t) != 2 || !variablePattern().MatchString(attrName(t[1])) {
		e.report(problem("unknown-run-value", t.SourceRange(), "Incomplete value", "Write env.NAME, with the name of an environment variable."))
		return nil
	}
	return later{[]Seg{{Ref: EnvValue, Key: attrName(t[1]), Range: t.SourceRange()}}}
}
