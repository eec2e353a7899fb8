package language

var hotfixBlock = &Block{Name: "hotfix", Once: true, Doc: "The way of a fix to production.", Attributes: []Attribute{
	{Name: "checks", Kind: kindChecks, Stronger: Grows, Fallback: "delivery's", Example: "[check.unit]", Doc: "Checks before the candidate. What is left out needs a waiver."},
	{Name: "environments", Kind: kindEnvironments, Stronger: Grows, Fallback: "delivery's", Example: "[environment.production]", Doc: "Environments in order. What is left out of delivery's and has a gate needs a waiver."},
	{Name: "mirror", Kind: kindEnvironment, Example: "environment.hotfix_dev", Doc: "The hotfix development environment, which receives what production runs."},
}, Blocks: []*Block{
	{Name: "incident", Once: true, Doc: "What a hotfix must name.", Attributes: []Attribute{
		{Name: "pattern", Kind: kindPattern, Required: true, Example: `"INC[0-9]{7}"`, Doc: "A regular expression for the whole text."},
	}},
	{Name: "waive", Weakens: true, Doc: "Leaves a required check, or an environment of delivery with its approvals, out of the way of a hotfix, in writing. It names one of the two.", Attributes: []Attribute{
		{Name: "check", Number: "HF011", Kind: kindCheck, Example: "check.performance", Doc: "check.NAME"},
		{Name: "environment", Number: "HF011", Kind: kindEnvironment, Example: "environment.staging", Doc: "environment.NAME; its checks are waived by their own names"},
		{Name: "reason", Number: "HF011", Kind: kindText, Required: true, Example: `"Proven by the next regular delivery"`, Doc: "Why; it goes into the ledger."},
	}},
	{Name: "merge_back", Once: true, Doc: "How a hotfix is merged back.", Attributes: []Attribute{
		{Name: "mode", Number: "HF034", Kind: kindText, Fallback: `"merge"`, Example: `"cherry-pick"`, Doc: "How the change is brought to the mainline.", Values: modes},
		{Name: "on_conflict", Number: "HF034", Kind: kindText, Fallback: `"draft"`, Example: `"issue"`, Doc: "What is opened when it does not merge.", Values: []string{"draft", "issue", "fail"}},
		{Name: "owner", Kind: kindGroup, Example: "group.managers", Doc: "Who sees to it."},
		{Name: "within", Kind: kindDuration, Stronger: Falls, Example: `"72h"`, Doc: "In what time."},
	}},
}}
