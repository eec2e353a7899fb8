package language

var UseBlock = &Block{Name: "use", Labels: 1, Label: "mettleci", Doc: "A library of commands; its label stands before their names: LABEL::NAME({ … }).", Attributes: []Attribute{
	{Name: "source", Kind: kindText, Required: true, Example: `"builtin:mettleci"`, Doc: "A file, or a folder of *.release.hcl, of the repository, relative to the policy; or builtin:NAME."},
}}
