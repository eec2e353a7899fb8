// Package errexit finds failures that a script ignores although it begins with
// set -e: in a function that is called under ||, &&, if, while or !, a shell
// switches that off, for all that the function calls.
package errexit

import (
	"fmt"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// Ignored is a failure that nobody sees.
type Ignored struct {
	Function string
	Line     uint
	Text     string
}

func (i Ignored) String() string { return fmt.Sprintf("%s, line %d: %s", i.Function, i.Line, i.Text) }

// Rules are what must be known of a script beside its text.
type Rules struct {
	// Callers are functions that call what one of their arguments names: which.
	Callers map[string]int
	// Off are those of them that call it where set -e is off.
	Off []string
	// Watched are commands whose failure must show also at the head of a pipe,
	// where no shell sees it, unless what reads from them is one of Readers.
	Watched, Readers []string
	// Harmless are commands and functions whose failure means nothing.
	Harmless []string
}

// builtins fail by an answer, or not at all.
var builtins = []string{":", "[", "break", "case", "command", "continue", "echo", "eval", "exec", "export", "false", "getopts", "local", "printf", "pwd", "read", "readonly", "set", "shift", "test", "times", "trap", "true", "type", "ulimit", "umask", "unset", "wait"}

// Find reads a script and says what it ignores.
func Find(script []byte, rules Rules) ([]Ignored, error) {
	file, err := syntax.NewParser(syntax.Variant(syntax.LangPOSIX)).Parse(strings.NewReader(string(script)), "")
	if err != nil {
		return nil, err
	}
	f := &finder{rules: rules, functions: map[string]*syntax.Stmt{}, off: map[string]bool{}, text: string(script)}
	syntax.Walk(file, func(n syntax.Node) bool {
		if d, ok := n.(*syntax.FuncDecl); ok {
			f.functions[d.Name.Value] = d.Body
		}
		return true
	})
	f.fails = f.fixpoint(f.mayFail)
	f.returns = f.fixpoint(f.mayReturn)
	f.reach(file)
	for name, body := range f.functions {
		f.name = name
		if f.off[name] {
			f.list([]*syntax.Stmt{body}, true)
		}
		f.pipes(body)
		f.decisions(body)
	}
	slices.SortFunc(f.found, func(a, b Ignored) int { return int(a.Line) - int(b.Line) })
	return slices.Compact(f.found), nil
}

type finder struct {
	rules     Rules
	functions map[string]*syntax.Stmt
	fails     map[string]bool // in a process of its own: also what ends it
	returns   map[string]bool // to who called it
	off       map[string]bool // is called where set -e is off
	name      string          // of the function that is looked at
	text      string
	found     []Ignored
}

// fixpoint asks of each function, until nothing changes any more.
func (f *finder) fixpoint(ask func(body *syntax.Stmt, known map[string]bool) bool) map[string]bool {
	known := map[string]bool{}
	for changed := true; changed; {
		changed = false
		for name, body := range f.functions {
			if !known[name] && !slices.Contains(f.rules.Harmless, name) && ask(body, known) {
				known[name], changed = true, true
			}
		}
	}
	return known
}

// commandName is the command that a call names; "" where it is a variable.
func commandName(c *syntax.CallExpr) string {
	args := c.Args
	for len(args) > 1 && (args[0].Lit() == "command") {
		args = args[1:]
	}
	if len(args) == 0 {
		return ""
	}
	return args[0].Lit()
}

// risky tells whether a call can fail in a way that matters.
func (f *finder) risky(c *syntax.CallExpr, functions map[string]bool) bool {
	name := commandName(c)
	switch {
	case len(c.Args) == 0, slices.Contains(f.rules.Harmless, name), name == "return":
		return false
	case name == "exit":
		return true
	case name == "":
		return true
	case f.rules.Callers[name] > 0 && len(c.Args) > f.rules.Callers[name]:
		callee := c.Args[f.rules.Callers[name]].Lit()
		return callee == "" || functions[name] || functions[callee] || f.functions[callee] == nil
	case f.functions[name] != nil && !(len(c.Args) > 1 && c.Args[0].Lit() == "command"):
		return functions[name]
	default:
		return !slices.Contains(builtins, name)
	}
}

// mayFail: something in it may fail, or ends the process.
func (f *finder) mayFail(body *syntax.Stmt, known map[string]bool) bool {
	found := false
	syntax.Walk(body, func(n syntax.Node) bool {
		if c, ok := n.(*syntax.CallExpr); ok && f.risky(c, known) {
			found = true
		}
		return !found
	})
	return found
}

// mayReturn: it may come back with a failure, by a return or by its last command.
func (f *finder) mayReturn(body *syntax.Stmt, known map[string]bool) bool {
	found := f.lastFails(body, known)
	syntax.Walk(body, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Subshell, *syntax.CmdSubst:
			return false
		case *syntax.CallExpr:
			if commandName(n) == "return" && (len(n.Args) == 1 || n.Args[1].Lit() != "0") {
				found = true
			}
		}
		return !found
	})
	return found
}

