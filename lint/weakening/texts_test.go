package weakening_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/weakening"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// TestNoTextIsSilent changes the texts of all cases: each attribute, block and
// element of a list is left out in turn, each text is another one. Where that still
// compiles and makes another plan, it is a finding or is named, in one direction, or
// all that differs cannot weaken. So a field of the plan that is not looked at
// because it follows from others does follow from them.
func TestNoTextIsSilent(t *testing.T) {
	t.Parallel()
	harmless := map[string]bool{}
	for _, f := range weakening.Unwatched {
		harmless[f.Field] = !strings.HasPrefix(f.Why, "follows from ")
	}
	files, err := filepath.Glob("../../testdata/cases/*/policy.hcl")
	if err != nil {
		t.Fatal(err)
	}
	compiled, told := 0, 0
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		before := caseOf(t, file)
		for _, v := range variants(t, src) {
			now := textOf(filepath.Dir(file), v.text)
			if now == nil {
				continue
			}
			compiled++
			differs := differences(before.Plan, now.Plan)
			maps.DeleteFunc(differs, func(f string, _ bool) bool { return harmless[f] })
			switch {
			case len(differs) == 0:
			case noticed(before, now):
				told++
			default:
				t.Errorf("%s: %s: nothing is said, and of the plan differs %v", filepath.Base(filepath.Dir(file)), v.what, slices.Sorted(maps.Keys(differs)))
			}
		}
	}
	if compiled < 800 || told < 700 {
		t.Errorf("of the changed texts %d compiled, and %d were told", compiled, told)
	}
}

func textOf(dir string, src []byte) *lint.Pass {
	p, diags := schema.Parse(schema.Input{Sources: []syntax.Source{{Name: "policy.hcl", Bytes: src}}, Files: os.DirFS(dir)})
	if diags.HasErrors() {
		return nil
	}
	plan, diags := flow.Lower(p)
	if diags.HasErrors() {
		return nil
	}
	return &lint.Pass{Policy: p, Plan: plan}
}

// variant is a changed text, and what was done to it.
type variant struct {
	what string
	text []byte
}

func variants(t *testing.T, src []byte) []variant {
	t.Helper()
	f, diags := hclsyntax.ParseConfig(src, "policy.hcl", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var out []variant
	change := func(what string, at hcl.Range, by string) {
		out = append(out, variant{what, slices.Concat(src[:at.Start.Byte], []byte(by), src[at.End.Byte:])})
	}
	var body func(b *hclsyntax.Body, path string)
	body = func(b *hclsyntax.Body, path string) {
		for _, name := range slices.Sorted(maps.Keys(b.Attributes)) {
			a := b.Attributes[name]
			change("without "+path+name, a.SrcRange, "")
			switch x := a.Expr.(type) {
			case *hclsyntax.TupleConsExpr:
				for i := range x.Exprs {
					var rest []string
					for k, e := range x.Exprs {
						if k != i {
							rest = append(rest, string(e.Range().SliceBytes(src)))
						}
					}
					change("one less of "+path+name, x.Range(), "["+strings.Join(rest, ", ")+"]")
				}
			case *hclsyntax.TemplateExpr:
				text := x.Range().SliceBytes(src)
				if last := bytes.LastIndexByte(text, '"'); last > 0 && text[0] == '"' {
					change("another "+path+name, x.Range(), string(text[:last])+`x"`)
				}
			case *hclsyntax.LiteralValueExpr:
				if x.Val.Type() == cty.Bool {
					change("not "+path+name, x.Range(), map[bool]string{true: "false", false: "true"}[x.Val.True()])
				}
			}
		}
		for _, n := range b.Blocks {
			at := path + strings.Join(append([]string{n.Type}, n.Labels...), ".")
			change("without "+at, hcl.RangeBetween(n.TypeRange, n.CloseBraceRange), "")
			body(n.Body, at+".")
		}
	}
	body(f.Body.(*hclsyntax.Body), "")
	return out
}

// differences are the fields in which two plans differ.
func differences(a, b *flow.Plan) map[string]bool {
	out := map[string]bool{}
	compare(reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem(), "Plan", out, map[unsafe.Pointer]bool{})
	return out
}

func compare(a, b reflect.Value, field string, out map[string]bool, seen map[unsafe.Pointer]bool) {
	switch a.Kind() {
	case reflect.Struct:
		switch {
		case a.Type() == reflect.TypeFor[hcl.Range]():
		case opaque(a.Type()):
			out[field] = out[field] || !reflect.DeepEqual(a.Interface(), b.Interface())
		default:
			for i := range a.NumField() {
				if f := a.Type().Field(i); f.IsExported() {
					compare(a.Field(i), b.Field(i), a.Type().Name()+"."+f.Name, out, seen)
				}
			}
		}
	case reflect.Pointer:
		switch {
		case a.IsNil() || b.IsNil():
			out[field] = out[field] || a.IsNil() != b.IsNil()
		case opaque(a.Type()):
			out[field] = out[field] || a.UnsafePointer() != b.UnsafePointer()
		case !seen[a.UnsafePointer()]:
			seen[a.UnsafePointer()] = true
			compare(a.Elem(), b.Elem(), field, out, seen)
		}
	case reflect.Interface:
		if a.IsNil() || b.IsNil() || a.Elem().Type() != b.Elem().Type() {
			out[field] = out[field] || a.IsNil() != b.IsNil() || !a.IsNil()
			break
		}
		compare(a.Elem(), b.Elem(), field, out, seen)
	case reflect.Slice:
		out[field] = out[field] || a.Len() != b.Len()
		for i := range min(a.Len(), b.Len()) {
			compare(a.Index(i), b.Index(i), field, out, seen)
		}
	default:
		out[field] = out[field] || !a.Equal(b)
	}
	if !out[field] {
		delete(out, field)
	}
}
