package schema

var buildBlock = &block{name: "build", once: true, doc: "Makes the artifact, once a run.", attributes: withSettings(withRunner(`"60m"`,
	attribute{name: "run", kind: "command", required: true, example: `"make dist"`, doc: "The command, or a list of them."},
	attribute{name: "artifact", kind: "artifact", required: true, example: `"dist/"`, doc: "What is deployed, everywhere and when it is put back: files that are kept with their checksum, or an image by the digest that the build left in a file."},
)), blocks: []*block{nativeBlock(beforeCommands)}}
