package language

var committerBlock = &Block{Name: "committer", Once: true, Doc: "Who the commits of the pipelines are by: the entries of the ledger, and merge-backs. Hosts can refuse commits that are not by who pushes them, or that nobody signed.", Attributes: []Attribute{
	{Name: "name", Kind: kindText, Fallback: `"fettle"`, Example: `"Release pipelines"`, Doc: "A name, as the host knows it."},
	{Name: "email", Kind: kindText, Fallback: `"fettle@localhost"`, Example: `"project_42_bot@noreply.gitlab.example.com"`, Doc: "An address, which the account that pushes has on the host."},
	{Name: "signed", Kind: kindBool, Stronger: Rises, Fallback: "false", Example: "true", Doc: "Whether they are signed, with the SSH key in the secret `FETTLE_SIGNING_KEY` (on Jenkins the credential `fettle-signing-key`), best in Base64 on one line. The agents need ssh-keygen and git 2.34."},
}}
