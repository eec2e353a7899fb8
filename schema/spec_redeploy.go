package schema

var redeployBlock = &block{name: "redeploy", once: true, doc: "Puts a former version back.", attributes: []attribute{
	{name: "environments", kind: "environments", stronger: shrinks, fallback: "all production environments of delivery", example: "[environment.production]", doc: "Where."},
}}
