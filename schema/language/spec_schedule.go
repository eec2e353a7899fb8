package language

var scheduleBlock = &Block{Name: "schedule", Labels: 1, Label: "nightly", Doc: "Runs checks on the mainline at certain times. It informs and gates nothing.", Attributes: []Attribute{
	{Name: "cron", Kind: kindCron, Required: true, Example: `"0 3 * * 1-5"`, Doc: "When, in UTC on every system."},
	{Name: "checks", Kind: kindChecks, Stronger: Grows, Required: true, Example: "[check.soak]", Doc: "Which checks, side by side."},
}}
