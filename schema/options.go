package schema

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/regex"
)

// targetOption is a key of one target that build, check and environment may have:
// narrow ones that people need and that weaken no gate. What a target could be
// told besides is for a native block.
type targetOption struct{ target, key, kind, example, doc string }

// targetOptions are all of them. Decoding, the reference and messages follow.
var targetOptions = []targetOption{
	{"github", "id_token", "true or false", "true", "whether the job may ask for an OpenID token, to log in somewhere without a secret (id-token: write, for this job alone)"},
	{"gitlab", "id_tokens", "text objects", `{ VAULT_ID_TOKEN = "https://vault.example.com" }`, "OpenID tokens by the name of their variable, each for one audience"},
	{"azure", "service_connection", "text", `"production"`, "the Azure Resource Manager connection that the commands are logged in with (AzureCLI)"},
	{"jenkins", "tools", "text objects", `{ jdk = "temurin-21" }`, "installations that Jenkins puts on the path, by kind: " + strings.Join(toolKinds, ", ")},
}

// toolKinds are the kinds of installations that Jenkins and its common plugins
// know.
var toolKinds = []string{"ant", "go", "gradle", "jdk", "maven", "nodejs"}

// An OpenID token of GitLab is a variable of the whole job, so its name may be
// none that the job or its programs know.
var (
	tokenPattern = regex.New(`^[A-Z][A-Z0-9_]*_TOKEN$`)
	ofOthers     = regex.New(`^(CI|GITLAB|RELEASE|FETTLE|GIT)_`)
)

// withOptions adds what build, check and environment have in common and a
// notification has not: an attribute a target, with the keys that it takes, and
// what of the past their commands read.
func withOptions(attributes []attribute) []attribute {
	attributes = append(attributes, attribute{
		name: "history", kind: "true or false", fallback: "false", example: "true",
		doc: "Whether the commands read files of earlier commits: git blame, git diff with another commit, SonarQube. Commits, tags and messages are there without it, except on merge requests; files of earlier commits are not fetched, except on Jenkins.",
	})
	titles := map[string]string{"github": "GitHub", "gitlab": "GitLab", "azure": "Azure", "jenkins": "Jenkins"}
	for _, t := range targets {
		var doc, example []string
		for _, s := range targetOptions {
			if s.target == t {
				doc, example = append(doc, s.key+", "+s.doc), append(example, s.key+" = "+s.example)
			}
		}
		attributes = append(attributes, attribute{
			name: t, kind: "target options", example: "{ " + strings.Join(example, ", ") + " }", doc: "On " + titles[t] + ": " + strings.Join(doc, "; ") + ".",
		})
	}
	return attributes
}

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

func (d *decoder) options(n *node) Options {
	var out Options
	for _, t := range targets {
		a := n.attributes[t]
		if a == nil {
			continue
		}
		if all := d.targetNames(); len(all) > 0 && !slices.Contains(all, t) {
			d.report(optionWithoutTarget(t, all, a.NameRange))
			continue
		}
		for key, p := range d.fields(n, t, optionKeys(t)...) {
			switch key {
			case "id_token":
				out.IDToken = d.fieldBool(p)
			case "id_tokens":
				out.IDTokens = d.named(p)
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

func optionKeys(target string) []string {
	var out []string
	for _, s := range targetOptions {
		if s.target == target {
			out = append(out, s.key)
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
func field(p pair) *node {
	return &node{attributes: map[string]*hclsyntax.Attribute{p.key: {Name: p.key, Expr: p.expr, NameRange: p.at}}}
}

func (d *decoder) fieldBool(p pair) bool { return d.boolean(field(p), p.key, false).V }

// named reads an object of texts, by name.
func (d *decoder) named(p pair) []Named {
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
	out := d.named(p)
	for _, t := range out {
		if !slices.Contains(toolKinds, t.Name) {
			d.report(unknownEnum("tools", t.Name, toolKinds, p.expr.Range()))
		}
	}
	return out
}
