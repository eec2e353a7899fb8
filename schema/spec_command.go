package schema

// listType is the type of a list of texts.
const listType = "list(string)"

var types = []string{"string", "number", "bool", listType}

var commandBlock = &block{name: "command", labels: 1, label: "migrate", doc: "A command with parameters, called like a function: command::NAME({ PARAMETER = value }), or LIBRARY::NAME({ … }) from a library.", attributes: []attribute{
	{name: "description", kind: "text", example: `"Brings the tables to the newest form."`, doc: "A description in one line."},
	{name: "os", kind: "text", fallback: "every one", example: `"windows"`, doc: "The only operating system that it runs on.", values: systems},
	{name: "program", kind: "program", example: `{ windows = "migrate.cmd", other = "migrate" }`, doc: "What ${program} stands for in run: one name, or one on Windows and one elsewhere."},
	{name: "env", kind: "texts", example: `["DATABASE"]`, doc: "Environment variables that the calling block or its agent must have."},
	{name: "secrets", kind: "texts", example: `["DATABASE_PASSWORD"]`, doc: "Environment variables that the calling block must have among its secrets."},
	{name: "run", kind: "command", required: true, example: `"${program} up ${options}"`, doc: "What it runs; ${program}, ${options}, ${parameter.NAME} and ${env.NAME} may be in it, and calls of other commands."},
}, blocks: []*block{
	{name: "parameter", labels: 1, label: "steps", doc: "A value that the command takes: parameter.NAME in run, and given.NAME for whether a call gives it.", attributes: []attribute{
		{name: "description", kind: "text", example: `"How far."`, doc: "A description in one line."},
		{name: "type", kind: "word", fallback: "string", example: "number", doc: "string, number, bool, or list(string).", values: types},
		{name: "required", kind: "true or false", fallback: "false", example: "true", doc: "A call must give it."},
		{name: "default", kind: "default", example: "env.DATABASE", doc: "What it is when a call does not give it. The calling block must then have the variables in it."},
		{name: "values", kind: "texts", example: `["up", "down"]`, doc: "The only values that it takes."},
		{name: "option", kind: "text", example: `"-steps"`, doc: "What stands before the value in ${options}; a bool that is true is the option alone."},
		{name: "separator", kind: "text", example: `","`, doc: "Joins the values of a list into one; without it the option is repeated."},
		{name: "secret", kind: "true or false", fallback: "false", example: "true", doc: "It carries a secret: a call gives env.NAME and nothing else."},
	}},
}}
