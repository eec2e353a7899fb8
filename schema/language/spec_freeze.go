package language

// inFreeze are what a flow may do while a freeze lasts.
var inFreeze = []string{"block", "approve", "allow"}

var freezeBlock = &Block{Name: "freeze", Labels: 1, Label: "year_end", Doc: "A period in which deployments are blocked. What a flow may do in it is checked when a job runs, not when its pipeline began.", Attributes: []Attribute{
	{Name: "from", Kind: kindMoment, Required: true, Example: `"2026-12-19"`, Doc: "When it begins: a day begins at midnight."},
	{Name: "to", Kind: kindMoment, Required: true, Example: `"2027-01-04T06:00"`, Doc: "When it ends: a day belongs to it as a whole, and at a time it is over."},
	{Name: "timezone", Kind: kindText, Fallback: "the policy's", Example: `"America/New_York"`, Doc: "The time zone of its times, by the name of the IANA."},
	{Name: "environments", Kind: kindEnvironments, Stronger: Grows, Fallback: "all of the tier production", Example: "[environment.production]", Doc: "What rests."},
	{Name: "delivery", Number: "HF070", Kind: kindText, Fallback: `"block"`, Example: `"approve"`, Doc: "What a delivery may do, also one that fixes forward. With \"approve\", a second approval lets one version through: the pipeline exception asks for it.", Values: inFreeze},
	{Name: "hotfix", Number: "HF070", Kind: kindText, Fallback: `"approve"`, Example: `"allow"`, Doc: "What a hotfix may do.", Values: inFreeze},
	{Name: "redeploy", Number: "HF070", Kind: kindText, Fallback: `"allow"`, Example: `"approve"`, Doc: "What may be done to put a former version back.", Values: inFreeze},
	{Name: "approvers", Kind: kindGroups, Fallback: "those who approve for the environment", Example: "[group.managers]", Doc: "Who gives the second approval."},
}, Blocks: []*Block{
	{Name: "except", Weakens: true, Doc: "A time inside of the freeze in which it does not hold.", Attributes: []Attribute{
		{Name: "from", Kind: kindMoment, Required: true, Example: `"2026-12-28T08:00"`, Doc: "When it begins."},
		{Name: "to", Kind: kindMoment, Required: true, Example: `"2026-12-28T12:00"`, Doc: "When it ends."},
		{Name: "reason", Kind: kindText, Required: true, Example: `"The quarter's prices"`, Doc: "Why."},
	}},
}}
