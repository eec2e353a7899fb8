package schema

var deliveryBlock = &block{name: "delivery", once: true, doc: "The regular way to production.", attributes: []attribute{
	{name: "checks", kind: "checks", fallback: "[]", example: "[check.unit]", doc: "Checks before the candidate, side by side."},
	{name: "environments", kind: "environments", required: true, example: "[environment.staging, environment.production]", doc: "Environments in order."},
}}
