package fettle_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

// readers are who makes something of a plan: the targets and the script, the
// report, and the rules and the comparison. What none of them reads is a promise
// that nothing keeps.
var readers = []string{"generators", "report", "lint"}

// explained are words about a guard, which no pipeline needs: `fettle explain`
// and docs/guards.md print them, from the table itself.
var explained = []string{"Guard.Also", "Guard.Why", "Guard.Spares", "Guard.Way"}

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
		if !read[f] && !slices.Contains(explained, name) {
			t.Errorf("nothing reads the field %s of the plan", name)
		}
	}
}

// A name is exported for other packages: of the program, or of the tests that
// use a package from outside, as it does. What a template calls is exported too,
// and so are all members of an enumeration.
func TestExportedNamesAreUsed(t *testing.T) {
	all := loaded(t)
	used := map[types.Object]bool{}
	for _, p := range all {
		for _, o := range p.TypesInfo.Uses {
			if o.Pkg() != nil && o.Pkg() != p.Types {
				used[declared(o)] = true
			}
		}
	}
	words := wordsOfTestsAndTemplates(t)
	for _, p := range all {
		if strings.HasPrefix(p.PkgPath, module+"internal/test/") {
			continue
		}
		for _, o := range exported(p.Types) {
			if !used[o] && !words[o.Name()] {
				t.Errorf("%s: nothing outside of %s uses %s", p.Fset.Position(o.Pos()), p.PkgPath, o.Name())
			}
		}
	}
}

// declared is what stands in the source, where an object is an instance of it.
func declared(o types.Object) types.Object {
	if f, is := o.(*types.Func); is {
		return f.Origin()
	}
	return o
}

// forOthers are methods that interfaces of the standard library ask for.
var forOthers = []string{"String", "Error", "MarshalJSON"}

// exported are the functions, variables, constants and methods that a package
// offers. Types are not among them: what offers a value need not be named.
func exported(p *types.Package) []types.Object {
	var out []types.Object
	for _, name := range p.Scope().Names() {
		switch o := p.Scope().Lookup(name).(type) {
		case *types.TypeName:
			if named, is := o.Type().(*types.Named); is && p.Name() != "main" {
				for m := range named.Methods() {
					if !slices.Contains(forOthers, m.Name()) {
						out = append(out, m)
					}
				}
			}
		case *types.Const:
			if named, is := o.Type().(*types.Named); !is || named.Obj().Pkg() != p {
				out = append(out, o)
			}
		default:
			out = append(out, o)
		}
	}
	return slices.DeleteFunc(out, func(o types.Object) bool { return !o.Exported() })
}

var selected = regexp.MustCompile(`\.([A-Z][A-Za-z0-9]*)`)

// wordsOfTestsAndTemplates are the names that templates and tests write behind a
// dot. Whose they are is not asked: to read the types of all tests takes long.
func wordsOfTestsAndTemplates(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, ".tmpl") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range selected.FindAllSubmatch(text, -1) {
			out[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func loaded(t *testing.T) map[string]*packages.Package {
	t.Helper()
	found, err := load()
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

var load = sync.OnceValues(func() ([]*packages.Package, error) {
	return packages.Load(&packages.Config{Mode: packages.LoadSyntax}, "./...")
})

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
