package schema

// inFreeze are what a flow may do while a freeze lasts.
var inFreeze = []string{"block", "approve", "allow"}

var freezeBlock = &block{name: "freeze", labels: 1, label: "year_end", doc: "A period in which deployments are blocked. What a flow may do in it is checked when a job runs, not when its pipeline began.", attributes: []attribute{
	{name: "from", kind: "moment", required: true, example: `"2026-12-19"`, doc: "When it begins: a day begins at midnight."},
	{name: "to", kind: "moment", required: true, example: `"2027-01-04T06:00"`, doc: "When it ends: a day belongs to it as a whole, and at a time it is over."},
	{name: "timezone", kind: "text", fallback: "the policy's", example: `"America/New_York"`, doc: "The time zone of its times, by the name of the IANA."},
	{name: "environments", kind: "environments", stronger: grows, fallback: "all of the tier production", example: "[environment.production]", doc: "What rests."},
	{name: "delivery", number: "HF070", kind: "text", fallback: `"block"`, example: `"approve"`, doc: "What a delivery may do, also one that fixes forward. With \"approve\", a second approval lets one version through: the pipeline exception asks for it.", values: inFreeze},
	{name: "hotfix", number: "HF070", kind: "text", fallback: `"approve"`, example: `"allow"`, doc: "What a hotfix may do.", values: inFreeze},
	{name: "redeploy", number: "HF070", kind: "text", fallback: `"allow"`, example: `"approve"`, doc: "What may be done to put a former version back.", values: inFreeze},
	{name: "approvers", kind: "groups", fallback: "those who approve for the environment", example: "[group.managers]", doc: "Who gives the second approval."},
}, blocks: []*block{
	{name: "except", weakens: true, doc: "A time inside of the freeze in which it does not hold.", attributes: []attribute{
		{name: "from", kind: "moment", required: true, example: `"2026-12-28T08:00"`, doc: "When it begins."},
		{name: "to", kind: "moment", required: true, example: `"2026-12-28T12:00"`, doc: "When it ends."},
		{name: "reason", kind: "text", required: true, example: `"The quarter's prices"`, doc: "Why."},
	}},
}}
