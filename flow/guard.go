package flow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/schema"
)

// Guard is what the release script judges before a deployment: early by the
// operation request, before anybody is asked, and by begin, under the lock. It
// is a row of Guards, which is the only place where a guard stands: the order
// of judging in the script, the plan, explain, the report and the catalogue of
// rules are all read from there.
type Guard struct {
	Name      string    // in what it refuses, in plans and rules, and for `fettle explain`
	Flows     []Kind    // of Delivery, Hotfix and Redeploy; a break glass is the delivery or the hotfix that its version is
	Reach     Reach     // the environments
	Needs     Provision // what the policy must have
	Named     bool      // judges only a run that names an incident
	Opened    Opening   // how a break glass opens it
	Candidate bool      // asks for the candidate: before the checks ran there is none
	Again     bool      // judges also a run that has deployed its commit already and is run again
	Also      []string  // operations besides request and begin that judge it, or a part of it

	// The words. {environment} stands for the environment.
	Demands string // what holds thanks to it
	Refuses string // what it refuses
	Why     string
	Spares  string // what it lets pass on purpose, and why; "" when there is nothing to say
	Kept    string // why a break glass does not skip it; "" where one does
	Way     string // what a person can do where it refuses what should go, with all of it recorded

	here func(*builder, *Environment) bool // what the policy says of this flow and environment; nil: nothing more
}

// Reach says in which environments a guard judges.
type Reach string

// The reaches. Before the candidate there are only environments of the tier development.
const (
	Everywhere        Reach = "every environment"
	BeyondDevelopment Reach = "every environment after the candidate"
	ProductionOnly    Reach = "production"
)

// Includes tells whether an environment of a tier is within reach.
func (r Reach) Includes(t Tier) bool {
	switch r {
	case Everywhere:
		return true
	case BeyondDevelopment:
		return t != Development
	case ProductionOnly:
		return t == Production
	default:
		panic("flow: unexpected reach " + string(r))
	}
}

// Provision is a word of the policy without which a guard has nothing to judge.
type Provision string

// The provisions.
const (
	NoProvision           Provision = ""
	IrreversibleProvision Provision = "irreversible"
	FreezeProvision       Provision = "freeze"
	BreakGlassProvision   Provision = "break_glass"
	HotfixProvision       Provision = "hotfix"
	CorrectionProvision   Provision = "delivery" // to production: what the ledger says of it can be put right
	VersionRunProvision   Provision = "version_run"
	PolicyCheckProvision  Provision = "policy_check"
)

// has tells whether the policy has what a guard needs.
func (p *Plan) has(what Provision) bool {
	switch what {
	case NoProvision:
		return true
	case IrreversibleProvision:
		return len(p.Irreversible) > 0
	case FreezeProvision:
		return len(p.Freezes) > 0
	case BreakGlassProvision:
		return p.BreakGlass != nil
	case HotfixProvision:
		return p.Flow(string(Hotfix)) != nil
	case CorrectionProvision:
		return p.Flow(string(Correction)) != nil
	case VersionRunProvision:
		return p.VersionRun != ""
	case PolicyCheckProvision:
		return p.PolicyCheck != nil
	default:
		panic("flow: unexpected provision " + string(what))
	}
}

// Opening is how a break glass opens a guard: a word of may_skip, or one of
// these two.
type Opening string

// The openings.
const (
	NeverOpened  Opening = ""
	AlwaysOpened Opening = "always"
	ByHold       Opening = "hold"
	ByFreeze     Opening = "freeze"
)

// in tells whether a break glass opens it.
func (o Opening) in(g *BreakGlass) bool {
	return o == AlwaysOpened || o != NeverOpened && g.skips(string(o))
}

var (
	everyFlow   = []Kind{Delivery, Hotfix, Redeploy}
	newVersions = []Kind{Delivery, Hotfix}
)

