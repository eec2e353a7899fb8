package schema

var groupBlock = &block{name: "group", labels: 1, label: "managers", doc: "Who may approve, by the name that each system knows.", attributes: []attribute{
	{name: "github", kind: "text", example: `"acme/managers"`, doc: "On GitHub: organisation/team, or a user."},
	{name: "gitlab", kind: "text", example: `"acme/managers"`, doc: "On GitLab: the path of a group."},
	{name: "azure", kind: "text", example: `"[Acme]\\Managers"`, doc: "On Azure: [Project]\\Group."},
	{name: "jenkins", kind: "text", example: `"managers"`, doc: "On Jenkins: ids of groups or users, separated by commas."},
}}
