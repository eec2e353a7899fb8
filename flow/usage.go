package flow

import (
	"fmt"
	"strings"
)

// Usage is an operation of the release script as a person calls it. It is a row
// of Usages, from which the help of the script, its errors of use, `fettle
// explain` and docs/operations.md are made.
type Usage struct {
	Name      string
	Arguments string // "ENVIRONMENT VERSION"; "" where there are none
	Least     int    // of the arguments, how many it cannot do without
	Does      string // one sentence, without what it needs
	Reads     string // of the environment, besides what every operation takes from the CI system; "" where nothing
	Example   string // the arguments of a call
	By        Caller
	Needs     Provision // the policy must have
}

// Caller is who calls an operation.
type Caller string

// The callers.
const (
	ByPipelines Caller = "pipelines"
	ByPeople    Caller = "people" // by the pipelines Operate and Correction, which record who it was
	ByAnyone    Caller = "anyone" // changes nothing
)

const payloadReads = "RELEASE_VERSION, RELEASE_COMMIT, RELEASE_BASE, RELEASE_FLOW"

// Usages are all operations, in the order in which a release meets them.
var Usages = []*Usage{
	{Name: "status", Arguments: "[--porcelain]", By: ByAnyone,
		Does: "shows what runs in each environment, what is open, held or due, and what ran before"},
	{Name: "measures", Arguments: "[DAYS]", Example: "90", By: ByAnyone,
		Does: "shows how many deployments there were, how many of them were rework, and how long recoveries took"},
	{Name: "advise", Arguments: "[ENVIRONMENT] [--all] [--start] [--porcelain]", Example: "production", Reads: "RELEASE_INCIDENT", By: ByAnyone,
		Does: "runs the guards for each answer to a broken production (redeploy, hotfix, fix forward) and shows which is open"},

	{Name: "hold", Arguments: "ENVIRONMENT REASON", Least: 2, Example: "production 'Look at the data first'", By: ByPeople,
		Does: "stops deliveries to an environment; hotfixes and redeployments still pass"},
	{Name: "resume", Arguments: "ENVIRONMENT HOLD|COMMIT|--ship-again [VERSION] REASON", Least: 2, Example: "production hold-1 'The data is right'", By: ByPeople,
		Does: "ends a hold; or names the commit that repairs what was withdrawn; or says that a withdrawn version may go again"},
	{Name: "settle", Arguments: "ENVIRONMENT VERSION REASON", Least: 2, Example: "production 43 'Looked: 43 answers'", By: ByPeople,
		Does: "says which version an environment runs, after a deployment that did not end"},
	{Name: "adopt", Arguments: "ENVIRONMENT VERSION COMMIT REASON", Least: 2, Example: "production 42 v42 'Ran before fettle'", By: ByPeople,
		Does: "records a version that was deployed without fettle: the first entry of an environment"},
	{Name: "review", Arguments: "ID REASON", Least: 2, Example: "glass-1 'Looked at all of it'", By: ByPeople, Needs: BreakGlassProvision,
		Does: "records that somebody else has reviewed a break glass"},
	{Name: "operate", Reads: "RELEASE_OPERATION, RELEASE_ENVIRONMENT, RELEASE_VERSION, RELEASE_SUBJECT, RELEASE_REASON", By: ByPipelines,
		Does: "carries one of these out, by the inputs of the pipeline Operate"},
	{Name: "correct", Arguments: "ENVIRONMENT VERSION DECISION", Least: 3, Example: "production 43 keep", Reads: "RELEASE_REASON, RELEASE_APPROVERS", By: ByPipelines, Needs: CorrectionProvision,
		Does: "puts the ledger right after an approval; the decision is settle, keep, withdraw, abandon, resume or adopt"},
	{Name: "exception", Arguments: "ENVIRONMENT VERSION", Least: 2, Example: "production 44", Reads: "RELEASE_REASON, RELEASE_APPROVERS", By: ByPipelines, Needs: FreezeProvision,
		Does: "records the second approval that lets one version pass a freeze"},
	{Name: "open", Arguments: "ENVIRONMENT VERSION INCIDENT", Least: 3, Example: "production 44 INC-7", Reads: "RELEASE_REASON", By: ByPipelines, Needs: BreakGlassProvision,
		Does: "records a break glass, before anything else happens"},

	{Name: "identify", Arguments: "delivery|hotfix", Least: 1, Example: "hotfix", Reads: "RELEASE_REF, RELEASE_RUN_NUMBER, RELEASE_INCIDENT", By: ByPipelines,
		Does: "finds the commit and reserves a version for it"},
	{Name: "make-version", By: ByPipelines, Needs: VersionRunProvision,
		Does: "runs the command of the policy that makes the version"},
	{Name: "changes", By: ByPipelines,
		Does: "tells whether a merge request changes anything of the component"},
	{Name: "check-policy", Arguments: "VERSION ADDRESS SHA256", Least: 3, Example: "v0.9.0 https://downloads.example.com/fettle.tar.gz 9f86d081884c7d65…", By: ByPipelines, Needs: PolicyCheckProvision,
		Does: "downloads fettle, compares it with its checksum, and lets it look at the policy of a merge request"},
	{Name: "clear-report", Arguments: "CHECK GLOB", Least: 2, Example: "unit 'reports/*.xml'", By: ByPipelines,
		Does: "removes reports of earlier runs before a check"},
	{Name: "evidence", Arguments: "CHECK GLOB", Least: 2, Example: "unit 'reports/*.xml'", Reads: "RELEASE_COMMIT", By: ByPipelines,
		Does: "reads the report of a check and refuses one that shows a failure, or nothing"},
	{Name: "outcome", Arguments: "CHECK[=GLOB]…", Least: 1, Example: "'unit=reports/*.xml'", By: ByPipelines,
		Does: "hands the outcome of a check on to the candidate"},
	{Name: "candidate", Arguments: "--outcomes [CHECK…]", Example: "--outcomes unit", Reads: payloadReads + ", RELEASE_EVIDENCE_CHECK", By: ByPipelines,
		Does: "records that the checks passed on exactly this commit, and makes its tag"},
	{Name: "pack", Arguments: "PATH", Least: 1, Example: "dist/", By: ByPipelines,
		Does: "packs the artifact and prints its checksum"},
	{Name: "unpack", Arguments: "PATH", Least: 1, Example: "dist/", Reads: "RELEASE_CHECKSUM", By: ByPipelines,
		Does: "unpacks the artifact that was fetched and refuses one that is not what was built"},
	{Name: "checksum", Arguments: "PATH", Least: 1, Example: "dist/", By: ByPipelines,
		Does: "prints the checksum of what was built, for files that are stored by commands of the policy"},
	{Name: "compare", Arguments: "PATH", Least: 1, Example: "dist/", Reads: "RELEASE_CHECKSUM", By: ByPipelines,
		Does: "refuses an artifact that is not what was built"},
	{Name: "clear", Arguments: "FILE", Least: 1, Example: "image.digest", By: ByPipelines,
		Does: "removes the digest of an earlier build"},
	{Name: "image", Arguments: "REPOSITORY FILE", Least: 2, Example: "registry.example.com/shop image.digest", By: ByPipelines,
		Does: "reads the digest of the image that was built"},
	{Name: "compare-image", Reads: "RELEASE_ARTIFACT, RELEASE_VERSION", By: ByPipelines,
		Does: "refuses an image that is not the recorded one"},
	{Name: "request", Arguments: "ENVIRONMENT [VERSION [DECISION]]", Least: 1, Example: "production", Reads: payloadReads, By: ByPipelines,
		Does: "runs the guards and shows what would be approved, before anybody is asked"},
	{Name: "begin", Arguments: "ENVIRONMENT", Least: 1, Example: "production", Reads: payloadReads + ", RELEASE_APPROVERS", By: ByPipelines,
		Does: "runs the guards under the lock and records that the deployment begins"},
	{Name: "deployed", Arguments: "ENVIRONMENT", Least: 1, Example: "production", Reads: payloadReads, By: ByPipelines,
		Does: "records that the deploy command succeeded; verification follows"},
	{Name: "passed", Arguments: "ENVIRONMENT", Least: 1, Example: "production", Reads: payloadReads, By: ByPipelines,
		Does: "records that the version runs there; in production makes the release tag and the hotfix branch"},
	{Name: "failed", Arguments: "ENVIRONMENT", Least: 1, Example: "production", By: ByPipelines,
		Does: "records that the deployment or its verification failed; the environment is unsettled then"},
	{Name: "resolve", Arguments: "ENVIRONMENT VERSION", Least: 2, Example: "production 42", By: ByPipelines,
		Does: "finds what a version was that ran there before"},
	{Name: "payload", Reads: payloadReads, By: ByPipelines,
		Does: "checks out what was released, and nothing else"},
	{Name: "mirror", Arguments: "ENVIRONMENT FROM", Least: 2, Example: "dev-hf production", By: ByPipelines,
		Does: "checks out what another environment runs now, and records that its deployment begins"},
	{Name: "merge-back", Reads: "FETTLE_TOKEN", By: ByPipelines, Needs: HotfixProvision,
		Does: "brings what production runs to the mainline, by a merge request where it is missing there"},
}