// Guards are all of them, in the order in which they are judged. Those that
// judge a run which has deployed already come first.
var Guards = []*Guard{
	{
		Name: "active", Flows: everyFlow, Reach: Everywhere, Again: true, Also: []string{"open"},
		Demands: "Only the active target of the policy deploys to {environment}",
		Refuses: "a run on another CI system than the active one is refused by name",
		Why:     "the locks of two CI systems do not know of each other",
		Kept:    "two CI systems could deploy at once, since neither sees the lock of the other",
		Way:     "Make the CI system that works `active` in the policy, in a reviewed commit, and regenerate.",
	},
	{
		Name: "ledger", Flows: everyFlow, Reach: Everywhere, Again: true, Also: []string{"identify", "candidate", "deployed", "passed", "resolve", "mirror", "merge-back", "operate"},
		Demands: "The ledger that decides about {environment} is complete: nothing of it was lost, rewritten or damaged",
		Refuses: "a ledger that lacks an entry which a tag names, or that is damaged, is refused",
		Why:     "a guard could not tell what runs where",
		Spares:  "The pipeline Correction, which acknowledges the loss.",
		Kept:    "every other guard reads the ledger",
		Way:     "Restore the branch of the ledger; delete a tag that nobody here made; or the pipeline Correction, with the version that runs.",
	},
	{
		Name: "payload-identity", Flows: everyFlow, Reach: Everywhere, Again: true, Candidate: true,
		Demands: "What is deployed to {environment} is the commit that the checks ran on",
		Refuses: "a commit that is not its candidate is refused",
		Why:     "otherwise the checks ran on another commit than the one that is deployed",
		Kept:    schema.Unskippable["identity"],
		Way:     "Run the pipeline again from its first job. A tag that moved: restore it. A tag that nobody here made: delete it.",
	},
	{
		Name: "requirements", Flows: []Kind{Hotfix}, Reach: BeyondDevelopment, Again: true, Also: []string{"identify"},
		Demands: "A hotfix in {environment} meets one whole set of requirements: the mainline's of today, or the one recorded with the release that it repairs",
		Refuses: "a hotfix branch whose pipeline has neither set of checks and approvals is refused before anything is built, with the command that brings the mainline's files",
		Why:     "a check that is new on the mainline would stop every hotfix of what runs, or be left out for ever",
		Spares:  "The first hotfix of a release after the mainline began to require more: request says what is missing, and status keeps it until a delivery.",
		Kept:    "a break glass skips people and times, never what was tested",
		Way:     "Bring the mainline's generated files onto the branch with the command of the refusal; or waive the check, or the environment of the approval, in `hotfix`, with a reason.",
	},
	{
		Name: "evidence", Flows: newVersions, Reach: BeyondDevelopment, Again: true, Candidate: true,
		Demands: "A deployment to {environment} has the outcome of every required check",
		Refuses: "a candidate that lacks the outcome of a required check is refused",
		Why:     "a required check stands on every way to production",
		Spares:  "A redeployment, whose version was there before. Where that version was adopted, there is no record of which checks passed on it; request, begin and the summary of the run say so.",
		Kept:    schema.Unskippable["evidence"],
		Way:     "Run the checks again. A check that is wrong: repair it, or change it in the policy in a reviewed commit; for hotfixes alone, `waive` it with a reason.",
	},
	{
		Name: "preflight-names", Flows: everyFlow, Reach: ProductionOnly, Again: true, Candidate: true,
		Demands: "The names of a release to {environment} are free or its own",
		Refuses: "a release tag or a hotfix branch that is at another commit is refused before the deployment",
		Why:     "after the deployment the name could not be made",
		Kept:    "a release that cannot be named has no tag and no hotfix branch",
		Way:     "Rename or delete the tag or branch that has the name.",
	},
	{
		Name: "mainline", Flows: []Kind{Delivery}, Reach: Everywhere, Also: []string{"identify"},
		Demands: "What is delivered to {environment} is on the branch that deliveries come from",
		Refuses: "a commit that is not on that branch is refused, and so is a tag or another branch of a similar name",
		Why:     "every change on that branch is reviewed",
		Spares:  "A hotfix, which comes from its hotfix branch, and a redeployment.",
		Kept:    "what is not on that branch was never reviewed",
		Way:     "Merge the commit into that branch, or repair what production runs on its hotfix branch.",
	},
	{
		Name: "contains-production", Flows: newVersions, Reach: ProductionOnly,
		Demands: "Nothing leaves {environment} but by a redeployment",
		Refuses: "a payload that lacks a change of production is refused: a stale hotfix branch, a merge-back that is missing, an older version",
		Why:     "deploying it would take changes out of production",
		Spares:  "A redeployment, which takes changes out on purpose.",
		Kept:    schema.Unskippable["containment"],
		Way:     "A commit on the mainline with the line `Reapplies: VERSION` (it has the change in another form) or `Drops: VERSION` (it is not wanted); the pipeline Correction with *abandon*, for what is due.",
	},
	{
		Name: "no-strangers", Flows: []Kind{Hotfix}, Reach: ProductionOnly,
		Demands: "A hotfix brings the fix and nothing else to {environment}",
		Refuses: "commits of the mainline on the hotfix branch are listed and refused",
		Why:     "they never passed as a delivery",
		Kept:    "these commits would be deployed without an approval of a delivery",
		Way:     "Make the fix alone on the hotfix branch of the version that production runs, or deliver the mainline.",
	},
	{
		Name: "same-family", Flows: []Kind{Hotfix}, Reach: Everywhere,
		Demands: "A hotfix in {environment} repairs what production runs",
		Refuses: "a hotfix of another release is refused",
		Why:     "it would take everything newer out of production",
		Kept:    "it would take everything newer out of production",
		Way:     "Make the fix on the hotfix branch of the version that production runs. If another version runs: the pipeline Correction.",
	},
	{
		Name: "unsettled", Flows: newVersions, Reach: Everywhere,
		Demands: "Nobody deploys over a deployment to {environment} that did not end",
		Refuses: "after a deployment that did not end only a retry, what contains it, or a redeployment may go",
		Why:     "nobody knows which of the versions is there",
		Spares:  "A redeployment, whatever is there.",
		Kept:    "nobody knows what runs there, so nobody knows what a deployment would change",
		Way:     "Look, then the operation *settle* with the version that runs, or the pipeline Correction; or a redeployment.",
	},
	{
		Name: "irreversible", Flows: []Kind{Redeploy}, Reach: Everywhere, Needs: IrreversibleProvision,
		Demands: "No redeployment to {environment} over a change that cannot be taken back",
		Refuses: "a redeployment over a change to `irreversible` files is refused",
		Why:     "the older version would meet data that it does not know",
		Kept:    "a break glass deploys a new version, and never an older one",
		Way:     "A hotfix, or a delivery with the incident. If the open deployment changed nothing: the pipeline Correction with *settle*.",
	},
	{
		Name: "withdrawn", Flows: everyFlow, Reach: ProductionOnly,
		Demands: "What was taken out of {environment} does not come back unanswered",
		Refuses: "a payload with a withdrawn change is refused until the change is answered",
		Why:     "somebody put an older version back because of one of them, and nothing says that it is repaired",
		Spares:  "A redeployment of what the environment runs by the ledger.",
		Kept:    "the change is known to be bad, and nothing says that it was repaired",
		Way:     "The operation *resume* with the commit that repairs it, or with `--ship-again VERSION`; or a commit with the line `Answers: VERSION`.",
	},
	{
		Name: "hold", Flows: []Kind{Delivery}, Reach: ProductionOnly, Opened: ByHold,
		Demands: "Nothing is delivered to {environment} while a person holds it",
		Refuses: "while a hold stands a delivery is refused, with the reason of the hold",
		Why:     "a person stopped deliveries, and it is theirs to say when they go on",
		Spares:  "A hotfix and a redeployment.",
		Way:     "The operation *resume* with the id of the hold.",
	},
	{
		Name: "review", Flows: []Kind{Delivery}, Reach: ProductionOnly, Needs: BreakGlassProvision, Opened: AlwaysOpened,
		Demands: "A review of a break glass that is overdue stops deliveries to {environment}",
		Refuses: "a delivery is refused after the deadline of a review; until then it says that the review is due",
		Why:     "what was skipped has to be looked at before it becomes a habit",
		Spares:  "A hotfix and a redeployment.",
		Way:     "The operation *review* with its id, by somebody who did not open it.",
	},
	{
		Name: "fix-forward", Flows: []Kind{Delivery}, Reach: ProductionOnly, Named: true, Opened: AlwaysOpened,
		Demands: "A delivery that names an incident brings its fix and nothing else to {environment}",
		Refuses: "changes that do not name the incident are listed and refused",
		Why:     "a fix forward goes to production in a hurry: what does not belong to it waits for the next delivery",
		Way:     "Start the delivery without the incident, or make a hotfix.",
	},
	{
		Name: "freeze", Flows: everyFlow, Reach: Everywhere, Needs: FreezeProvision, Opened: ByFreeze,
		Demands: "Nothing goes to {environment} in a freeze but what the policy lets through",
		Refuses: "in a freeze a run is refused, or needs a second approval; the clock of the job counts, not the creation of the pipeline",
		Why:     "the policy blocks deployments in this period",
		Way:     "The pipeline Exception, where the policy says `approve`; or an `except` in the freeze, in a reviewed commit.",
		here:    func(b *builder, e *Environment) bool { return b.plan.frozen(e, b.flow.Kind) },
	},
	{
		Name: "incident", Flows: []Kind{Hotfix}, Reach: Everywhere, Also: []string{"identify", "resolve", "open"},
		Demands: "A hotfix to {environment} names its incident",
		Refuses: "a hotfix without an incident, or with one of another form than `incident` says, is refused",
		Why:     "a hotfix answers an incident, and the auditor asks which",
		Kept:    "the record would not say what it was for",
		Way:     "A commit on the hotfix branch with the line `Incident: …`; it may be empty.",
	},
	{
		Name: "approvals", Flows: everyFlow, Reach: Everywhere, Also: []string{"exception"},
		Demands: "An approval of {environment} counts only for what was there when it was asked",
		Refuses: "an approval is asked again when the environment changed; where the CI system says who approved, one person for two approvals is refused, and so is who asked for the version",
		Why:     "who approves knows what is replaced, and two people stand behind it",
		Kept:    "with `approval` in `may_skip` one approval takes the place of the others, and it too counts only from somebody else and for what was shown",
		Way:     "Run the request job again, and let somebody else approve.",
		here:    func(b *builder, e *Environment) bool { return len(b.gates(e)) > 0 },
	},
}

