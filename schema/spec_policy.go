package schema

var policyBlock = &block{name: "policy", labels: 1, label: "storefront", once: true, doc: "What the policy is called and which systems it is for.", attributes: []attribute{
	{name: "extends", kind: "relative path", example: `"../platform"`, doc: "The policy that this one builds upon. What is said here comes before what is said there."},
	{name: "description", kind: "text", example: `"The web shop"`, doc: "A description in one line."},
	{name: "component", kind: "name", example: `"pay"`, doc: "What the policy is for, where a repository holds several: it stands before every name in git, on the systems and among the files."},
	{name: "paths", kind: "globs", fallback: "[]", example: `["services/pay/**"]`, doc: "What belongs to the policy in a repository of several: deliveries and merge requests that touch nothing of it are skipped. The policy and its generated files always belong to it."},
	{name: "mainline", kind: "name", fallback: `"main"`, example: `"trunk"`, doc: "The branch that deliveries come from."},
	{name: "default_branch", kind: "name", fallback: "the mainline", example: `"main"`, doc: "The repository's default branch, where it is another one: a second supported line has a mainline of its own. All policies of a repository name the same."},
	{name: "former_mainlines", kind: "texts", stronger: grows, fallback: "[]", example: `["master"]`, doc: "What the mainline was called before. These branches stay protected as it is: hotfix branches and files from before take the release script from there."},
	{name: "release_branches", kind: "branches", example: `"release/*"`, doc: "What release branches are called. One is open as long as it is there: a hotfix is merged back to each, and requests to them are checked."},
	{name: "targets", kind: "texts", required: true, example: `["github", "gitlab"]`, doc: "The CI systems that files are generated for.", values: targets},
	{name: "active", kind: "text", fallback: "the target, where there is one", example: `"github"`, doc: "The target that deploys; it must be said where there are several.", values: targets},
	{name: "forge", kind: "text", fallback: "the active target's own", example: `"gitea"`, doc: "Where merge requests are opened.", values: forges},
	{name: "version", kind: "text", fallback: "\"sequence\", and \"height\" where there are several targets", example: `"semver"`, doc: "How versions are made.", values: schemes},
	{name: "version_run", kind: "command", example: `"./version.sh"`, doc: "A command that prints the version, in place of a scheme. It runs before the version is reserved, in a step without the credential that pushes."},
	{name: "irreversible", kind: "globs", stronger: grows, fallback: "[]", example: `["migrations/**"]`, doc: "Files whose changes nothing takes back, such as migrations: a redeployment over one is refused."},
	{name: "unmergeable", kind: "globs", stronger: grows, fallback: "[]", example: `["datastage/**/*.isx"]`, doc: "Files that git cannot merge."},
	{name: "gitlab", kind: "target options", fallback: `{ root = ".gitlab-ci.yml" }`, example: `{ root = ".gitlab/fettle.yml", image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }`, doc: "`root`: where GitLab's root file stands. Elsewhere than by default, the project's own `.gitlab-ci.yml` includes it. `image`: what jobs on Linux run in whose agent names no image; it needs what `container` of an agent needs. A runner that starts no containers ignores it."},
	{name: "jenkins", kind: "target options", fallback: `{ script_splitting = false }`, example: `{ script_splitting = true }`, doc: "`script_splitting`: whether the controller runs with script splitting of declarative pipelines, which large policies need (`jenkins-too-large`)."},
	{name: "approved_operations", kind: "true or false", stronger: rises, fallback: "false", example: "true", doc: "Whether *resume*, *settle* and *adopt* for a production environment need the approvals of the environment: people then start them in the pipeline Correction. A *hold* never does, since it only stops deliveries."},
	{name: "lfs", kind: "true or false", fallback: "a version with such files is refused", example: "true", doc: "Whether files that are kept in Git LFS are fetched wherever commands of the policy run, and at every checkout of the release script. git-lfs must be on the agents, on GitLab on the runners. With `false` what is checked out is left as it is, pointers too."},
	{name: "timezone", kind: "text", fallback: `"UTC"`, example: `"Europe/Berlin"`, doc: "The time zone of windows and reports."},
}}