// lastFails tells whether the status of a statement can be a failure that
// matters: that of a call, not the answer of a test.
func (f *finder) lastFails(s *syntax.Stmt, known map[string]bool) bool {
	if s == nil || s.Negated {
		return false
	}
	last := func(list []*syntax.Stmt) bool { return len(list) > 0 && f.lastFails(list[len(list)-1], known) }
	switch c := s.Cmd.(type) {
	case *syntax.CallExpr:
		if len(c.Args) == 0 {
			return f.substitutes(c)
		}
		return f.risky(c, known) && commandName(c) != "exit" && commandName(c) != "fail" && commandName(c) != "refuse" && commandName(c) != "usage"
	case *syntax.BinaryCmd:
		if c.Op == syntax.Pipe {
			return f.piped(c.Y)
		}
		return f.lastFails(c.Y, known) || c.Op == syntax.AndStmt && f.lastFails(c.X, known)
	case *syntax.Block:
		return last(c.Stmts)
	case *syntax.Subshell:
		return f.mayFail(s, f.fails)
	case *syntax.IfClause:
		for i := c; i != nil; i = i.Else {
			if last(i.Then) {
				return true
			}
		}
		return false
	case *syntax.CaseClause:
		return slices.ContainsFunc(c.Items, func(i *syntax.CaseItem) bool { return last(i.Stmts) })
	case *syntax.WhileClause:
		return last(c.Do)
	case *syntax.ForClause:
		return last(c.Do)
	}
	return false
}

// piped: the last part of a pipe is a process of its own, which whatever ends it
// ends alone.
func (f *finder) piped(s *syntax.Stmt) bool { return f.mayFail(s, f.fails) }

// substitutes tells whether an assignment takes what a command prints that may
// fail.
func (f *finder) substitutes(n syntax.Node) bool {
	found := false
	syntax.Walk(n, func(n syntax.Node) bool {
		if c, ok := n.(*syntax.CmdSubst); ok {
			for _, s := range c.Stmts {
				found = found || f.mayFail(s, f.fails)
			}
		}
		return !found
	})
	return found
}

// reach finds the functions that are called where set -e is off.
func (f *finder) reach(file *syntax.File) {
	var edges = map[string][]string{}
	var from string
	var walk func(n syntax.Node, off bool)
	list := func(stmts []*syntax.Stmt, off bool) {
		for _, s := range stmts {
			walk(s, off)
		}
	}
	call := func(name string, off bool) {
		if f.functions[name] == nil {
			return
		}
		if off {
			f.off[name] = true
		}
		edges[from] = append(edges[from], name)
	}
	walk = func(n syntax.Node, off bool) {
		syntax.Walk(n, func(n syntax.Node) bool {
			switch n := n.(type) {
			case *syntax.FuncDecl:
				outer := from
				from = n.Name.Value
				walk(n.Body, false)
				from = outer
				return false
			case *syntax.Stmt:
				if n.Negated && !off {
					plain := *n
					plain.Negated = false
					walk(&plain, true)
					return false
				}
			case *syntax.BinaryCmd:
				if n.Op != syntax.Pipe {
					walk(n.X, true)
					walk(n.Y, off)
					return false
				}
			case *syntax.IfClause:
				list(n.Cond, len(n.Then) > 0 && len(n.Cond) > 0 || off)
				list(n.Then, off)
				if n.Else != nil {
					walk(n.Else, off)
				}
				return false
			case *syntax.WhileClause:
				list(n.Cond, true)
				list(n.Do, off)
				return false
			case *syntax.CallExpr:
				name := commandName(n)
				call(name, off)
				if at := f.rules.Callers[name]; at > 0 && len(n.Args) > at {
					call(n.Args[at].Lit(), off || slices.Contains(f.rules.Off, name))
				}
				if name == "" && len(n.Args) > 0 { // "read_$kind"
					if q, ok := n.Args[0].Parts[0].(*syntax.DblQuoted); ok && len(q.Parts) > 0 {
						if lit, ok := q.Parts[0].(*syntax.Lit); ok {
							for other := range f.functions {
								if strings.HasPrefix(other, lit.Value) {
									call(other, off)
								}
							}
						}
					}
				}
			}
			return true
		})
	}
	walk(file, false)
	for changed := true; changed; {
		changed = false
		for name := range f.off {
			for _, to := range edges[name] {
				if !f.off[to] {
					f.off[to], changed = true, true
				}
			}
		}
	}
}

// list looks at statements one after the other; last tells whether the status of
// the last one is somebody's to see.
func (f *finder) list(stmts []*syntax.Stmt, last bool) {
	for i, s := range stmts {
		f.stmt(s, last && i == len(stmts)-1 || i < len(stmts)-1 && asks(stmts[i+1]))
	}
}

