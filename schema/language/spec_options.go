package language

import "strings"

// targetOption is a key of one target that build, check and environment may have:
// narrow ones that people need and that weaken no gate. What a target could be
// told besides is for a native block.
type targetOption struct{ target, key, example, doc string }

// targetOptions are all of them. Decoding, the reference and messages follow.
var targetOptions = []targetOption{
	{"github", "id_token", "true", "whether the job may ask for an OpenID token, to log in somewhere without a secret (id-token: write, for this job alone)"},
	{"gitlab", "id_tokens", `{ VAULT_ID_TOKEN = "https://vault.example.com" }`, "OpenID tokens by the name of their variable, each for one audience"},
	{"azure", "service_connection", `"production"`, "the Azure Resource Manager connection that the commands are logged in with (AzureCLI)"},
	{"jenkins", "tools", `{ jdk = "temurin-21" }`, "installations that Jenkins puts on the path, by kind: " + strings.Join(ToolKinds, ", ")},
}

// ToolKinds are the kinds of installations that Jenkins and its common plugins
// know.
var ToolKinds = []string{"ant", "go", "gradle", "jdk", "maven", "nodejs"}

// withOptions adds what build, check and environment have in common and a
// notification has not: an attribute a target, with the keys that it takes, and
// what of the past their commands read.
func withOptions(attributes []Attribute) []Attribute {
	attributes = append(attributes, Attribute{
		Name: "history", Kind: kindBool, Fallback: "false", Example: "true",
		Doc: "Whether the commands read files of earlier commits: git blame, git diff with another commit, SonarQube. Commits, tags and messages are there without it, except on merge requests; files of earlier commits are not fetched, except on Jenkins.",
	})
	for _, t := range targets {
		var doc, example []string
		for _, s := range targetOptions {
			if s.target == t.name {
				doc, example = append(doc, s.key+", "+s.doc), append(example, s.key+" = "+s.example)
			}
		}
		attributes = append(attributes, Attribute{
			Name: t.name, Kind: kindOptions, Example: "{ " + strings.Join(example, ", ") + " }", Doc: "On " + t.title + ": " + strings.Join(doc, "; ") + ".",
		})
	}
	return attributes
}

func OptionKeys(target string) []string {
	var out []string
	for _, s := range targetOptions {
		if s.target == target {
			out = append(out, s.key)
		}
	}
	return out
}
