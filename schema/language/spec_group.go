package language

var groupBlock = &Block{Name: "group", Labels: 1, Label: "managers", Doc: "Who may approve, by the name that each system knows.", Attributes: []Attribute{
	{Name: "github", Kind: kindText, Example: `"acme/managers"`, Doc: "On GitHub: organisation/team, or a user."},
	{Name: "gitlab", Kind: kindText, Example: `"acme/managers"`, Doc: "On GitLab: the path of a group."},
	{Name: "azure", Kind: kindText, Example: `"[Acme]\\Managers"`, Doc: "On Azure: [Project]\\Group."},
	{Name: "jenkins", Kind: kindText, Example: `"managers"`, Doc: "On Jenkins: ids of groups or users, separated by commas."},
}}
