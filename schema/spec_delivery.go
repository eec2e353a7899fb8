package schema

var deliveryBlock = &block{name: "delivery", once: true, doc: "The regular way to production.", attributes: []attribute{
	{name: "checks", kind: "checks", stronger: grows, fallback: "[]", example: "[check.unit]", doc: "Checks before the candidate, side by side."},
	{name: "from", kind: "branches", fallback: "the mainline", example: `"main"`, doc: "What a delivery comes from: the mainline, or the release branches in its place. What production then runs is merged back to the mainline."},
	{name: "environments", kind: "environments", stronger: grows, required: true, example: "[environment.staging, environment.production]", doc: "Environments in order."},
}}
