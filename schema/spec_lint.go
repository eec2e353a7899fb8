package schema

// severities are what a rule may have, from the one that says nothing.
var severities = []string{"off", "warning", "error"}

var lintBlock = &block{name: "lint", labels: 1, label: "unused", number: true, doc: "The severity of a rule in this policy. The label is the code of the rule, or its number in docs/rules.md, which stands for all rules of that number.", attributes: []attribute{
	{name: "severity", kind: "text", required: true, stronger: rises, example: `"error"`, doc: "The severity of what the rule finds. Any rule can be raised; an error is never lowered.", values: severities},
	{name: "reason", kind: "text", example: `"The group is for the next quarter"`, doc: "Why it is off: \"off\" needs one, and `fettle lint` shows it."},
}}
