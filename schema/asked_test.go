package schema

import (
	"go/token"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// elsewhere are the attributes whose examples change nothing that a decoded policy
// shows, and why. A value that is wrong for them must be told instead.
var elsewhere = map[string]string{
	"policy.extends":                "it needs a repository",
	"variable.default":              "values of variables are in what refers to them",
	"variable.nullable":             "it says which values are refused",
	"variable.validation.condition": "it says which values are refused",
	"variable.validation.message":   "it is told with a value that is refused",
	"environment.like":              "in the example, both environments say the same",
	"rule.condition":                "it is judged when there is a plan",
}

// wrong is a value for no attribute.
const wrong = "no_such_function(1)"

// An attribute that stands in the table alone is documented and taken without
// a word, and does nothing. So each one, given its example, must change the
// policy that is decoded.
func TestEveryAttributeIsAskedFor(t *testing.T) {
	listed := maps.Clone(elsewhere)
	language.Root.Each(func(path string, b *language.Block) {
		for _, a := range b.Attributes {
			name := path + "." + a.Name
			_, is := listed[name]
			delete(listed, name)
			switch {
			case is && changesPolicy(path, b, a):
				t.Errorf("%s changes the policy: it need not be listed", name)
			case (is || a.Kind.Name == "lock") && !wrongIsTold(path, b, a):
				t.Errorf("%s stands in the table, and nothing reads it: a wrong value is taken without a word", name)
			case !is && a.Kind.Name != "lock" && !changesPolicy(path, b, a):
				t.Errorf("%s stands in the table, and nothing reads it: the policy is the same without it", name)
			}
		}
	})
	for name := range listed {
		t.Errorf("%s is listed, and there is no such attribute", name)
	}
}

func changesPolicy(path string, b *language.Block, a language.Attribute) bool {
	with, _ := parseExample(path, b, a, a.Example)
	without, _ := parseExample(path, b, a, "")
	return !cmp.Equal(with, without, meaning)
}

func wrongIsTold(path string, b *language.Block, a language.Attribute) bool {
	_, told := parseExample(path, b, a, wrong)
	return told
}

// meaning compares what policies say, and not where they say it.
var meaning = cmp.Options{
	cmpopts.IgnoreTypes(hcl.Range{}, []syntax.Source{}),
	cmp.FilterPath(func(p cmp.Path) bool {
		field, is := p.Last().(cmp.StructField)
		return is && !token.IsExported(field.Name())
	}, cmp.Ignore()),
}

// parseExample reads a policy with an attribute in its block, and without it
// where the value is "". It says whether there is anything to tell.
func parseExample(path string, b *language.Block, a language.Attribute, value string) (policy *Policy, told bool) {
	own := *b
	own.Attributes = nil
	for _, other := range b.Attributes {
		switch {
		case other.Name != a.Name:
			own.Attributes = append(own.Attributes, other)
		case value != "":
			other.Example = value
			own.Attributes = append(own.Attributes, other)
		}
	}
	text := exampleBlock(&own, a, "")
	names := strings.Split(path, ".")
	for i := len(names) - 1; i > 0; i-- {
		text = exampleBlock(blockAt(names[:i]), language.Attribute{}, text)
	}
	policy, diags := Parse(Input{Sources: []syntax.Source{{Name: "p.hcl", Bytes: []byte(inContext(language.Root.Block(names[0]), text))}}})
	for _, r := range policy.Rules { // they are judged when there is a plan
		if r.condition != nil {
			_, _, more := r.Judge(nil)
			diags = append(diags, more...)
		}
	}
	return policy, len(diags) > 0
}

func blockAt(path []string) *language.Block {
	at := language.Root
	for _, name := range path {
		at = at.Block(name)
	}
	return at
}
