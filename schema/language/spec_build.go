package language

var buildBlock = &Block{Name: "build", Once: true, Doc: "Makes the artifact, once a run.", Attributes: withOptions(withRunner(`"60m"`,
	Attribute{Name: "run", Kind: kindCommand, Required: true, Example: `"make dist"`, Doc: "The command, or a list of them."},
	Attribute{Name: "artifact", Kind: kindArtifact, Required: true, Example: `"dist/"`, Doc: "What is deployed, everywhere, also by a redeployment: files, which travel as one tar with links, modes and hidden files and are compared with their checksum, or an image by the digest that the build left in a file."},
)), Blocks: []*Block{
	nativeBlock(beforeCommands),
	{Name: "store", Once: true, Doc: "Keeps files for longer than the CI system does: the tar `.fettle/artifact/release.tar`, or the files themselves where nothing of them gets lost. The checksum is compared whenever they come back.", Attributes: []Attribute{
		{Name: "put", Kind: kindCommand, Required: true, Example: `"aws s3 cp .fettle/artifact/release.tar s3://acme-releases/${release.version}.tar"`, Doc: "Stores the artifact, after the build: the tar, or what the build made."},
		{Name: "get", Kind: kindCommand, Required: true, Example: `"aws s3 cp s3://acme-releases/${release.version}.tar .fettle/artifact/release.tar"`, Doc: "Brings it back for a redeployment and for the mirror: the tar to where it was, or the files to where the build made them. It runs where the deployment does."},
	}},
}}
