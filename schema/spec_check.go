package schema

var checkBlock = &block{name: "check", labels: 1, label: "unit", doc: "Decides whether a commit or a deployment is good.", attributes: withOptions(withRunner(`"30m"`,
	attribute{name: "run", kind: "command", required: true, example: `"make test"`, doc: "The command, or a list of them."},
	attribute{name: "report", kind: "glob", fallback: "the exit code is all the evidence", example: `"build/junit/*.xml"`, doc: "The files that prove it: JUnit (.xml), in which a test case ran and none failed, or SARIF (.sarif), with no error that nobody suppressed. What lies there before the check runs is removed."},
	attribute{name: "matrix", kind: "matrix", example: `{ jdk = ["17", "21"] }`, doc: "Runs the check once a combination, each a check of its own that must pass. Its values are matrix.NAME in the other attributes."},
	attribute{name: "required", kind: "true or false", stronger: rises, fallback: "true", example: "false", doc: "Whether it must pass. One that need not runs beside the others and is shown: it stops nothing, and proves nothing."},
	attribute{name: "older_branches", kind: "true or false", stronger: rises, fallback: "false", example: "true", doc: "Whether a hotfix branch with older pipeline files needs it too, from its first hotfix on: such a branch then takes the mainline's files. Without it older requirements serve one hotfix. It is asked of a candidate, so it says nothing of a check that runs in production alone."},
)), blocks: []*block{nativeBlock(beforeCommands)}}
