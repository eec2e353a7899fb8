package flow

import (
	"fmt"
	"slices"
	"strings"
)

// Guard is what the release script judges before a deployment: early by the
// operation request, before anybody is asked, and by begin, under the lock. It
// is a row of Guards, which is the only place where a guard stands: the order
// of judging in the script, the plan, explain, the report and the catalogue of
// rules are all read from there.
type Guard struct {
	Name   string    // in what it refuses, in plans and rules, and for `fettle explain`
	Flows  []Kind    // of Delivery, Hotfix and Redeploy; a break glass is the delivery or the hotfix that its version is
	Reach  Reach     // the environments
	Needs  Provision // what the policy must have
	Named  bool      // judges only a run that names an incident
	Opened Opening   // how a break glass opens it
	Again  bool      // judges also a run that has deployed its commit already and is run again
	Also   []string  // operations besides request and begin that judge it, or a part of it

	// The words. {environment} stands for the environment.
	Demands string // what holds thanks to it
	Refuses string // what it refuses
	Why     string
	Spares  string // what it lets pass on purpose, and why; "" when there is nothing to say

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
	},
	{
		Name: "ledger", Flows: everyFlow, Reach: Everywhere, Again: true, Also: []string{"identify", "candidate", "deployed", "passed", "resolve", "mirror", "merge-back", "operate"},
		Demands: "The ledger that decides about {environment} is complete: nothing of it was lost, rewritten or damaged",
		Refuses: "a ledger that lacks an entry which a tag names, or that is damaged, is refused",
		Why:     "a guard could not tell what runs where",
		Spares:  "The pipeline Correction, which acknowledges the loss.",
	},
	{
		Name: "payload-identity", Flows: everyFlow, Reach: Everywhere, Again: true,
		Demands: "What is deployed to {environment} is the commit that the checks ran on",
		Refuses: "a commit that is not its candidate is refused",
		Why:     "otherwise the checks ran on another commit than the one that is deployed",
	},
	{
		Name: "requirements", Flows: []Kind{Hotfix}, Reach: BeyondDevelopment, Again: true, Also: []string{"identify"},
		Demands: "A hotfix in {environment} meets one whole set of requirements: the mainline's of today, or the one recorded with the release that it repairs",
		Refuses: "a hotfix branch whose pipeline has neither set of checks and approvals is refused before anything is built, with the command that brings the mainline's files",
		Why:     "a check that is new on the mainline would stop every hotfix of what runs, or be left out for ever",
		Spares:  "The first hotfix of a release after the mainline began to require more: request says what is missing, and status keeps it until a delivery.",
	},
	{
		Name: "evidence", Flows: newVersions, Reach: BeyondDevelopment, Again: true,
		Demands: "A deployment to {environment} has the outcome of every required check",
		Refuses: "a candidate that lacks the outcome of a required check is refused",
		Why:     "a required check stands on every way to production",
		Spares:  "A redeployment, whose version was there before. Where that version was adopted, there is no record of which checks passed on it; request, begin and the summary of the run say so.",
	},
	{
		Name: "preflight-names", Flows: everyFlow, Reach: ProductionOnly, Again: true,
		Demands: "The names of a release to {environment} are free or its own",
		Refuses: "a release tag or a hotfix branch that is at another commit is refused before the deployment",
		Why:     "after the deployment the name could not be made",
	},
	{
		Name: "mainline", Flows: []Kind{Delivery}, Reach: Everywhere, Also: []string{"identify"},
		Demands: "What is delivered to {environment} is on the branch that deliveries come from",
		Refuses: "a commit that is not on that branch is refused, and so is a tag or another branch of a similar name",
		Why:     "every change on that branch is reviewed",
		Spares:  "A hotfix, which comes from its hotfix branch, and a redeployment.",
	},
	{
		Name: "contains-production", Flows: newVersions, Reach: ProductionOnly,
		Demands: "Nothing leaves {environment} but by a redeployment",
		Refuses: "a payload that lacks a change of production is refused: a stale hotfix branch, a merge-back that is missing, an older version",
		Why:     "deploying it would take changes out of production",
		Spares:  "A redeployment, which takes changes out on purpose.",
	},
	{
		Name: "no-strangers", Flows: []Kind{Hotfix}, Reach: ProductionOnly,
		Demands: "A hotfix brings the fix and nothing else to {environment}",
		Refuses: "commits of the mainline on the hotfix branch are listed and refused",
		Why:     "they never passed as a delivery",
	},
	{
		Name: "same-family", Flows: []Kind{Hotfix}, Reach: Everywhere,
		Demands: "A hotfix in {environment} repairs what production runs",
		Refuses: "a hotfix of another release is refused",
		Why:     "it would take everything newer out of production",
	},
	{
		Name: "unsettled", Flows: newVersions, Reach: Everywhere,
		Demands: "Nobody deploys over a deployment to {environment} that did not end",
		Refuses: "after a deployment that did not end only a retry, what contains it, or a redeployment may go",
		Why:     "nobody knows which of the versions is there",
		Spares:  "A redeployment, whatever is there.",
	},
	{
		Name: "irreversible", Flows: []Kind{Redeploy}, Reach: Everywhere, Needs: IrreversibleProvision,
		Demands: "No redeployment to {environment} over a change that cannot be taken back",
		Refuses: "a redeployment over a change to `irreversible` files is refused",
		Why:     "the older version would meet data that it does not know",
	},
	{
		Name: "withdrawn", Flows: everyFlow, Reach: ProductionOnly,
		Demands: "What was taken out of {environment} does not come back unanswered",
		Refuses: "a payload with a withdrawn change is refused until the change is answered",
		Why:     "somebody put an older version back because of one of them, and nothing says that it is repaired",
		Spares:  "A redeployment of what the environment runs by the ledger.",
	},
	{
		Name: "hold", Flows: []Kind{Delivery}, Reach: ProductionOnly, Opened: ByHold,
		Demands: "Nothing is delivered to {environment} while a person holds it",
		Refuses: "while a hold stands a delivery is refused, with the reason of the hold",
		Why:     "a person stopped deliveries, and it is theirs to say when they go on",
		Spares:  "A hotfix and a redeployment.",
	},
	{
		Name: "review", Flows: []Kind{Delivery}, Reach: ProductionOnly, Needs: BreakGlassProvision, Opened: AlwaysOpened,
		Demands: "A review of a break glass that is overdue stops deliveries to {environment}",
		Refuses: "a delivery is refused after the deadline of a review; until then it says that the review is due",
		Why:     "what was skipped has to be looked at before it becomes a habit",
		Spares:  "A hotfix and a redeployment.",
	},
	{
		Name: "fix-forward", Flows: []Kind{Delivery}, Reach: ProductionOnly, Named: true, Opened: AlwaysOpened,
		Demands: "A delivery that names an incident brings its fix and nothing else to {environment}",
		Refuses: "changes that do not name the incident are listed and refused",
		Why:     "a fix forward goes to production in a hurry: what does not belong to it waits for the next delivery",
	},
	{
		Name: "freeze", Flows: everyFlow, Reach: Everywhere, Needs: FreezeProvision, Opened: ByFreeze,
		Demands: "Nothing goes to {environment} in a freeze but what the policy lets through",
		Refuses: "in a freeze a run is refused, or needs a second approval; the clock of the job counts, not the creation of the pipeline",
		Why:     "the policy blocks deployments in this period",
		here:    func(b *builder, e *Environment) bool { return b.plan.frozen(e, b.flow.Kind) },
	},
	{
		Name: "incident", Flows: []Kind{Hotfix}, Reach: Everywhere, Also: []string{"identify", "open"},
		Demands: "A hotfix to {environment} names its incident",
		Refuses: "a hotfix without an incident, or with one of another form than `incident` says, is refused",
		Why:     "a hotfix answers an incident, and the auditor asks which",
	},
	{
		Name: "approvals", Flows: everyFlow, Reach: Everywhere, Also: []string{"exception"},
		Demands: "An approval of {environment} counts only for what was there when it was asked",
		Refuses: "an approval is asked again when the environment changed; where the CI system says who approved, one person for two approvals is refused, and so is who asked for the version",
		Why:     "who approves knows what is replaced, and two people stand behind it",
		here:    func(b *builder, e *Environment) bool { return len(b.gates(e)) > 0 },
	},
}

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
	fmt.Fprintf(&b, "Break glass: %s.\n", g.Opened)
	fmt.Fprintf(&b, "Runs %s.\n", g.When())
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
