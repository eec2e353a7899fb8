package schema

var variableBlock = &block{name: "variable", labels: 1, label: "region", doc: "A value that is given from outside: var.NAME. By --var NAME=VALUE, --var-file FILE, or FETTLE_VAR_NAME in the environment; without a default it must be given.", attributes: []attribute{
	{name: "type", kind: "type", fallback: "any value; what is given from outside is a text", example: "string", doc: "What the value must be, or can be made to be."},
	{name: "default", kind: "value", fallback: "a value must be given", example: `"eu-1"`, doc: "The value when none is given. It refers to nothing."},
	{name: "description", kind: "text", example: `"Where production runs"`, doc: "A description in one line."},
	{name: "nullable", kind: "true or false", fallback: "true", example: "false", doc: "May the value be null? If not, null stands for the default."},
}, blocks: []*block{
	{name: "validation", doc: "A further condition on the value; there may be several.", attributes: []attribute{
		{name: "condition", kind: "condition", required: true, example: `contains(["eu-1", "us-1"], var.region)`, doc: "What must be true of it."},
		{name: "message", kind: "text", required: true, example: `"There are regions eu-1 and us-1."`, doc: "What to say when it is not."},
	}},
}}
