package language

var namesBlock = &Block{Name: "names", Once: true, Doc: "What tags and branches are called.", Attributes: []Attribute{
	{Name: "candidate", Kind: "name pattern", Fallback: `"candidate/${version}"`, Example: `"ci-${version}"`, Doc: "Tag of a version whose checks passed."},
	{Name: "release", Kind: "name pattern", Fallback: `"release/${version}"`, Example: `"prod-${version}"`, Doc: "Tag of a version that went to production."},
	{Name: "hotfix_branch", Kind: "name pattern", Fallback: `"hotfix/${version}"`, Example: `"hotfix/hf-${version}"`, Doc: "Branch of fixes for a version."},
	{Name: "hotfix_candidate", Kind: "name pattern", Fallback: "as candidate", Example: `"ci-hf-${version}"`, Doc: "Tag of a hotfix whose checks passed."},
	{Name: "hotfix_release", Kind: "name pattern", Fallback: "as release", Example: `"prod-hf-${version}"`, Doc: "Tag of a hotfix that went to production."},
	{Name: "ledger", Kind: "name", Fallback: `"fettle/ledger"`, Example: `"releases/ledger"`, Doc: "Branch of the ledger."},
}}
