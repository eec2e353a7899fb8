package schema

var variableBlock = &block{name: "variable", labels: 1, label: "region", doc: "A value with a name and a default: var.NAME.", attributes: []attribute{
	{name: "default", kind: "value", required: true, example: `"eu-1"`, doc: "The value."},
	{name: "description", kind: "text", example: `"Where production runs"`, doc: "One line for people."},
}}
