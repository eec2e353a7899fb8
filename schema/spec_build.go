package schema

var buildBlock = &block{name: "build", once: true, doc: "Makes the artifact, once a run.", attributes: withOptions(withRunner(`"60m"`,
	attribute{name: "run", kind: "command", required: true, example: `"make dist"`, doc: "The command, or a list of them."},
	attribute{name: "artifact", kind: "artifact", required: true, example: `"dist/"`, doc: "What is deployed, everywhere, also by a redeployment: files that are kept with their checksum, or an image by the digest that the build left in a file."},
)), blocks: []*block{
	nativeBlock(beforeCommands),
	{name: "store", once: true, doc: "Keeps files for longer than the CI system does. The checksum is compared whenever they come back.", attributes: []attribute{
		{name: "put", kind: "command", required: true, example: `"aws s3 cp --recursive dist/ s3://acme-releases/${release.version}/"`, doc: "Stores the artifact, after the build."},
		{name: "get", kind: "command", required: true, example: `"aws s3 cp --recursive s3://acme-releases/${release.version}/ dist/"`, doc: "Brings it back for a redeployment and for the mirror, to where the build made it. It runs where the deployment does."},
	}},
}}
