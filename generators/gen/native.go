package gen

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/schema/diag"
)

// What is native stands in the file between these two lines.
const (
	NativeBegin = "From the policy as it is, outside fettle's guarantees:"
	NativeEnd   = "Here fettle's own goes on."
)

// KeepPath and PathBack keep the PATH that a job began with, and bring it back:
// a native step may change it for the commands of the job, and for no operation.
const (
	KeepPath = `printf '%s\n' "$PATH" > .git/fettle-path`
	PathBack = "IFS= read -r PATH < .git/fettle-path"
)

// Aside begins the names under which a shell keeps a credential of the
// operations while a native step runs in it.
const Aside = "fettle_aside_"

// BetweenComments is a native text between its comments, each line indented; it ends
// without a newline.
func BetweenComments(sign string, indent int, text string) string {
	pad := strings.Repeat(" ", indent)
	return pad + sign + " " + NativeBegin + "\n" + indentLines(indent, text) + "\n" + pad + sign + " " + NativeEnd
}

// indentLines moves a text to the right. Lines without anything in them stay empty.
func indentLines(indent int, text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.TrimSpace(l) == "" {
			lines[i] = ""
		} else {
			lines[i] = strings.Repeat(" ", indent) + l
		}
	}
	return strings.Join(lines, "\n")
}

// NativeSteps reads a YAML list of steps and gives each to a function that says
// what is wrong with it.
func NativeSteps(n flow.Native, judge func(step *yaml.Node) string) *diag.Diagnostic {
	root, d := nativeYAML(n)
	if d != nil {
		return d
	}
	if root.Kind != yaml.SequenceNode || len(root.Content) == 0 {
		return NotNative(n, "it is no list: each step begins with a dash")
	}
	for _, s := range root.Content {
		if why := judge(s); why != "" {
			return NotNative(n, why)
		}
	}
	return nil
}

// IDs are what the steps of a job are called. Systems look neither at capitals
// nor at who wrote the step.
type IDs map[string]bool

// NewIDs are those that a job has.
func NewIDs(ids []string) IDs {
	out := IDs{}
	for _, id := range ids {
		out[strings.ToLower(id)] = true
	}
	return out
}

// Taken tells whether a step is called so already, and takes the name for one.
func (i IDs) Taken(id string) bool {
	taken := i[strings.ToLower(id)]
	i[strings.ToLower(id)] = true
	return taken
}

// NativeKeys reads a YAML object of keys that a job may be given.
func NativeKeys(n flow.Native, allowed ...string) *diag.Diagnostic {
	root, d := nativeYAML(n)
	if d != nil {
		return d
	}
	if root.Kind != yaml.MappingNode {
		return NotNative(n, "it is no object: write KEY: VALUE")
	}
	for _, k := range Keys(root) {
		if !slices.Contains(allowed, k) {
			return refusedKey(n, k, allowed)
		}
	}
	return nil
}

// Keys are the names in an object of YAML.
func Keys(n *yaml.Node) []string {
	var out []string
	if n.Kind == yaml.MappingNode {
		for i := 0; i < len(n.Content); i += 2 {
			out = append(out, n.Content[i].Value)
		}
	}
	return out
}

// nativeYAML reads a native text alone, and once more where it will stand: both
// must be the same one document, so that nothing in it reaches out of its place.
func nativeYAML(n flow.Native) (*yaml.Node, *diag.Diagnostic) {
	if w := Ours(n); w != "" {
		return nil, NotNative(n, fmt.Sprintf("it names %s, which is for the operations alone", w))
	}
	decoder := yaml.NewDecoder(strings.NewReader(n.Text + "\n"))
	var doc, more yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		return nil, NotNative(n, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := decoder.Decode(&more); err != io.EOF {
		return nil, NotNative(n, "it is more than one document")
	}
	if w := reaches(&doc); w != "" {
		return nil, NotNative(n, "it holds "+w+", which would mean something outside of its place")
	}
	var alone any
	var placed struct{ Here any }
	if err := doc.Decode(&alone); err != nil {
		return nil, NotNative(n, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := yaml.Unmarshal([]byte("here:\n"+BetweenComments("#", 6, n.Text)+"\n"), &placed); err != nil || !reflect.DeepEqual(alone, placed.Here) {
		return nil, NotNative(n, "it would mean something else where it stands; write it plainly, without quoted texts over several lines")
	}
	return doc.Content[0], nil
}

// Ours names a credential of the release process that a native part speaks of.
// Variables of Azure have no capitals that count.
func Ours(n flow.Native) string {
	for _, w := range []string{"FETTLE_TOKEN", "FETTLE_APP_PRIVATE_KEY", "FETTLE_APP_CLIENT_ID", flow.SigningKey, Aside} {
		if strings.Contains(n.Text, w) {
			return w
		}
	}
	if n.Target == "azure" && strings.Contains(strings.ToLower(n.Text), "system.accesstoken") {
		return "System.AccessToken"
	}
	return ""
}

func reaches(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.AliasNode:
		return "an alias (*" + n.Value + ")"
	case n.Anchor != "":
		return "an anchor (&" + n.Anchor + ")"
	case strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!"):
		return "a tag (" + n.Tag + ")"
	}
	for _, c := range n.Content {
		if w := reaches(c); w != "" {
			return w
		}
	}
	return ""
}

// NotNative says why a native text cannot stand where it would.
func NotNative(n flow.Native, why string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "native-refused", Subject: n.Origin,
		Summary: "Native part that cannot stand here",
		Detail:  fmt.Sprintf("This cannot be put into a file of %s: %s.", n.Target, why),
	}
}

func refusedKey(n flow.Native, key string, allowed []string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "native-key-refused", Subject: n.Origin,
		Summary: "Native key that is refused",
		Detail: fmt.Sprintf("The key %q of a job of %s decides, or might, whether or when the job runs or what it may do, and that is what fettle guarantees. Allowed: %s.",
			key, n.Target, diag.List(allowed)),
	}
}
