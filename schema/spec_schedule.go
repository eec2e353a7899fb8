package schema

var scheduleBlock = &block{name: "schedule", labels: 1, label: "nightly", doc: "Runs checks on the mainline at certain times. It informs and gates nothing.", attributes: []attribute{
	{name: "cron", kind: "cron", required: true, example: `"0 3 * * 1-5"`, doc: "When, in UTC on every system."},
	{name: "checks", kind: "checks", stronger: grows, required: true, example: "[check.soak]", doc: "Which checks, side by side."},
}}
