package schema

var secretBlock = &block{name: "secret", labels: 1, label: "deploy_token", doc: "Where each system keeps a secret.", attributes: []attribute{
	{name: "github", kind: "target options", fallback: "the label in capitals, with _ for -", example: `{ name = "DEPLOY_TOKEN" }`, doc: "On GitHub: name, of the Actions secret."},
	{name: "gitlab", kind: "target options", fallback: "the label in capitals, with _ for -", example: `{ name = "DEPLOY_TOKEN" }`, doc: "On GitLab: name, of the CI/CD variable."},
	{name: "azure", kind: "target options", fallback: "the label in capitals, with _ for -", example: `{ group = "production", name = "DeployToken" }`, doc: "On Azure: name, of the variable, and group, the variable group that holds it."},
	{name: "jenkins", kind: "target options", fallback: "the label, with - for _", example: `{ credential = "deploy-token" }`, doc: "On Jenkins: credential, its id."},
}}