// WrongPage says what to do where a guard refuses what should go.
const WrongPage = "https://github.com/fettle-ci/fettle/blob/main/docs/when-a-guard-is-wrong.md"

// GuardNamed returns the guard of a name, or nil.
func GuardNamed(name string) *Guard {
	if i := slices.IndexFunc(Guards, func(g *Guard) bool { return g.Name == name }); i >= 0 {
		return Guards[i]
	}
	return nil
}

// Judges tells whether it stands before a deployment of a flow to an
// environment of a tier. Of a break glass it says so before it is opened.
func (g *Guard) Judges(kind Kind, t Tier) bool {
	judged := slices.Contains(g.Flows, kind)
	if kind == BreakGlassFlow { // the script knows which of the two its version is
		judged = slices.Contains(g.Flows, Delivery) || slices.Contains(g.Flows, Hotfix)
	}
	return judged && g.Reach.Includes(t)
}

// guards are those that judge a deployment of the flow.
func (b *builder) guards(env *Environment) []*Guard {
	var out []*Guard
	for _, g := range Guards {
		opened := b.flow.Kind == BreakGlassFlow && g.Opened.in(b.plan.BreakGlass)
		if b.plan.has(g.Needs) && g.Judges(b.flow.Kind, env.Tier) && !opened && (g.here == nil || g.here(b, env)) {
			out = append(out, g)
		}
	}
	return out
}

