package schema

var ruleBlock = &block{name: "rule", labels: 1, label: "two_people", doc: "What the organisation demands of its policies: a condition over the policy and its flows, evaluated whenever the policy is compiled. The objects that it can read are listed below.", attributes: []attribute{
	{name: "condition", kind: "condition", required: true, example: "length(environment.production.approvals) >= 1", doc: "What must be true."},
	{name: "message", kind: "text", required: true, example: `"Production needs an approval."`, doc: "What to say when it is not."},
}}
