package language

var namesBlock = &Block{Name: "names", Once: true, Doc: "What tags and branches are called.", Attributes: []Attribute{
	{Name: "candidate", Kind: kindNamePattern, Fallback: `"candidate/${version}"`, Example: `"ci-${version}"`, Doc: "Tag of a version whose checks passed."},
	{Name: "release", Kind: kindNamePattern, Fallback: `"release/${version}"`, Example: `"prod-${version}"`, Doc: "Tag of a version that went to production."},
	{Name: "hotfix_branch", Kind: kindNamePattern, Fallback: `"hotfix/${version}"`, Example: `"hotfix/hf-${version}"`, Doc: "Branch of fixes for a version."},
	{Name: "hotfix_candidate", Kind: kindNamePattern, Fallback: "as candidate", Example: `"ci-hf-${version}"`, Doc: "Tag of a hotfix whose checks passed."},
	{Name: "hotfix_release", Kind: kindNamePattern, Fallback: "as release", Example: `"prod-hf-${version}"`, Doc: "Tag of a hotfix that went to production."},
	{Name: "ledger", Kind: kindName, Fallback: `"fettle/ledger"`, Example: `"releases/ledger"`, Doc: "Branch of the ledger."},
}}
