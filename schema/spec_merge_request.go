package schema

var mergeRequestBlock = &Block{Name: "merge_request", Once: true, Doc: "What runs on merge requests. Without it, every check of delivery that needs no environment does.", Attributes: []Attribute{
	{Name: "checks", Kind: "checks", Stronger: Grows, Required: true, Example: "[check.unit]", Doc: "Checks without secrets."},
}}
