package schema

var notifyBlock = &block{name: "notify", labels: 1, label: "chat", doc: "Tells people. It holds nothing up.", attributes: withRunner(`"5m"`,
	attribute{name: "on", kind: "words", stronger: grows, required: true, example: "[failure, waiting]", doc: "Of what: [failure, waiting, production, break_glass]. A failure is every end that is no success: also a job that ran out of time, an approval that was refused or came too late, a run that somebody cancelled. GitLab has no refusal, and starts nothing in a pipeline that was cancelled.", values: onEvent},
	attribute{name: "run", kind: "command", required: true, example: `"./notify.sh ${run.url}"`, doc: "The command, or a list of them."},
)}
