package language

var mergeRequestBlock = &Block{Name: "merge_request", Once: true, Doc: "What runs on merge requests. Without it, every check of delivery that needs no environment does.", Attributes: []Attribute{
	{Name: "checks", Kind: kindChecks, Stronger: Grows, Fallback: "delivery's that need neither an environment nor a secret", Example: "[check.unit]", Doc: "Checks without secrets."},
}, Blocks: []*Block{
	{Name: "policy_check", Once: true, Doc: "Lets fettle look at the policy on each merge request: `fettle check`, and `fettle lint --against` the branch that the request is for. The program is downloaded, compared with its checksum, and only then run. It reads the repository, and has no secret.", Attributes: []Attribute{
		{Name: "version", Kind: kindText, Required: true, Example: `"v0.9.0"`, Doc: "What `fettle version` prints after the name. Another one is refused."},
		{Name: "url", Kind: kindText, Required: true, Example: `"https://downloads.example.com/fettle/v0.9.0/fettle_linux_amd64.tar.gz"`, Doc: "Where the program for the agent `operations` (without one: for the hosted Linux agent) can be had without a credential: an archive (`.tar.gz`) with `fettle` in it, or the program itself."},
		{Name: "sha256", Kind: kindText, Required: true, Example: `"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`, Doc: "The checksum of what is downloaded, in 64 hexadecimal digits."},
	}},
}}
