package fettle_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// readers are who makes something of a plan: the targets and the script, the
// report, and the rules and the comparison. What none of them reads is a promise
// that nothing keeps.
var readers = []string{"generators", "report", "lint"}

// Every field of the plan, and of what it is made of, is read by one of them.
func TestEveryFieldOfThePlanIsRead(t *testing.T) {
	all := loaded(t)
	plan := all[module+"flow"].Types
	read := map[*types.Var]bool{}
	for _, p := range all {
		if isReader(p.PkgPath) {
			readsIn(p, read)
		}
	}
	fields := fieldsFrom(plan, plan.Scope().Lookup("Plan").Type())
	if len(fields) < 100 {
		t.Errorf("%d fields are found in the plan", len(fields))
	}
	for name, f := range fields {
		if !read[f] {
			t.Errorf("nothing reads the field %s of the plan", name)
		}
	}
}

func loaded(t *testing.T) map[string]*packages.Package {
	t.Helper()
	found, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*packages.Package{}
	for _, p := range found {
		for _, e := range p.Errors {
			t.Fatal(e)
		}
		all[p.PkgPath] = p
	}
	return all
}

func isReader(path string) bool {
	folder, _, _ := strings.Cut(strings.TrimPrefix(path, module), "/")
	return slices.Contains(readers, folder)
}

// readsIn notes the fields that a package takes the value of: x.Field, but for
// the left side of an assignment, and all fields of what it converts as a whole.
func readsIn(p *packages.Package, read map[*types.Var]bool) {
	for _, file := range p.Syntax {
		written := map[ast.Expr]bool{}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, left := range n.Lhs {
					written[left] = n.Tok == token.ASSIGN
				}
			case *ast.SelectorExpr:
				if s := p.TypesInfo.Selections[n]; s != nil && s.Kind() == types.FieldVal && !written[n] {
					read[s.Obj().(*types.Var)] = true
				}
			case *ast.CallExpr:
				if p.TypesInfo.Types[n.Fun].IsType() {
					if s, is := p.TypesInfo.TypeOf(n.Args[0]).Underlying().(*types.Struct); is {
						for f := range s.Fields() {
							read[f] = true
						}
					}
				}
			}
			return true
		})
	}
}

// fieldsFrom are the exported fields of every struct of the package that a type
// holds, by name. An interface holds what implements it.
func fieldsFrom(in *types.Package, from types.Type) map[string]*types.Var {
	out, seen := map[string]*types.Var{}, map[types.Type]bool{}
	var visit func(t types.Type)
	visit = func(t types.Type) {
		if seen[t] {
			return
		}
		seen[t] = true
		switch u := t.Underlying().(type) {
		case *types.Struct:
			named, is := t.(*types.Named)
			if !is || named.Obj().Pkg() != in {
				return
			}
			for f := range u.Fields() {
				if f.Exported() {
					out[named.Obj().Name()+"."+f.Name()] = f
				}
				visit(f.Type())
			}
		case *types.Interface:
			for _, name := range in.Scope().Names() {
				if o, is := in.Scope().Lookup(name).(*types.TypeName); is && u.NumMethods() > 0 && types.Implements(types.NewPointer(o.Type()), u) {
					visit(o.Type())
				}
			}
		case *types.Map:
			visit(u.Key())
			visit(u.Elem())
		case interface{ Elem() types.Type }: // pointer, slice, array
			visit(u.Elem())
		}
	}
	visit(from)
	return out
}
