package schema

var breakGlassBlock = &block{name: "break_glass", once: true, doc: "The only override: a candidate goes to production past gates that are named here, with an approval of its own, an incident and a reason.", attributes: []attribute{
	{name: "approvers", number: "HF024", kind: "groups", required: true, example: "[group.managers]", doc: "Who opens it."},
	{name: "may_skip", number: "HF024", kind: "words", stronger: shrinks, required: true, example: "[approval, freeze, hold]", doc: "What it may open: [approval, freeze, hold]. Never identity, evidence or containment.", values: skippable},
	{name: "review", kind: "duration", stronger: falls, fallback: `"48h"`, example: `"24h"`, doc: "In what time somebody else reviews it; afterwards no delivery goes to production until it was."},
	{name: "timeout", kind: "duration", stronger: falls, fallback: `"1h"`, example: `"30m"`, doc: "A request that nobody answers in this time is refused."},
}}
