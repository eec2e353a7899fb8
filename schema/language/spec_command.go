package language

// ListType is the type of a list of texts.
const ListType = "list(string)"

var types = []string{"string", "number", "bool", ListType}

var commandBlock = &Block{Name: "command", Labels: 1, Label: "migrate", Doc: "A command with parameters, called like a function: command::NAME({ PARAMETER = value }), or LIBRARY::NAME({ … }) from a library.", Attributes: []Attribute{
	{Name: "description", Kind: kindText, Example: `"Brings the tables to the newest form."`, Doc: "A description in one line."},
	{Name: "os", Kind: kindText, Fallback: "every one", Example: `"windows"`, Doc: "The only operating system that it runs on.", Values: systems},
	{Name: "shells", Kind: kindTexts, Fallback: "every one", Example: `["sh", "bash"]`, Doc: "The only shells that it is written for, where it is more than programs and their arguments.", Values: shells},
	{Name: "program", Kind: kindProgram, Example: `{ windows = "migrate.cmd", other = "migrate" }`, Doc: "What ${program} stands for in run: one name, or one on Windows and one elsewhere."},
	{Name: "env", Kind: kindTexts, Example: `["DATABASE"]`, Doc: "Environment variables that the calling block or its agent must have."},
	{Name: "secrets", Kind: kindTexts, Example: `["DATABASE_PASSWORD"]`, Doc: "Environment variables that the calling block must have among its secrets."},
	{Name: "id_tokens", Kind: kindTexts, Example: `["ID_TOKEN"]`, Doc: "Variables that an OpenID token of the pipeline is in. The calling block must let each target have one: by `id_token` of github, `id_tokens` of gitlab, or by a secret of that name."},
	{Name: "run", Kind: kindCommand, Required: true, Example: `"${program} up ${options}"`, Doc: "What it runs; ${program}, ${options}, ${parameter.NAME} and ${env.NAME} may be in it, and calls of other commands."},
}, Blocks: []*Block{
	{Name: "parameter", Labels: 1, Label: "steps", Doc: "A value that the command takes: parameter.NAME in run, and given.NAME for whether a call gives it.", Attributes: []Attribute{
		{Name: "description", Kind: kindText, Example: `"How far."`, Doc: "A description in one line."},
		{Name: "type", Kind: kindWord, Fallback: "string", Example: "number", Doc: "string, number, bool, or list(string).", Values: types},
		{Name: "required", Kind: kindBool, Fallback: "false", Example: "true", Doc: "A call must give it."},
		{Name: "default", Kind: kindDefault, Example: "env.DATABASE", Doc: "What it is when a call does not give it. The calling block must then have the variables in it."},
		{Name: "values", Kind: kindTexts, Example: `["up", "down"]`, Doc: "The only values that it takes."},
		{Name: "option", Kind: kindText, Example: `"-steps"`, Doc: "What stands before the value in ${options}; a bool that is true is the option alone."},
		{Name: "separator", Kind: kindText, Example: `","`, Doc: "Joins the values of a list into one; without it the option is repeated."},
		{Name: "secret", Kind: kindBool, Fallback: "false", Example: "true", Doc: "It carries a secret: a call gives env.NAME and nothing else."},
	}},
}}
