package schema

var useBlock = &block{name: "use", labels: 1, label: "mettleci", doc: "A library of commands; its label stands before their names: LABEL::NAME({ … }).", attributes: []attribute{
	{name: "source", kind: "text", required: true, example: `"builtin:mettleci"`, doc: "A file, or a folder of *.release.hcl, of the repository, relative to the policy; or builtin:NAME."},
}}
