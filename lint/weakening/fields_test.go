package weakening_test

import (
	"fmt"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/weakening"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// TestEveryFieldIsWatched changes each field of the plans of all cases, one at a
// time. A field that a subject names is found wherever it changes, as weaker in
// one of the two directions or as something that a reader must judge. Every
// other field stands in the list of those that cannot weaken, with its reason;
// one whose every change is found needs no place there.
func TestEveryFieldIsWatched(t *testing.T) {
	t.Parallel()
	watched := map[string]bool{}
	for _, s := range weakening.Subjects {
		for _, f := range s.Fields {
			watched[f] = true
		}
	}
	for _, f := range weakening.Unwatched {
		if watched[f.Field] || f.Why == "" {
			t.Errorf("%s is watched, or has no reason", f.Field)
		}
	}
	seen, missed, needed := map[string]int{}, map[string]string{}, map[string]bool{}
	files, err := filepath.Glob("../../testdata/cases/*/policy.hcl")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, file := range files {
		before, now := caseOf(t, file), caseOf(t, file)
		change(now.Plan, func(field, what string) bool {
			seen[field]++
			if unwatched[field] && needed[field] {
				return false // it has shown that it is needed
			}
			return !absent(field, what, now.Policy)
		}, func(field, what string) {
			switch found := noticed(before, now); {
			case !found && unwatched[field]:
				needed[field] = true
			case !found && missed[field] == "":
				missed[field] = filepath.Base(filepath.Dir(file)) + ": " + what
			}
		})
	}
	for _, field := range slices.Sorted(maps.Keys(missed)) {
		t.Errorf("a change of %s is neither found nor named, and the field is in no list: %s", field, missed[field])
	}
	for field := range watched {
		if seen[field] == 0 {
			t.Errorf("%s is in no plan of a case", field)
		}
	}
	for field := range unwatched {
		if !needed[field] {
			t.Errorf("%s needs no place in the list: each change of it is found (%d)", field, seen[field])
		}
	}
}

// unwatched are the fields that cannot weaken.
var unwatched = func() map[string]bool {
	out := map[string]bool{}
	for _, f := range weakening.Unwatched {
		out[f.Field] = true
	}
	return out
}()

// absent tells whether no policy gives a field its meaning there: the block that it
// is about is not in this one, or the system is no target.
func absent(field, at string, p *schema.Policy) bool {
	target := func(name string) bool {
		return slices.ContainsFunc(p.Targets, func(v schema.Value[string]) bool { return v.V == name })
	}
	switch field {
	case "Group.GitHub", "Group.GitLab", "Group.Azure", "Group.Jenkins":
		return !target(strings.ToLower(strings.TrimPrefix(field, "Group.")))
	case "Approval.Authors":
		return strings.HasPrefix(at, ".BreakGlass.") // which excludes who asked, and nobody else
	case "MergeBack.Mode", "MergeBack.OnConflict", "MergeBack.Owner", "MergeBack.Within", "Plan.Incident", "Plan.Mirror":
		return p.Hotfix == nil
	case "Publish.Stored":
		return p.Redeploy == nil // nothing brings the artifact back
	}
	return false
}

func caseOf(t testing.TB, file string) *lint.Pass {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p, diags := schema.Parse(schema.Input{Sources: []syntax.Source{{Name: "policy.hcl", Bytes: src}}, Files: os.DirFS(filepath.Dir(file))})
	plan, more := flow.Lower(p)
	if diags.HasErrors() || more.HasErrors() {
		t.Fatalf("%s does not compile", file)
	}
	return &lint.Pass{Policy: p, Plan: plan}
}

// noticed tells whether a change is told, in the direction in which it weakens.
func noticed(before, now *lint.Pass) bool {
	for _, d := range [][2]*lint.Pass{{before, now}, {now, before}} {
		if len(weakening.Compare(d[0], d[1])) > 0 || len(weakening.Differences(d[0], d[1], "then")) > 0 {
			return true
		}
	}
	return false
}

// changer walks a plan and changes each field of it in turn.
type changer struct {
	seen   map[unsafe.Pointer]bool
	others map[reflect.Type][]reflect.Value // pointers of the plan, by type
	wanted func(field, what string) bool
	made   func(field, what string)
}

func change(p *flow.Plan, wanted func(field, what string) bool, made func(field, what string)) {
	c := &changer{map[unsafe.Pointer]bool{}, map[reflect.Type][]reflect.Value{}, wanted, made}
	gather(reflect.ValueOf(p), c.others, map[unsafe.Pointer]bool{})
	c.structure(reflect.ValueOf(p).Elem(), "", func() {})
}

// gather collects the pointers of a plan.
func gather(v reflect.Value, into map[reflect.Type][]reflect.Value, seen map[unsafe.Pointer]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || seen[v.UnsafePointer()] || opaque(v.Type()) {
			return
		}
		seen[v.UnsafePointer()] = true
		into[v.Type()] = append(into[v.Type()], v)
		gather(v.Elem(), into, seen)
	case reflect.Interface:
		if !v.IsNil() {
			gather(v.Elem(), into, seen)
		}
	case reflect.Slice:
		for i := range v.Len() {
			gather(v.Index(i), into, seen)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && !opaque(v.Type()) {
				gather(v.Field(i), into, seen)
			}
		}
	}
}

