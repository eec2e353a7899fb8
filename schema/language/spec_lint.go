package language

// Severities are what a rule may have, from the one that says nothing.
var Severities = []string{"off", "warning", "error"}

var lintBlock = &Block{Name: "lint", Labels: 1, Label: "unused", Number: true, Doc: "The severity of a rule in this policy. The label is the code of the rule, or its number in docs/rules.md, which stands for all rules of that number.", Attributes: []Attribute{
	{Name: "severity", Kind: kindText, Required: true, Stronger: Rises, Example: `"error"`, Doc: "The severity of what the rule finds. Any rule can be raised; an error is never lowered.", Values: Severities},
	{Name: "reason", Kind: kindText, Example: `"The group is for the next quarter"`, Doc: "Why it is off: \"off\" needs one, and `fettle lint` shows it."},
}}
