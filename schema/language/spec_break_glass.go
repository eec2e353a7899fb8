package language

var breakGlassBlock = &Block{Name: "break_glass", Once: true, Doc: "The only override: a candidate goes to production past gates that are named here, with an approval of its own, an incident and a reason.", Attributes: []Attribute{
	{Name: "approvers", Number: "HF024", Kind: kindGroups, Required: true, Example: "[group.managers]", Doc: "Who opens it."},
	{Name: "may_skip", Number: "HF024", Kind: kindWords, Stronger: Shrinks, Required: true, Example: "[approval, freeze, hold]", Doc: "What it may open: [approval, freeze, hold]. Never identity, evidence or containment.", Values: Skippable},
	{Name: "review", Kind: kindDuration, Stronger: Falls, Fallback: `"48h"`, Example: `"24h"`, Doc: "In what time somebody else reviews it; afterwards no delivery goes to production until it was."},
	{Name: "timeout", Kind: kindDuration, Stronger: Falls, Fallback: `"1h"`, Example: `"30m"`, Doc: "A request that nobody answers in this time is refused."},
}}