// opaque are types that are not walked into: places in files, points in time, and
// the guards, which are the compiler's and in no policy.
func opaque(t reflect.Type) bool {
	return t == reflect.TypeFor[hcl.Range]() || t == reflect.TypeFor[time.Time]() || t == reflect.TypeFor[*flow.Guard]() || t == reflect.TypeFor[flow.Guard]()
}

// structure changes the fields of a struct; commit brings a change to where the
// struct was copied from.
func (c *changer) structure(v reflect.Value, at string, commit func()) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Type == reflect.TypeFor[hcl.Range]() {
			continue // a place in a file
		}
		field := v.Field(i)
		if !f.IsExported() {
			field = reflect.NewAt(f.Type, unsafe.Pointer(field.UnsafeAddr())).Elem()
		}
		c.value(field, v.Type().Name()+"."+f.Name, at+"."+f.Name, commit, f.IsExported())
	}
}

// value changes one value, and what is in it.
func (c *changer) value(v reflect.Value, field, at string, commit func(), descend bool) {
	if c.wanted(field, at) {
		was := reflect.New(v.Type()).Elem()
		was.Set(v)
		for _, other := range c.instead(v, field) {
			v.Set(other)
			commit()
			c.made(field, fmt.Sprintf("%s is %s", at, short(other)))
			v.Set(was)
			commit()
		}
	}
	if descend && (v.Kind() != reflect.Pointer || !unwatched[field]) { // what such a pointer names is changed where it stands
		c.inside(v, field, at, commit)
	}
}

func short(v reflect.Value) string {
	text := fmt.Sprintf("%v", v)
	return text[:min(len(text), 60)]
}

func (c *changer) inside(v reflect.Value, field, at string, commit func()) {
	switch v.Kind() {
	case reflect.Struct:
		if !opaque(v.Type()) {
			c.structure(v, at, commit)
		}
	case reflect.Pointer:
		if v.IsNil() || opaque(v.Type()) || c.seen[v.UnsafePointer()] {
			return
		}
		c.seen[v.UnsafePointer()] = true
		c.structure(v.Elem(), at, func() {})
	case reflect.Interface:
		if v.IsNil() {
			return
		}
		own := reflect.New(v.Elem().Type()).Elem()
		own.Set(v.Elem())
		c.inside(own, field, at+"("+own.Type().Name()+")", func() { v.Set(own); commit() })
	case reflect.Slice:
		if v.Len() == 0 {
			return
		}
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len()) // plans share some of their lists
		reflect.Copy(own, v)
		v.Set(own)
		commit()
		for i := range v.Len() {
			c.inside(v.Index(i), field, fmt.Sprintf("%s[%d]", at, i), commit)
		}
	}
}

// words are the values that fields take of which nothing else is known.
var words = map[string][]string{
	"Freeze.Delivery": {"block", "approve", "allow"}, "Freeze.Hotfix": {"block", "approve", "allow"}, "Freeze.Redeploy": {"block", "approve", "allow"},
	"MergeBack.OnConflict": {"issue", "draft", "fail"}, "MergeBack.Mode": {"merge", "ff-only", "cherry-pick", "reapply"},
	"Environment.Tier": {"development", "staging", "production"}, "Plan.Forge": {"github", "gitlab", "azure", "gitea", "none"},
}

