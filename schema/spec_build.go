package schema

var buildBlock = &block{name: "build", once: true, doc: "Makes the artifact, once a run.", attributes: withRunner(`"60m"`,
	attribute{name: "run", kind: "command", required: true, example: `"make dist"`, doc: "The command, or a list of them."},
	attribute{name: "artifact", kind: "path", required: true, example: `"dist/"`, doc: "The file, or the folder (with a slash at its end), that is kept."},
)}
