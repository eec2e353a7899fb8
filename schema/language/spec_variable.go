package language

var variableBlock = &Block{Name: "variable", Labels: 1, Label: "region", Doc: "A value that is given from outside: var.NAME. By --var NAME=VALUE, --var-file FILE, or FETTLE_VAR_NAME in the environment; without a default it must be given.", Attributes: []Attribute{
	{Name: "type", Kind: kindType, Fallback: "any value; what is given from outside is a text", Example: "string", Doc: "What the value must be, or can be made to be."},
	{Name: "default", Kind: Any, Fallback: "a value must be given", Example: `"eu-1"`, Doc: "The value when none is given. It refers to nothing."},
	{Name: "description", Kind: kindText, Example: `"Where production runs"`, Doc: "A description in one line."},
	{Name: "nullable", Kind: kindBool, Fallback: "true", Example: "false", Doc: "May the value be null? If not, null stands for the default."},
}, Blocks: []*Block{
	{Name: "validation", Doc: "A further condition on the value; there may be several.", Attributes: []Attribute{
		{Name: "condition", Kind: kindCondition, Required: true, Example: `contains(["eu-1", "us-1"], var.region)`, Doc: "What must be true of it."},
		{Name: "message", Kind: kindText, Required: true, Example: `"There are regions eu-1 and us-1."`, Doc: "What to say when it is not."},
	}},
}}
