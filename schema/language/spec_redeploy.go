package language

var redeployBlock = &Block{Name: "redeploy", Once: true, Doc: "Puts a former version back.", Attributes: []Attribute{
	{Name: "environments", Kind: kindEnvironments, Stronger: Shrinks, Fallback: "all production environments of delivery", Example: "[environment.production]", Doc: "Where."},
}}