// UsageNamed is the operation of that name, or nil.
func UsageNamed(name string) *Usage {
	for _, u := range Usages {
		if u.Name == name {
			return u
		}
	}
	return nil
}

// Calls are operations that somebody calls, with what a page says of them.
type Calls struct {
	Title  string // "For reading"
	By     Caller
	Usages []*Usage
}

// ByCaller are operations by who calls them.
func ByCaller(usages []*Usage) []Calls {
	var out []Calls
	for _, c := range []Calls{
		{Title: "For reading; they change nothing", By: ByAnyone},
		{Title: "Decisions of people, by the pipeline Operate, which records who it was", By: ByPeople},
		{Title: "Steps of the pipelines", By: ByPipelines},
	} {
		for _, u := range usages {
			if u.By == c.By {
				c.Usages = append(c.Usages, u)
			}
		}
		out = append(out, c)
	}
	return out
}

// Call is the operation with its arguments.
func (u *Usage) Call() string { return strings.TrimSpace(u.Name + " " + u.Arguments) }

// String is the entry of `fettle explain`.
func (u *Usage) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "operation %s\n\nIt %s.\n\nUsage: sh .fettle/release.sh %s\n", u.Name, u.Does, u.Call())
	if u.Example != "" {
		fmt.Fprintf(&b, "Example: sh .fettle/release.sh %s %s\n", u.Name, u.Example)
	}
	if u.Reads != "" {
		fmt.Fprintf(&b, "Reads: %s\n", u.Reads)
	}
	fmt.Fprintf(&b, "Called by: %s\n", u.By.Words())
	if u.Needs != NoProvision {
		fmt.Fprintf(&b, "Only where the policy has `%s`.\n", u.Needs)
	}
	return b.String()
}

// Words says who a caller is.
func (c Caller) Words() string {
	switch c {
	case ByPipelines:
		return "the pipelines"
	case ByPeople:
		return "people, by the pipeline Operate, which records who it was"
	case ByAnyone:
		return "anyone; it changes nothing"
	default:
		panic("flow: unexpected caller " + string(c))
	}
}
