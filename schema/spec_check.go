package schema

var checkBlock = &block{name: "check", labels: 1, label: "unit", doc: "Decides whether a commit or a deployment is good.", attributes: withRunner(`"30m"`,
	attribute{name: "run", kind: "command", required: true, example: `"make test"`, doc: "The command, or a list of them."},
	attribute{name: "report", kind: "glob", fallback: "the exit code is all the evidence", example: `"build/junit/*.xml"`, doc: "JUnit files that prove it."},
)}
