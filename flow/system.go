package flow

import (
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/schema"
)

// system is what a plan knows of a CI system by its name: where the policy and the plan
// keep what is for this system, and what has to be decided for all of them alike. What
// the system can express, its target knows. Limits and names of secrets have tables
// of their own, host_limits.go, host_counts.go and secret_names.go.
type system struct {
	folder string // where its files lie
	forge  string // the forge that goes with it; "" where it holds no repository
	// noAuthors says why it does not tell who approved in a way that can be compared
	// with who wrote a commit; "" where it does.
	noAuthors string

	group      func(*schema.Group) schema.Value[string]
	ownGroup   func(*Group) *string
	secret     func(*schema.Secret) schema.Value[string]
	secretName func(*Secret) string // with the group that holds it
	hosted     func(*Agent) bool    // the machine is the system's own, for certain
	options    func(Options) []string
	idToken    func(o schema.Options, name string) bool // a command can have an OpenID token of the pipeline, in that variable or by asking
	idTokenBy  string                                   // what lets it have one, in VARIABLE
}

func noIDToken(schema.Options, string) bool { return false }

var systems = map[string]system{
	"github": {
		folder: ".github/workflows/", forge: "github",
		group: func(g *schema.Group) schema.Value[string] { return g.GitHub }, ownGroup: func(g *Group) *string { return &g.GitHub },
		secret: func(s *schema.Secret) schema.Value[string] { return s.GitHub }, secretName: func(s *Secret) string { return s.GitHub },
		hosted:  func(a *Agent) bool { return len(a.GitHub) == 1 && hostedImage().MatchString(a.GitHub[0]) },
		options: githubOptions, idToken: func(o schema.Options, _ string) bool { return o.IDToken }, idTokenBy: "github = { id_token = true }",
	},
	"gitlab": {
		folder: ".gitlab/fettle/", forge: "gitlab",
		group: func(g *schema.Group) schema.Value[string] { return g.GitLab }, ownGroup: func(g *Group) *string { return &g.GitLab },
		secret: func(s *schema.Secret) schema.Value[string] { return s.GitLab }, secretName: func(s *Secret) string { return s.GitLab },
		hosted: func(a *Agent) bool {
			return slices.ContainsFunc(a.GitLab.Tags, func(tag string) bool { return strings.HasPrefix(tag, "saas-") })
		},
		options: func(o Options) []string { return namedOptions("id_tokens", o.IDTokens) },
		idToken: func(o schema.Options, name string) bool {
			return slices.ContainsFunc(o.IDTokens, func(t schema.Named) bool { return t.Name == name })
		},
		idTokenBy: "gitlab = { id_tokens = { VARIABLE = \"AUDIENCE\" } }",
	},
	"azure": {
		folder: ".azure-pipelines/", forge: "azure",
		noAuthors: "Azure does not tell a pipeline who gave a manual validation",
		group:     func(g *schema.Group) schema.Value[string] { return g.Azure }, ownGroup: func(g *Group) *string { return &g.Azure },
		secret: func(s *schema.Secret) schema.Value[string] {
			return schema.Value[string]{V: s.Azure.Name, Set: s.Azure.Set, Range: s.Azure.Range}
		},
		secretName: azureSecretName,
		hosted:     func(a *Agent) bool { return a.Azure.VMImage != "" || a.Azure.Pool == "Azure Pipelines" },
		options:    func(Options) []string { return nil }, // a service connection is one of each command
		idToken:    noIDToken,
		idTokenBy:  "for azure there is none: azure = { service_connection = \"NAME\" } logs commands in to Azure, and native \"azure\" { setup = … } elsewhere",
	},
	"jenkins": {
		folder:    ".jenkins/",
		noAuthors: "a user of Jenkins has an id, which no commit carries",
		group:     func(g *schema.Group) schema.Value[string] { return g.Jenkins }, ownGroup: func(g *Group) *string { return &g.Jenkins },
		secret: func(s *schema.Secret) schema.Value[string] { return s.Jenkins }, secretName: func(s *Secret) string { return s.Jenkins },
		hosted:  func(*Agent) bool { return false },
		options: func(o Options) []string { return namedOptions("tools", o.Tools) },
		idToken: noIDToken, idTokenBy: "for jenkins secrets = { VARIABLE = secret.NAME }, a credential of the plugin OpenID Connect Provider",
	},
}

func githubOptions(o Options) []string {
	if o.IDToken {
		return []string{"id_token"}
	}
	return nil
}

func azureSecretName(s *Secret) string {
	if s.AzureGroup != "" {
		return s.AzureGroup + "/" + s.AzureName
	}
	return s.AzureName
}

func namedOptions(option string, all []schema.Named) []string {
	var out []string
	for _, n := range all {
		out = append(out, option+" "+n.Name+"="+n.Text)
	}
	return out
}

// NamesAuthors tells whether a target says who approved in a way that can be compared
// with who wrote a commit.
func NamesAuthors(target string) bool { return systems[target].noAuthors == "" }

// On is the name that a target knows the group by.
func (g Group) On(target string) string {
	if s, known := systems[target]; known {
		return *s.ownGroup(&g)
	}
	return ""
}

// On is what a target calls the secret, with the group that holds it.
func (s *Secret) On(target string) string {
	if of, known := systems[target]; known {
		return of.secretName(s)
	}
	return ""
}

// HostedOn tells whether an agent is a machine of the system's own, for certain.
func (a *Agent) HostedOn(target string) bool {
	s, known := systems[target]
	return known && s.hosted(a)
}

// Of are the options of one target, in words.
func (s Options) Of(target string) []string {
	if of, known := systems[target]; known {
		return of.options(s)
	}
	return nil
}
