package schema

var mergeRequestBlock = &block{name: "merge_request", once: true, doc: "What runs on merge requests. Without it, every check of delivery that needs no environment does.", attributes: []attribute{
	{name: "checks", kind: "checks", stronger: grows, required: true, example: "[check.unit]", doc: "Checks without secrets."},
}}
