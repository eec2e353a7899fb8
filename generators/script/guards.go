package script

import (
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// guard is a row of flow.Guards as the script calls it: the function of its
// name, when all tests succeed.
type guard struct{ Name, Function, When string }

// GuardsFirst are those that check every run.
func (s Config) GuardsFirst() []guard {
	return s.guards(func(g *flow.Guard) bool { return g.Again })
}

// GuardsThen are those that do not check a run again that has deployed already.
func (s Config) GuardsThen() []guard {
	return s.guards(func(g *flow.Guard) bool { return !g.Again })
}

// GuardsAdvised are those that can be asked before anything is built: what asks
// for the candidate judges a former version alone, which was one.
func (s Config) GuardsAdvised() []guard {
	var out []guard
	for _, g := range flow.Guards {
		switch {
		case !s.has(g.Needs), g.Candidate && !slices.Contains(g.Flows, flow.Redeploy):
		case g.Candidate:
			out = append(out, s.callOf(g, append(s.tests(g), `[ "$flow" = redeploy ]`)))
		default:
			out = append(out, s.callOf(g, s.tests(g)))
		}
	}
	return out
}

// GuardsKept are those that run in a break glass too, with the reason.
func (s Config) GuardsKept() []*flow.Guard {
	var out []*flow.Guard
	for _, g := range flow.Guards {
		if g.Kept != "" && g.Judges(flow.BreakGlassFlow, flow.Production) && s.has(g.Needs) {
			out = append(out, g)
		}
	}
	return out
}

// Wrong is the page about a guard that refuses what should go.
func (s Config) Wrong() string { return flow.WrongPage }

func (s Config) guards(of func(*flow.Guard) bool) []guard {
	var out []guard
	for _, g := range flow.Guards {
		if of(g) && s.has(g.Needs) {
			out = append(out, s.callOf(g, s.tests(g)))
		}
	}
	return out
}

func (s Config) callOf(g *flow.Guard, tests []string) guard {
	return guard{g.Name, "guard_" + strings.ReplaceAll(g.Name, "-", "_"), strings.Join(tests, " && ")}
}

// Usages are the operations that the script has.
func (s Config) Usages() []*flow.Usage {
	return slices.DeleteFunc(slices.Clone(flow.Usages), func(u *flow.Usage) bool { return !s.has(u.Needs) })
}

// Calls are they, by who calls them.
func (s Config) Calls() []flow.Calls { return flow.ByCaller(s.Usages()) }

func (s Config) has(what flow.Provision) bool {
	switch what {
	case flow.NoProvision:
		return true
	case flow.IrreversibleProvision:
		return len(s.Irreversible) > 0
	case flow.FreezeProvision:
		return len(s.Freezes) > 0
	case flow.BreakGlassProvision:
		return s.BreakGlass != nil
	case flow.HotfixProvision:
		return s.MergeBack.Mode != ""
	case flow.CorrectionProvision:
		return s.Corrections
	case flow.VersionRunProvision:
		return s.Version == "command"
	case flow.PolicyCheckProvision:
		return s.PolicyCheck
	default:
		panic("script: unexpected provision " + string(what))
	}
}

// tests are what must be the case for a guard to run, as commands of sh. In
// them $1 is the environment.
func (s Config) tests(g *flow.Guard) []string {
	out := ofFlows(g.Flows)
	switch g.Reach {
	case flow.Everywhere:
	case flow.BeyondDevelopment:
		out = append(out, `! is_one_of "$1" "$BEFORE_CANDIDATE"`)
	case flow.ProductionOnly:
		out = append(out, `is_one_of "$1" "$PRODUCTION"`)
	default:
		panic("script: unexpected reach " + string(g.Reach))
	}
	if g.Named {
		out = append(out, `[ -n "$incident" ]`)
	}
	if s.BreakGlass == nil {
		return out
	}
	switch g.Opened {
	case flow.NeverOpened:
	case flow.AlwaysOpened:
		out = append(out, `[ -z "${glass:-}" ]`)
	default:
		out = append(out, "! glass_opens "+string(g.Opened))
	}
	return out
}

// ofFlows leaves out the flows that a guard does not check where it checks most
// of them: one that the script does not know is checked.
func ofFlows(kinds []flow.Kind) []string {
	if len(kinds) == 1 {
		return []string{`[ "$flow" = ` + string(kinds[0]) + " ]"}
	}
	var out []string
	for _, k := range []flow.Kind{flow.Delivery, flow.Hotfix, flow.Redeploy} {
		if !slices.Contains(kinds, k) {
			out = append(out, `[ "$flow" != `+string(k)+" ]")
		}
	}
	return out
}
