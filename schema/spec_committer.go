package schema

var committerBlock = &block{name: "committer", once: true, doc: "Who the commits of the pipelines are by: the entries of the ledger, and merge-backs. Hosts can refuse commits that are not by who pushes them, or that nobody signed.", attributes: []attribute{
	{name: "name", kind: "text", fallback: `"fettle"`, example: `"Release pipelines"`, doc: "A name, as the host knows it."},
	{name: "email", kind: "text", fallback: `"fettle@localhost"`, example: `"project_42_bot@noreply.gitlab.example.com"`, doc: "An address, which the account that pushes has on the host."},
	{name: "signed", kind: "true or false", stronger: rises, fallback: "false", example: "true", doc: "Whether they are signed, with the SSH key in the secret `FETTLE_SIGNING_KEY` (on Jenkins the credential `fettle-signing-key`), best in Base64 on one line. The agents need ssh-keygen and git 2.34."},
}}
