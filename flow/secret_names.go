package flow

import (
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/regex"
)

// secretName is what one host calls one secret.
type secretName struct {
	target, text string
	group        string // of Azure's variables, or ""
	given        bool   // by the policy, not made of the label
	at           hcl.Range
}

// secretRule is what a host takes as the name of a secret.
type secretRule struct {
	space    space
	title    string            // "GitHub", as people call the host
	takes    func(string) bool // the grammar
	grammar  string            // the same in words
	reserved func(string) bool // names that are somebody else's
	why      string            // what is the matter with those
	write    string            // how the policy gives the name, with %q for it
	of       func(*Secret) *string
}

// secretRules are those of the hosts: of GitHub as its "Secrets reference" has them; of GitLab what a shell reads besides; of Azure as
// "Define variables" has them, and the dash of a key vault; of Jenkins what can be an id.
var secretRules = map[string]secretRule{
	"github": {
		space: githubSpace, title: "GitHub", takes: isVariableName, grammar: "letters, digits and _, and no digit first",
		reserved: matching(`(?i)^(GITHUB_.*|FETTLE_.*)$`), why: "names that begin with GITHUB_ are GitHub's, and with FETTLE_ fettle's",
		write: "github = { name = %q }", of: func(s *Secret) *string { return &s.GitHub },
	},
	"gitlab": {
		space: gitlabSpace, title: "GitLab", takes: isVariableName, grammar: "letters, digits and _, and no digit first, 255 characters at most",
		reserved: matching(`(?i)^(RELEASE|DEPLOYMENT|FETTLE|INPUT)_`), why: "a variable of the project hides that of a job, and names that begin with RELEASE_, DEPLOYMENT_, FETTLE_ and INPUT_ are those of the jobs",
		write: "gitlab = { name = %q }", of: func(s *Secret) *string { return &s.GitLab },
	},
	"azure": {
		space: azureSpace, title: "Azure", takes: matching(`^[A-Za-z_][A-Za-z0-9_.-]*$`), grammar: "letters, digits, . _ and -, and a letter first",
		reserved: matching(`(?i)^((RELEASE|DEPLOYMENT|FETTLE)_|endpoint|input|secret|path|securefile|System\.AccessToken$)`),
		why:      "Azure hides variables that begin with endpoint, input, secret, path or securefile, and names that begin with RELEASE_, DEPLOYMENT_ and FETTLE_, and System.AccessToken, are those of the jobs",
		write:    "azure = { name = %q }", of: func(s *Secret) *string { return &s.AzureName },
	},
	"jenkins": {
		space: jenkinsSpace, title: "Jenkins", takes: matching(`^\S+$`), grammar: "a text without blanks",
		reserved: matching(`^fettle$`), why: "that is the credential that pushes, which no command is given",
		write: "jenkins = { credential = %q }", of: func(s *Secret) *string { return &s.Jenkins },
	},
}

func matching(text string) func(string) bool {
	pattern := regex.New(text)
	return func(s string) bool { return pattern().MatchString(s) }
}

// isVariableName: letters, digits and _, no digit first, 255 at most, which is by
// far the largest of regular expressions when it is written as one.
func isVariableName(s string) bool {
	return s != "" && len(s) <= 255 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == "" && (s[0] < '0' || s[0] > '9')
}

// automaticToken is the one name of GitHub's own that secrets has.
const automaticToken = "GITHUB_TOKEN"

// lowerSecrets fills in the names that the systems commonly use for a secret
// where the policy names none: the label in capitals for variables, with
// dashes for a credential's id.
func (l *lowering) lowerSecrets() {
	for _, s := range l.policy.Secrets {
		name := variableOf(s.Label)
		out := &Secret{ID: id(s.Label), GitHub: name, GitLab: name, AzureName: name, Jenkins: id(s.Label), AzureGroup: s.Azure.Group, Origin: s.Range}
		for _, t := range l.plan.Targets {
			n, rule := givenName(s, t), secretRules[t]
			if n.given {
				*rule.of(out) = n.text
			} else {
				n.text = *rule.of(out)
			}
			l.judgeSecret(s, n, rule)
		}
		l.secrets[s] = out
	}
}

// givenName is what the policy says of the name on a target.
func givenName(s *schema.Secret, target string) secretName {
	v := systems[target].secret(s)
	n := secretName{target: target, text: v.V, given: v.Set, at: v.Range}
	if target == "azure" {
		n.group = s.Azure.Group
	}
	if !v.Set {
		n.at = s.Range
	}
	return n
}

// judgeSecret refuses a name that cannot exist on its host, and one that fettle
// would make of a label although another secret has it. Two secrets that both
// name what they share in so many words are meant to be one.
func (l *lowering) judgeSecret(s *schema.Secret, n secretName, rule secretRule) {
	reserved := rule.reserved(n.text) && !(n.target == "github" && strings.EqualFold(n.text, automaticToken))
	if !rule.takes(n.text) || reserved {
		why := rule.title + " takes " + rule.grammar
		if reserved {
			why = rule.why
		}
		l.report(badSecretName(s.Label, n.text, rule, why, n.at))
		return
	}
	text := n.text
	if n.group != "" {
		text = n.group + "/" + n.text
	}
	of := "label " + s.Label
	if n.given {
		of = "given"
	}
	if first := l.plan.names.claim(derived{rule.space, text, of, "secret \"" + s.Label + "\"", n.at}); first != nil {
		l.report(secretsBecomeOne(*first, s.Label, n.text, rule, n.at))
	}
}

// proposal is a name that a host takes, for messages.
func (r secretRule) proposal(name string) string {
	out := strings.ToUpper(notInVariable().ReplaceAllString(name, "_"))
	if r.space == jenkinsSpace {
		out = notInID().ReplaceAllString(name, "-")
	}
	if r.reserved(out) || !r.takes(out) {
		if r.space == jenkinsSpace {
			return "policy-" + out
		}
		return "MY_" + out
	}
	return out
}

var (
	notInVariable = regex.New(`[^A-Za-z0-9]+`)
	notInID       = regex.New(`[^A-Za-z0-9_.-]+`)
)
