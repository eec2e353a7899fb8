package schema

var namesBlock = &block{name: "names", once: true, doc: "What tags and branches are called.", attributes: []attribute{
	{name: "candidate", kind: "name pattern", fallback: `"candidate/${version}"`, example: `"ci-${version}"`, doc: "Tag of a version whose checks passed."},
	{name: "release", kind: "name pattern", fallback: `"release/${version}"`, example: `"prod-${version}"`, doc: "Tag of a version that went to production."},
	{name: "hotfix_branch", kind: "name pattern", fallback: `"hotfix/${version}"`, example: `"hotfix/hf-${version}"`, doc: "Branch of fixes for a version."},
	{name: "hotfix_candidate", kind: "name pattern", fallback: "as candidate", example: `"ci-hf-${version}"`, doc: "Tag of a hotfix whose checks passed."},
	{name: "hotfix_release", kind: "name pattern", fallback: "as release", example: `"prod-hf-${version}"`, doc: "Tag of a hotfix that went to production."},
	{name: "ledger", kind: "name", fallback: `"fettle/ledger"`, example: `"releases/ledger"`, doc: "Branch of the ledger."},
}}