// asks tells whether a statement takes the status of the one before it.
func asks(s *syntax.Stmt) bool {
	c, ok := s.Cmd.(*syntax.CallExpr)
	if !ok {
		return false
	}
	if commandName(c) == "return" && len(c.Args) == 1 {
		return true
	}
	found := false
	syntax.Walk(c, func(n syntax.Node) bool {
		p, ok := n.(*syntax.ParamExp)
		found = found || ok && p.Param != nil && p.Param.Value == "?"
		return !found
	})
	return found
}

// stmt looks at one statement; seen tells whether its status is.
func (f *finder) stmt(s *syntax.Stmt, seen bool) {
	switch c := s.Cmd.(type) {
	case *syntax.CallExpr:
		if seen || s.Negated {
			return
		}
		if len(c.Args) == 0 {
			if f.substitutes(c) {
				f.report(s)
			}
			return
		}
		if f.risky(c, f.returns) && commandName(c) != "exit" {
			f.report(s)
		}
	case *syntax.BinaryCmd:
		f.binary(s, c, seen)
	case *syntax.Block:
		f.list(c.Stmts, seen)
	case *syntax.Subshell:
		f.list(c.Stmts, true)
		if !seen && f.mayFail(s, f.fails) {
			f.report(s)
		}
	case *syntax.IfClause:
		for i := c; i != nil; i = i.Else {
			f.list(i.Cond, true)
			f.list(i.Then, seen)
		}
	case *syntax.CaseClause:
		for _, i := range c.Items {
			f.list(i.Stmts, seen)
		}
	case *syntax.WhileClause:
		f.list(c.Cond, true)
		f.list(c.Do, false)
	case *syntax.ForClause:
		f.list(c.Do, false)
	}
}

func (f *finder) binary(s *syntax.Stmt, c *syntax.BinaryCmd, seen bool) {
	if c.Op == syntax.Pipe {
		if !seen && f.piped(c.Y) {
			f.report(s)
		}
		f.stmt(c.X, true)
		f.stmt(c.Y, true)
		return
	}
	f.stmt(c.X, true)
	// What stands after a test that did not hold is not run, which is no failure.
	f.stmt(c.Y, seen)
}

// pipes looks for watched commands whose failure a pipe or a loop swallows.
func (f *finder) pipes(body *syntax.Stmt) {
	syntax.Walk(body, func(n syntax.Node) bool {
		if loop, ok := n.(*syntax.ForClause); ok && f.watches(loop.Loop) {
			f.report(&syntax.Stmt{Cmd: loop, Position: loop.Pos()})
		}
		c, ok := n.(*syntax.BinaryCmd)
		if !ok || c.Op != syntax.Pipe {
			return true
		}
		if r, ok := c.Y.Cmd.(*syntax.CallExpr); ok && slices.Contains(f.rules.Readers, commandName(r)) {
			return false
		}
		if f.watches(c.X) {
			f.report(&syntax.Stmt{Cmd: c, Position: c.Pos()})
		}
		return true
	})
}

// decisions looks for what decides by something that a function prints which may
// fail: in a test, a case or set -- nothing sees the failure, and nothing printed
// is an answer too.
func (f *finder) decisions(body *syntax.Stmt) {
	syntax.Walk(body, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.CallExpr:
			if name := commandName(n); (name == "set" || name == "[" || name == "test") && f.asksFunction(n.Args...) {
				f.report(&syntax.Stmt{Cmd: n, Position: n.Pos()})
			}
		case *syntax.CaseClause:
			if f.asksFunction(n.Word) {
				f.report(&syntax.Stmt{Cmd: n, Position: n.Pos()})
			}
		case *syntax.ArithmExp:
			if f.substitutes(n) {
				f.report(&syntax.Stmt{Cmd: &syntax.ArithmCmd{Left: n.Pos(), Right: n.End()}, Position: n.Pos()})
			}
		}
		return true
	})
}

// asksFunction tells whether words hold what a function of the script prints that
// may fail.
func (f *finder) asksFunction(words ...*syntax.Word) bool {
	found := false
	for _, w := range words {
		syntax.Walk(w, func(n syntax.Node) bool {
			s, ok := n.(*syntax.Stmt)
			if !ok {
				return !found
			}
			if slices.ContainsFunc(s.Redirs, func(r *syntax.Redirect) bool { return r.N != nil && r.N.Value == "2" }) {
				return false // its failure is an answer that is asked for
			}
			if c, ok := s.Cmd.(*syntax.CallExpr); ok && f.fails[commandName(c)] {
				found = true
			}
			return !found
		})
	}
	return found
}

// watches tells whether a watched command is called in it, arguments aside.
func (f *finder) watches(n syntax.Node) bool {
	found := false
	syntax.Walk(n, func(n syntax.Node) bool {
		c, ok := n.(*syntax.CallExpr)
		found = found || ok && slices.Contains(f.rules.Watched, commandName(c))
		return !found && !ok
	})
	return found
}

func (f *finder) report(s *syntax.Stmt) {
	from, to := s.Pos().Offset(), s.End().Offset()
	f.found = append(f.found, Ignored{f.name, s.Pos().Line(), f.text[from:to]})
}
