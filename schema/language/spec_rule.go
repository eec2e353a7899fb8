package language

var ruleBlock = &Block{Name: "rule", Labels: 1, Label: "two_people", Doc: "What the organisation demands of its policies: a condition over the policy and its flows, evaluated whenever the policy is compiled. The objects that it can read are listed below.", Attributes: []Attribute{
	{Name: "condition", Kind: kindCondition, Required: true, Example: "length(environment.production.approvals) >= 1", Doc: "What must be true."},
	{Name: "message", Kind: kindText, Required: true, Example: `"Production needs an approval."`, Doc: "What to say when it is not."},
}}
