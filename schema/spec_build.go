package schema

var buildBlock = &block{name: "build", once: true, doc: "Makes the artifact, once a run.", attributes: withOptions(withRunner(`"60m"`,
	attribute{name: "run", kind: "command", required: true, example: `"make dist"`, doc: "The command, or a list of them."},
	attribute{name: "artifact", kind: "artifact", required: true, example: `"dist/"`, doc: "What is deployed, everywhere, also by a redeployment: files, which travel as one tar with links, modes and hidden files and are compared with their checksum, or an image by the digest that the build left in a file."},
)), blocks: []*block{
	nativeBlock(beforeCommands),
	{name: "store", once: true, doc: "Keeps files for longer than the CI system does: the tar `.fettle/artifact/release.tar`, or the files themselves where nothing of them gets lost. The checksum is compared whenever they come back.", attributes: []attribute{
		{name: "put", kind: "command", required: true, example: `"aws s3 cp .fettle/artifact/release.tar s3://acme-releases/${release.version}.tar"`, doc: "Stores the artifact, after the build: the tar, or what the build made."},
		{name: "get", kind: "command", required: true, example: `"aws s3 cp s3://acme-releases/${release.version}.tar .fettle/artifact/release.tar"`, doc: "Brings it back for a redeployment and for the mirror: the tar to where it was, or the files to where the build made them. It runs where the deployment does."},
	}},
}}
