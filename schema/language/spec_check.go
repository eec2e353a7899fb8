package language

var CheckBlock = &Block{Name: "check", Labels: 1, Label: "unit", Doc: "Decides whether a commit or a deployment is good.", Attributes: withOptions(withRunner(`"30m"`,
	Attribute{Name: "run", Kind: kindCommand, Required: true, Example: `"make test"`, Doc: "The command, or a list of them."},
	Attribute{Name: "report", Kind: kindGlob, Fallback: "the exit code is all the evidence", Example: `"build/junit/*.xml"`, Doc: "The files that prove it: JUnit (.xml), in which a test case ran and none failed, or SARIF (.sarif), with no error that nobody suppressed. What lies there before the check runs is removed."},
	Attribute{Name: "matrix", Kind: kindMatrix, Example: `{ jdk = ["17", "21"] }`, Doc: "Runs the check once a combination, each a check of its own that must pass. Its values are matrix.NAME in the other attributes."},
	Attribute{Name: "required", Kind: kindBool, Stronger: Rises, Fallback: "true", Example: "false", Doc: "Whether it must pass. One that need not runs beside the others and is shown: it stops nothing, and proves nothing."},
	Attribute{Name: "older_branches", Kind: kindBool, Stronger: Rises, Fallback: "false", Example: "true", Doc: "Whether a hotfix branch with older pipeline files needs it too, from its first hotfix on: such a branch then takes the mainline's files. Without it older requirements serve one hotfix. It is asked of a candidate, so it says nothing of a check that runs in production alone."},
)), Blocks: []*Block{nativeBlock(beforeCommands)}}
