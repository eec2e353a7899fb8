package language

var PolicyBlock = &Block{Name: "policy", Labels: 1, Label: "storefront", Once: true, Doc: "What the policy is called and which systems it is for.", Attributes: []Attribute{
	{Name: "extends", Kind: kindRelativePath, Example: `"../platform"`, Doc: "The policy that this one builds upon. What is said here comes before what is said there."},
	{Name: "description", Kind: kindText, Example: `"The web shop"`, Doc: "A description in one line."},
	{Name: "component", Kind: kindName, Example: `"pay"`, Doc: "What the policy is for, where a repository holds several: it stands before every name in git, on the systems and among the files."},
	{Name: "paths", Kind: kindGlobs, Fallback: "[]", Example: `["services/pay/**"]`, Doc: "What belongs to the policy in a repository of several: deliveries and merge requests that touch nothing of it are skipped. The policy and its generated files always belong to it."},
	{Name: "mainline", Kind: kindName, Fallback: `"main"`, Example: `"trunk"`, Doc: "The branch that deliveries come from."},
	{Name: "default_branch", Kind: kindName, Fallback: "the mainline", Example: `"main"`, Doc: "The repository's default branch, where it is another one: a second supported line has a mainline of its own. All policies of a repository name the same."},
	{Name: "former_mainlines", Kind: kindTexts, Stronger: Grows, Fallback: "[]", Example: `["master"]`, Doc: "What the mainline was called before. These branches stay protected as it is: hotfix branches and files from before take the release script from there."},
	{Name: "release_branches", Kind: kindBranches, Example: `"release/*"`, Doc: "What release branches are called. One is open as long as it is there: a hotfix is merged back to each, and requests to them are checked."},
	{Name: "targets", Kind: kindTexts, Required: true, Example: `["github", "gitlab"]`, Doc: "The CI systems that files are generated for.", Values: Targets},
	{Name: "active", Kind: kindText, Fallback: "the target, where there is one", Example: `"github"`, Doc: "The target that deploys; it must be said where there are several.", Values: Targets},
	{Name: "forge", Kind: kindText, Fallback: "the active target's own", Example: `"gitea"`, Doc: "Where merge requests are opened.", Values: forges},
	{Name: "version", Kind: kindText, Fallback: "\"sequence\", and \"height\" where there are several targets", Example: `"semver"`, Doc: "How versions are made.", Values: schemes},
	{Name: "version_run", Kind: kindCommand, Example: `"./version.sh"`, Doc: "A command that prints the version, in place of a scheme. It runs before the version is reserved, in a step without the credential that pushes."},
	{Name: "irreversible", Kind: kindGlobs, Stronger: Grows, Fallback: "[]", Example: `["migrations/**"]`, Doc: "Files whose changes nothing takes back, such as migrations: a redeployment over one is refused."},
	{Name: "unmergeable", Kind: kindGlobs, Stronger: Grows, Fallback: "[]", Example: `["datastage/**/*.isx"]`, Doc: "Files that git cannot merge."},
	{Name: "gitlab", Kind: kindOptions, Fallback: `{ root = ".gitlab-ci.yml" }`, Example: `{ root = ".gitlab/fettle.yml", image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }`, Doc: "`root`: where GitLab's root file stands. Elsewhere than by default, the project's own `.gitlab-ci.yml` includes it. `image`: what jobs on Linux run in whose agent names no image; it needs what `container` of an agent needs. A runner that starts no containers ignores it."},
	{Name: "jenkins", Kind: kindOptions, Fallback: `{ script_splitting = false }`, Example: `{ script_splitting = true }`, Doc: "`script_splitting`: whether the controller runs with script splitting of declarative pipelines, which large policies need (`jenkins-too-large`)."},
	{Name: "approved_operations", Kind: kindBool, Stronger: Rises, Fallback: "false", Example: "true", Doc: "Whether *resume*, *settle* and *adopt* for a production environment need the approvals of the environment: people then start them in the pipeline Correction. A *hold* never does, since it only stops deliveries."},
	{Name: "lfs", Kind: kindBool, Fallback: "a version with such files is refused", Example: "true", Doc: "Whether files that are kept in Git LFS are fetched wherever commands of the policy run, and at every checkout of the release script. git-lfs must be on the agents, on GitLab on the runners. With `false` what is checked out is left as it is, pointers too."},
	{Name: "timezone", Kind: kindText, Fallback: `"UTC"`, Example: `"Europe/Berlin"`, Doc: "The time zone of windows and reports."},
}}
