package language

var secretBlock = &Block{Name: "secret", Labels: 1, Label: "deploy_token", Doc: "Where each system keeps a secret.", Attributes: []Attribute{
	{Name: "github", Kind: kindOptions, Fallback: "the label in capitals, with _ for -", Example: `{ name = "DEPLOY_TOKEN" }`, Doc: "On GitHub: name, of the Actions secret."},
	{Name: "gitlab", Kind: kindOptions, Fallback: "the label in capitals, with _ for -", Example: `{ name = "DEPLOY_TOKEN" }`, Doc: "On GitLab: name, of the CI/CD variable."},
	{Name: "azure", Kind: kindOptions, Fallback: "the label in capitals, with _ for -", Example: `{ group = "production", name = "DeployToken" }`, Doc: "On Azure: name, of the variable, and group, the variable group that holds it."},
	{Name: "jenkins", Kind: kindOptions, Fallback: "the label, with - for _", Example: `{ credential = "deploy-token" }`, Doc: "On Jenkins: credential, its id."},
}}
