package schema

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/regex"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// An OpenID token of GitLab is a variable of the whole job, so its name may be
// none that the job or its programs know.
var (
	tokenPattern = regex.New(`^[A-Z][A-Z0-9_]*_TOKEN$`)
	ofOthers     = regex.New(`^(CI|GITLAB|RELEASE|FETTLE|GIT)_`)
)

// Options are what the policy sets for one target in a build, a check or an
// environment.
type Options struct {
	IDToken           bool    // github
	IDTokens          []Named // gitlab: variable and audience
	ServiceConnection string  // azure
	Tools             []Named // jenkins: kind and installation
}

// Credentials tells whether the options let commands log in somewhere.
func (s Options) Credentials() bool {
	return s.IDToken || len(s.IDTokens) > 0 || s.ServiceConnection != ""
}

// Named is a text with a name.
type Named struct {
	Name, Text string
	At         hcl.Range // the name
}

func (d *decoder) options(n *syntax.Node) Options {
	var out Options
	for _, t := range language.Targets {
		a := n.Attributes[t]
		if a == nil {
			continue
		}
		if all := d.targetNames(); len(all) > 0 && !slices.Contains(all, t) {
			d.report(optionWithoutTarget(t, all, a.NameRange))
			continue
		}
		for key, p := range d.fields(n, t, language.OptionKeys(t)...) {
			switch key {
			case "id_token":
				out.IDToken = d.fieldBool(p)
			case "id_tokens":
				out.IDTokens = d.namedTexts(p)
				for _, v := range out.IDTokens {
					if !tokenPattern().MatchString(v.Name) || ofOthers().MatchString(v.Name) {
						d.report(badTokenName(v.Name, p.expr.Range()))
					}
				}
			case "service_connection":
				v, _ := d.element(key, p.expr)
				out.ServiceConnection = v.V
			case "tools":
				out.Tools = d.tools(p)
			default:
				panic("schema: no option " + key)
			}
		}
	}
	return out
}

func (d *decoder) targetNames() []string {
	var out []string
	for _, t := range d.policy.Targets {
		out = append(out, t.V)
	}
	return out
}

// field makes a key of an option readable like an attribute.
func field(p pair) *syntax.Node {
	return &syntax.Node{Attributes: map[string]*hclsyntax.Attribute{p.key: {Name: p.key, Expr: p.expr, NameRange: p.at}}}
}

func (d *decoder) fieldBool(p pair) bool { return d.boolean(field(p), p.key, false).V }

// namedTexts reads an object of texts, by name.
func (d *decoder) namedTexts(p pair) []Named {
	var out []Named
	for _, i := range d.pairs(field(p), p.key) {
		if v, ok := d.element(i.key, i.expr); ok {
			out = append(out, Named{Name: i.key, Text: v.V, At: i.at})
		}
	}
	slices.SortFunc(out, func(a, b Named) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func (d *decoder) tools(p pair) []Named {
	out := d.namedTexts(p)
	for _, t := range out {
		if !slices.Contains(language.ToolKinds, t.Name) {
			d.report(unknownEnum("tools", t.Name, language.ToolKinds, p.expr.Range()))
		}
	}
	return out
}