// instead are other values for one.
func (c *changer) instead(v reflect.Value, field string) []reflect.Value {
	var out []reflect.Value
	switch v.Kind() {
	case reflect.String:
		texts := words[field]
		if texts == nil {
			texts = []string{v.String() + "x"}
		}
		for _, text := range texts {
			if text != v.String() {
				out = append(out, reflect.ValueOf(text).Convert(v.Type()))
			}
		}
	case reflect.Bool:
		out = append(out, reflect.ValueOf(!v.Bool()))
	case reflect.Int, reflect.Int64:
		out = append(out, reflect.ValueOf(v.Int()+int64(time.Hour)).Convert(v.Type()))
	case reflect.Pointer:
		for _, o := range c.others[v.Type()] {
			if v.IsNil() && !optional[field] {
				break // as an approval has no machine
			}
			if o.UnsafePointer() != v.UnsafePointer() && (v.IsNil() || !reflect.DeepEqual(o.Interface(), v.Interface())) {
				out = append(out, o)
				break
			}
		}
		if !v.IsNil() && optional[field] {
			out = append(out, reflect.Zero(v.Type()))
		}
	case reflect.Interface:
		if !v.IsNil() {
			out = append(out, reflect.Zero(v.Type()))
		}
	case reflect.Slice:
		for i := range v.Len() {
			out = append(out, reflect.AppendSlice(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v.Slice(0, i)), v.Slice(i+1, v.Len())))
			if e := v.Index(i); e.Kind() == reflect.String {
				other := reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v)
				other.Index(i).SetString(e.String() + "x")
				out = append(out, other)
			}
		}
	case reflect.Struct:
		switch {
		case v.Type() == reflect.TypeFor[time.Time]():
			out = append(out, reflect.ValueOf(v.Interface().(time.Time).Add(time.Hour)))
		case !token.IsExported(v.Type().Name()):
			out = append(out, reflect.Zero(v.Type()))
		}
	}
	return out
}

// optional are the pointers that may be nil.
var optional = map[string]bool{"Plan.Build": true, "Build.Image": true, "Plan.Mirror": true, "Plan.BreakGlass": true, "Plan.PolicyCheck": true}

// Every field of every type that a plan is made of is in one of the two tables,
// and nothing else is.
func TestFieldsAreComplete(t *testing.T) {
	is := map[string]bool{}
	for _, v := range []any{
		flow.Plan{}, flow.Push{}, flow.Dispatch{}, flow.Request{}, flow.Timer{}, flow.Proceed{}, flow.Chosen{}, flow.Failed{}, flow.Checkout{}, flow.Run{},
		flow.Operation{}, flow.ClearReport{}, flow.Evidence{}, flow.Publish{}, flow.Fetch{}, flow.Causes{}, flow.Native{},
	} {
		fieldsOf(reflect.TypeOf(v), is)
	}
	listed := map[string]bool{}
	for _, s := range weakening.Subjects {
		for _, f := range s.Fields {
			listed[f] = true
		}
	}
	for _, f := range weakening.Unwatched {
		listed[f.Field] = true
	}
	for _, field := range slices.Sorted(maps.Keys(is)) {
		if !listed[field] {
			t.Errorf("%s is a field of the plan: no subject names it, and it is not in the list of those that cannot weaken", field)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(listed)) {
		if !is[field] {
			t.Errorf("%s is no field of the plan", field)
		}
	}
}

// fieldsOf are the fields of a type and of those in it; a struct within a struct
// is its fields.
func fieldsOf(t reflect.Type, into map[string]bool) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || opaque(t) {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name := t.Name() + "." + f.Name
		if f.Type == reflect.TypeFor[hcl.Range]() || into[name] {
			continue
		}
		if f.Type.Kind() != reflect.Struct || opaque(f.Type) || !f.IsExported() {
			into[name] = true
		}
		if f.IsExported() && !strings.HasPrefix(name, "Guard.") {
			fieldsOf(f.Type, into)
		}
	}
}
