package settings

import (
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

var azure = &Host{
	Name: "azure", Title: "Azure DevOps", Scheme: Basic,
	Base:  Variable{Name: "SYSTEM_COLLECTIONURI", Text: "the organisation: https://dev.azure.com/acme"},
	Token: Variable{Name: "AZURE_DEVOPS_EXT_PAT", Text: "a personal access token of an administrator of the project"},
	Known: []Variable{
		{Name: "SYSTEM_TEAMPROJECT", As: "project", Text: "the project", Encode: true},
		{Name: "BUILD_REPOSITORY_NAME", As: "repository", Text: "the repository", Encode: true},
	},
	Rights:   Lookup{Path: "/{project}/_apis/git/repositories/{repository}?api-version=7.1", Pick: "has(\"id\")"},
	Needed:   "build, code, environment, variable groups and security (read, and for the script manage)",
	settings: azureSettings,
}

const azureRepository = "/{project}/_apis/git/repositories/{repository}?api-version=7.1"

var (
	azureRepositoryID = Lookup{Name: "repository id", Path: azureRepository, Pick: ".id"}
	azureProjectID    = Lookup{Name: "project id", Path: azureRepository, Pick: ".project.id"}
	azureCollectionID = Lookup{Name: "collection id", Path: "/_apis/connectionData", Pick: ".instanceId"}
)

func azureSettings(p *flow.Plan) []Setting {
	own := p.Forge == "azure" // the repository is in Azure Repos
	var out []Setting
	for _, f := range p.Flows {
		out = append(out, azurePipeline(p, f, own))
	}
	for _, e := range environmentNames(p) {
		out = append(out, azureEnvironment(e), azureLock(e))
	}
	out = append(out, azureQueueTime, azureStageChooser)
	if p.Committer.Signed {
		out = append(out, Setting{
			ID: "secret/" + flow.SigningKey, What: "Secret variable " + code(flow.SigningKey) + " of each pipeline whose file names it: the SSH key that signs commits, in Base64 on one line.",
			Why:  "A job that needs it fails.",
			Hand: "Edit the pipeline, Variables, *Keep this value secret*.",
		})
	}
	for _, s := range secrets(p) {
		out = append(out, azureSecret(p, s))
	}
	if !own {
		return append(out, elsewhere(p)...)
	}
	out = append(out, azureRights)
	for _, b := range mainlines(p) {
		out = append(out, azureBranchPolicies(p, b)...)
	}
	return append(out, azureBranches(p))
}

func azureName(p *flow.Plan, f *flow.Flow) string {
	if p.Component != "" {
		return f.Name
	}
	return p.Policy + " " + f.Name
}

// azureFile finds a pipeline by its file: what it is called is for people.
func azureFile(f *flow.Flow, optional bool) Lookup {
	path := ".azure-pipelines/" + f.Name + ".yml"
	return Lookup{
		Name: "pipeline " + f.Name, Optional: optional,
		Path: "/{project}/_apis/build/definitions?includeAllProperties=true&repositoryType=TfsGit&repositoryId={repository id}&api-version=7.1",
		Pick: `[.value[] | select(.process.yamlFilename | . == ` + literal(path) + " or . == " + literal("/"+path) + ").id][0]",
	}
}

func azurePipeline(p *flow.Plan, f *flow.Flow, own bool) Setting {
	path := ".azure-pipelines/" + f.Name + ".yml"
	s := Setting{
		ID: "pipeline/" + f.Name, What: "A pipeline for " + code(path) + ".",
		Why:  "A file that no pipeline is made of runs never.",
		Hand: "Pipelines, New pipeline. The repository is not in Azure Repos: a service connection is asked for.",
	}
	if !own {
		return s
	}
	find := azureFile(f, true)
	s.Hand, s.Needs = "", []Lookup{azureRepositoryID, find}
	s.Read, s.Now, s.Want = "/{project}/_apis/build/definitions/{"+find.Name+"}?api-version=7.1", ".queueStatus", `"enabled"`
	s.Create = &Write{"POST", "/{project}/_apis/pipelines?api-version=7.1", fmt.Sprintf(`{name: %s, folder: "\\", configuration: {type: "yaml", path: %s, repository: {id: %s, type: "azureReposGit"}}}`,
		literal(azureName(p, f)), literal("/"+path), lookedUp("repository id"))}
	s.Update = &Write{"PUT", "/{project}/_apis/build/definitions/{" + find.Name + "}?api-version=7.1", `. + {queueStatus: "enabled"}`}
	return s
}

func azureFind(name string, optional bool) Lookup {
	return Lookup{Name: "environment " + name, Optional: optional, Path: "/{project}/_apis/distributedtask/environments?name=" + part(name) + "&api-version=7.1",
		Pick: "[.value[] | select(.name == " + literal(name) + ").id][0]"}
}

func azureEnvironment(name string) Setting {
	return Setting{
		ID: "environment/" + name, What: "Environment " + code(name) + ".",
		Why:  "One that does not exist is made without a lock at the first run.",
		Read: "/{project}/_apis/distributedtask/environments?name=" + part(name) + "&api-version=7.1", Now: "any(.value[]; .name == " + literal(name) + ")", Want: "true",
		Create: &Write{"POST", "/{project}/_apis/distributedtask/environments?api-version=7.1", "{name: " + literal(name) + `, description: ""}`},
	}
}

// azureExclusive is the number of the check in all of Azure DevOps.
const azureExclusive = "2EF31AD6-BAA0-403A-8B45-2CBC9B4E5563"

func azureLock(name string) Setting {
	find := azureFind(name, false)
	path := "/{project}/_apis/pipelines/checks/configurations"
	return Setting{
		ID: "lock/" + name, What: "Environment " + code(name) + ": the check *exclusive lock*.",
		Why:   "Without it two pipelines deploy at once. `lockBehavior: sequential` in the files makes them wait in order.",
		Needs: []Lookup{find},
		Read:  path + "?resourceType=environment&resourceId={" + find.Name + "}&$expand=settings&api-version=7.1-preview.1",
		Now:   "any(.value[]; (.type.id | ascii_upcase) == " + literal(azureExclusive) + " and (.isDisabled | not))", Want: "true",
		Create: &Write{"POST", path + "?api-version=7.1-preview.1", fmt.Sprintf(`{type: {id: %s, name: "ExclusiveLock"}, settings: {}, resource: {type: "environment", id: (%s | tostring), name: %s}, timeout: 43200}`,
			literal(azureExclusive), lookedUp(find.Name), literal(name))},
	}
}

var azureQueueTime = Setting{
	ID: "queue-time-variables", What: "*Limit variables that can be set at queue time* is on.",
	Why:  "A person who starts a pipeline could replace any value of the files.",
	Read: "/{project}/_apis/build/generalsettings?api-version=7.1", Now: ".enforceSettableVar", Want: "true",
	Create: &Write{"PATCH", "/{project}/_apis/build/generalsettings?api-version=7.1", "{enforceSettableVar: true}"},
}

// azureStageChooser is for people: the project's settings have it, and the
// documented interface does not (learn.microsoft.com, "General Settings", 7.1).
var azureStageChooser = Setting{
	ID: "stage-chooser", What: "*Disable stage chooser* is on.",
	Why:  "Who starts a run could leave out stages of a file that does not say `isSkippable: false`, such as one of an older branch.",
	Hand: "Project settings, Pipelines, Settings; for all projects in the organization's settings.",
}

func azureSecret(p *flow.Plan, s secret) Setting {
	if s.AzureGroup == "" {
		return Setting{
			ID: "secret/" + s.AzureName, What: "Secret variable " + code(s.AzureName) + " of each pipeline whose file names it.",
			Why:  "A job that needs it fails.",
			Hand: "Edit the pipeline, Variables, *Keep this value secret*.",
		}
	}
	return Setting{
		ID: "secret/" + s.AzureGroup + "/" + s.AzureName, What: "Variable group " + code(s.AzureGroup) + " with the secret " + code(s.AzureName) + ".",
		Why:  "A job that needs it fails.",
		Read: "/{project}/_apis/distributedtask/variablegroups?groupName=" + part(s.AzureGroup) + "&api-version=7.1",
		Now:  "any(.value[]; .name == " + literal(s.AzureGroup) + " and .variables[" + literal(s.AzureName) + "].isSecret)", Want: "true",
		Hand: "Pipelines, Library.",
	}
}

// azureSecurity is the namespace of the rights on repositories.
const azureSecurity = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87"

// azureBit says whether a right is in the mask: jq has no operator for it.
func azureBit(bit int) string { return fmt.Sprintf("(. / %d | floor %% 2 == 1)", bit) }

// azureService is the identity that pipelines of the project push as.
const azureService = `"Microsoft.TeamFoundation.ServiceIdentity;\($known["collection id"]):Build:\($known["project id"])"`

var azureRights = Setting{
	ID:    "rights/build-service",
	What:  "Build service of the project, on the repository: *Contribute*, *Create branch*, *Create tag*, *Contribute to pull requests*. Never *Force push* or *Bypass policies*.",
	Why:   "Without the first the flows cannot record; with the second they could rewrite what they recorded.",
	Needs: []Lookup{azureRepositoryID, azureProjectID, azureCollectionID},
	Read:  "/_apis/accesscontrollists/" + azureSecurity + "?token=repoV2/{project id}/{repository id}&includeExtendedInfo=true&api-version=7.1",
	Now: "[.value[].acesDictionary[" + azureService + `] // empty | .extendedInfo.effectiveAllow // .allow // 0][0] // 0 | {contribute: ` + azureBit(4) + ", create_branch: " + azureBit(16) +
		", create_tag: " + azureBit(32) + ", contribute_to_pull_requests: " + azureBit(16384) + ", force_push: " + azureBit(8) + ", bypass: (" + azureBit(128) + " or " + azureBit(32768) + ")}",
	Want:   "{contribute: true, create_branch: true, create_tag: true, contribute_to_pull_requests: true, force_push: false, bypass: false}",
	Update: &Write{"POST", "/_apis/accesscontrolentries/" + azureSecurity + "?api-version=7.1", azureEntry},
}

// 16436 are the four rights together, 32904 what is never allowed.
const azureEntry = `{token: "repoV2/\($known["project id"])/\($known["repository id"])", merge: true, accessControlEntries: [{descriptor: ` + azureService + `, allow: 16436, deny: 32904}]}`

// The policies of branches, by their numbers in all of Azure DevOps.
const (
	azureReviewers = "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd"
	azureStrategy  = "fa4e907d-c16b-4a4c-9dfa-4916e5d171ab"
	azureBuild     = "0609b952-1397-4640-95ec-e00a01b2c241"
)

const azurePolicies = "/{project}/_apis/policy/configurations"

// azureScope is what a branch policy holds for: a branch, or those that begin alike.
type azureScope struct{ branch, ref, kind string }

// azureBranchPolicies are what the mainline and release branches are protected by.
func azureBranchPolicies(p *flow.Plan, branch string) []Setting {
	prefix, suffix, pattern := strings.Cut(branch, "*")
	scope := azureScope{branch, "refs/heads/" + branch, "Exact"}
	if pattern {
		scope = azureScope{branch, "refs/heads/" + prefix, "Prefix"}
	}
	if suffix != "" {
		return []Setting{{
			ID: "policies/" + branch, What: "Branch policies of each branch " + code(branch) + ": those of " + code(p.Mainline) + ".",
			Why: "A delivery comes from there.", Hand: "Repositories, Branches, Branch policies, when a branch is made: Azure Repos knows branches by how they begin alone.",
		}}
	}
	out := []Setting{azureReview(scope), azureMerge(scope)}
	if f := p.Flow("merge-request"); f != nil {
		out = append(out, azureValidation(scope, f))
	}
	if branch != p.Mainline {
		for i := range out {
			out[i].ID += "/" + branch
		}
	}
	return out
}

// covers are the policies of one type that hold for all of a scope, in the repository.
func (s azureScope) covers(kind string) string {
	return "[.value[] | select(.isEnabled and .isBlocking and (.isDeleted | not) and .type.id == " + literal(kind) + " and any(.settings.scope[]; .refName == " + literal(s.ref) +
		" and (.matchKind | ascii_downcase) == " + literal(strings.ToLower(s.kind)) + " and (.repositoryId == null or .repositoryId == " + lookedUp("repository id") + "))).settings]"
}

func (s azureScope) policy(kind, settings string) *Write {
	return &Write{"POST", azurePolicies + "?api-version=7.1", fmt.Sprintf(`{isEnabled: true, isBlocking: true, type: {id: %s}, settings: (%s + {scope: [{repositoryId: %s, refName: %s, matchKind: %s}]})}`,
		literal(kind), settings, lookedUp("repository id"), literal(s.ref), literal(s.kind))}
}

func azureReview(s azureScope) Setting {
	return Setting{
		ID: "policy/reviewers", What: "Branch policy of " + code(s.branch) + ": at least one reviewer, not the author.",
		Why:   "A push that nobody reviewed would be delivered.",
		Needs: []Lookup{azureRepositoryID},
		Read:  azurePolicies + "?policyType=" + azureReviewers + "&api-version=7.1", Now: "any(" + s.covers(azureReviewers) + "[]; .minimumApproverCount >= 1 and (.creatorVoteCounts | not))", Want: "true",
		Create: s.policy(azureReviewers, "{minimumApproverCount: 1, creatorVoteCounts: false, allowDownvotes: false, resetOnSourcePush: true}"),
	}
}

func azureMerge(s azureScope) Setting {
	return Setting{
		ID: "policy/merge-commits", What: "Branch policy of " + code(s.branch) + ": merge types, where they are limited, leave *basic merge (no fast-forward)*.",
		Why:   "A merge-back is recognised by its commits.",
		Needs: []Lookup{azureRepositoryID},
		Read:  azurePolicies + "?policyType=" + azureStrategy + "&api-version=7.1", Now: "all(" + s.covers(azureStrategy) + "[]; .allowNoFastForward == true)", Want: "true",
		Hand: "Repositories, Branches, Branch policies.",
	}
}

func azureValidation(s azureScope, f *flow.Flow) Setting {
	find := azureFile(f, false)
	return Setting{
		ID: "policy/build/" + f.Name, What: "Branch policy of " + code(s.branch) + ": build validation by the pipeline of " + code(".azure-pipelines/"+f.Name+".yml") + ", required.",
		Why:   "Azure Repos starts the checks of a merge request by it, and by nothing else.",
		Needs: []Lookup{azureRepositoryID, find},
		Read:  azurePolicies + "?policyType=" + azureBuild + "&api-version=7.1", Now: "any(" + s.covers(azureBuild) + "[]; .buildDefinitionId == " + lookedUp(find.Name) + ")", Want: "true",
		Create: s.policy(azureBuild, "{buildDefinitionId: "+lookedUp(find.Name)+`, displayName: "fettle", manualQueueOnly: false, queueOnSourceUpdateOnly: false, validDuration: 0}`),
	}
}

// azureBranches is for people: the rights of single branches and tags are by the
// numbers of people and groups, which Azure keeps elsewhere.
func azureBranches(p *flow.Plan) Setting {
	return Setting{
		ID: "rights/branches", What: "Branch " + code(p.Names.Ledger) + " and tags " + codes(tags(p)) + ": only the build service may contribute; nobody may force push, not even who made it." + azureLines(p),
		Why:  "The flows decide by what is recorded there.",
		Hand: "Repositories, Branches and Tags, Security. Once the ledger is there: Azure gives who makes a branch *Force push* on it, the build service too.",
	}
}

func azureLines(p *flow.Plan) string {
	if p.Flow("hotfix") == nil {
		return ""
	}
	return " Hotfix branches " + code(p.Names.Line.Glob()) + ": developers contribute, nobody may force push."
}
