package schema

// severities are what a rule may have, from the one that says nothing.
var severities = []string{"off", "warning", "error"}

var lintBlock = &block{name: "lint", labels: 1, label: "HF079", number: true, doc: "How much a rule of fettle weighs in this policy, by its number in docs/rules.md.", attributes: []attribute{
	{name: "severity", kind: "text", required: true, stronger: rises, example: `"error"`, doc: "What a finding of the rule is. Any rule can be raised; what is an error by itself is never lowered.", values: severities},
	{name: "reason", kind: "text", example: `"The group is for the next quarter"`, doc: "Why it is off: \"off\" needs one, and `fettle lint` shows it."},
}}