func guardNames(guards []*Guard) string {
	var out []string
	for _, g := range guards {
		out = append(out, g.Name)
	}
	return strings.Join(out, ", ")
}

// String tells a guard to people.
func (g *Guard) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "guard %s\n\n%s.\n", g.Name, strings.ReplaceAll(g.Demands, "{environment}", "an environment"))
	fmt.Fprintf(&b, "Refuses: %s.\nRationale: %s.\n\n", g.Refuses, g.Why)
	fmt.Fprintf(&b, "Checks: %s.\n", g.Where())
	if g.Spares != "" {
		fmt.Fprintf(&b, "Exceptions: %s\n", lowerFirst(g.Spares))
	}
	fmt.Fprintf(&b, "Break glass: %s.\n", g.Glass())
	fmt.Fprintf(&b, "Runs %s.\n", g.When())
	fmt.Fprintf(&b, "Where it is wrong: %s\n", g.Way)
	return b.String()
}

// Where says which deployments it judges: flows, environments, and what else
// must be the case.
func (g *Guard) Where() string {
	var flows []string
	for _, k := range g.Flows {
		flows = append(flows, string(k))
	}
	s := series(flows) + when(g.Named, " that names an incident") + " in " + string(g.Reach)
	return s + when(g.Needs != NoProvision, ", where the policy has `"+string(g.Needs)+"`")
}

// series is a list in a sentence.
func series(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// When says when it is judged.
func (g *Guard) When() string {
	s := "by `request`, before anybody is asked, and by `begin`, under the lock"
	if len(g.Also) > 0 {
		s += "; also by `" + strings.Join(g.Also, "` and `") + "`"
	}
	return s + when(!g.Again, ". A run that has deployed this commit already does not run it again")
}

// Glass says what a break glass does to it, and why where it does nothing.
func (g *Guard) Glass() string {
	switch {
	case g.Kept == "":
		return g.Opened.String()
	case !g.Judges(BreakGlassFlow, Production):
		return "never needs it: " + g.Kept
	default:
		return g.Opened.String() + ": " + g.Kept
	}
}

// String says what a break glass does to a guard.
func (o Opening) String() string {
	switch o {
	case NeverOpened:
		return "runs too"
	case AlwaysOpened:
		return "skipped"
	default:
		return "skipped where `may_skip` has `" + string(o) + "`"
	}
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }
