package language

var deliveryBlock = &Block{Name: "delivery", Once: true, Doc: "The regular way to production.", Attributes: []Attribute{
	{Name: "checks", Kind: kindChecks, Stronger: Grows, Fallback: "[]", Example: "[check.unit]", Doc: "Checks before the candidate, side by side."},
	{Name: "from", Kind: kindBranches, Fallback: "the mainline", Example: `"main"`, Doc: "What a delivery comes from: the mainline, or the release branches in its place. What production then runs is merged back to the mainline."},
	{Name: "environments", Kind: kindEnvironments, Stronger: Grows, Required: true, Example: "[environment.staging, environment.production]", Doc: "Environments in order."},
}}
