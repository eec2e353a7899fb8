package schema

var hotfixBlock = &block{name: "hotfix", once: true, doc: "The way of a fix to production.", attributes: []attribute{
	{name: "checks", kind: "checks", stronger: grows, fallback: "delivery's", example: "[check.unit]", doc: "Checks before the candidate. What is left out needs a waiver."},
	{name: "environments", kind: "environments", stronger: grows, fallback: "delivery's", example: "[environment.production]", doc: "Environments in order. What is left out of delivery's and has a gate needs a waiver."},
	{name: "mirror", kind: "environment", example: "environment.hotfix_dev", doc: "The hotfix development environment, which receives what production runs."},
}, blocks: []*block{
	{name: "incident", once: true, doc: "What a hotfix must name.", attributes: []attribute{
		{name: "pattern", kind: "regular expression", required: true, example: `"INC[0-9]{7}"`, doc: "A regular expression for the whole text."},
	}},
	{name: "waive", weakens: true, doc: "Leaves a required check, or an environment of delivery with its approvals, out of the way of a hotfix, in writing. It names one of the two.", attributes: []attribute{
		{name: "check", number: "HF011", kind: "check", example: "check.performance", doc: "check.NAME"},
		{name: "environment", number: "HF011", kind: "environment", example: "environment.staging", doc: "environment.NAME; its checks are waived by their own names"},
		{name: "reason", number: "HF011", kind: "text", required: true, example: `"Proven by the next regular delivery"`, doc: "Why; it goes into the ledger."},
	}},
	{name: "merge_back", once: true, doc: "How a hotfix is merged back.", attributes: []attribute{
		{name: "mode", number: "HF034", kind: "text", fallback: `"merge"`, example: `"cherry-pick"`, doc: "How the change is brought to the mainline.", values: modes},
		{name: "on_conflict", number: "HF034", kind: "text", fallback: `"draft"`, example: `"issue"`, doc: "What is opened when it does not merge.", values: []string{"draft", "issue", "fail"}},
		{name: "owner", kind: "group", example: "group.managers", doc: "Who sees to it."},
		{name: "within", kind: "duration", stronger: falls, example: `"72h"`, doc: "In what time."},
	}},
}}
