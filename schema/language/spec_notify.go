package language

var notifyBlock = &Block{Name: "notify", Labels: 1, Label: "chat", Doc: "Tells people. It holds nothing up.", Attributes: withRunner(`"5m"`,
	Attribute{Name: "on", Kind: kindWords, Stronger: Grows, Required: true, Example: "[failure, waiting]", Doc: "Of what: [failure, waiting, production, break_glass]. A failure is every end that is no success: also a job that ran out of time, an approval that was refused or came too late, a run that somebody cancelled. GitLab has no refusal, and starts nothing in a pipeline that was cancelled.", Values: Events},
	Attribute{Name: "run", Kind: kindCommand, Required: true, Example: `"./notify.sh ${run.url}"`, Doc: "The command, or a list of them."},
)}
