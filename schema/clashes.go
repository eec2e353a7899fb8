package schema

import (
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/schema/diag"
)

// Clashes reports what two policies of one repository would both call by one
// name in git, or what they must have in common and have not.
func Clashes(policies []*Policy) diag.Diagnostics {
	var diags diag.Diagnostics
	m := newMeetings(policies)
	for i, p := range policies {
		for _, o := range m.before(i) {
			diags = append(diags, clash(p, policies[o])...)
		}
	}
	return diags
}

func clash(p, o *Policy) diag.Diagnostics {
	switch {
	case p.Component.V == "" && o.Component.V == "":
		return diag.Diagnostics{noComponent(p, o)}
	case p.Component.V == o.Component.V:
		return diag.Diagnostics{componentTwice(p, o)}
	}
	return refsClash(p, o)
}

// refsClash compares every name of one policy with those of another: the first
// that could mean two things is enough for each.
func refsClash(p, o *Policy) diag.Diagnostics {
	var diags diag.Diagnostics
	if p.Names.Ledger.V != o.Names.Ledger.V {
		diags = append(diags, twoLedgers(p, o))
	}
	if p.Default.V != o.Default.V {
		diags = append(diags, twoDefaults(p, o))
	}
	if p.GitLabRoot.V != o.GitLabRoot.V && p.on("gitlab") && o.on("gitlab") {
		diags = append(diags, twoRoots(p, o))
	}
	anyVersion := p.anyVersion() || o.anyVersion()
	for _, kind := range refKinds {
		for _, a := range kind(p) {
			for _, b := range kind(o) {
				if !shared(a, b) && couldBe(a.text, b.text, anyVersion) {
					diags = append(diags, namesClash(p, o, a, b))
					break
				}
			}
		}
	}
	return diags
}

// refKinds are what git keeps apart: a branch may be called what a tag is.
var refKinds = []func(*Policy) []named{(*Policy).branches, (*Policy).tags}

// shared tells whether two names are of one thing that policies have in common.
func shared(a, b named) bool {
	return a.what == b.what && (a.what == "ledger" || (a.what == "mainline" || a.what == "former_mainlines") && a.text == b.text)
}

func (p *Policy) anyVersion() bool { return p.Version.V == "command" }

func (p *Policy) on(target string) bool {
	return slices.ContainsFunc(p.Targets, func(t Value[string]) bool { return t.V == target })
}

// couldBe tells whether git could meet one name for both patterns, or one where
// a folder of the other must be. Versions that a command makes begin with any
// letter: there a pattern may go on where the other one's version begins.
func couldBe(a, b string, anyVersion bool) bool {
	if a == b || pathPrefix(a, b) || pathPrefix(b, a) || matches(a, b) || matches(b, a) {
		return true
	}
	short, _, one := strings.Cut(a, "*")
	long, _, other := strings.Cut(b, "*")
	if len(short) > len(long) {
		short, long = long, short
	}
	rest, within := strings.CutPrefix(long, short)
	return anyVersion && one && other && within && !strings.Contains(rest, "/")
}

func (p *Policy) branches() []named {
	out := []named{
		{p.Mainline.V, "mainline", p.Mainline.Range, p.Mainline.Set},
		{p.Names.Ledger.V, "ledger", p.Names.Ledger.Range, p.Names.Ledger.Set},
		{glob(p.Names.HotfixBranch), "hotfix_branch", p.Names.HotfixBranch.Range, p.Names.HotfixBranch.Set},
		{p.refFolder() + "merge-back/*", "merge-back", p.Names.Range, false},
	}
	for _, f := range p.Former {
		out = append(out, named{f.V, "former_mainlines", f.Range, true})
	}
	return out
}

// tags are the patterns of tags, those of hotfixes only where they differ.
func (p *Policy) tags() []named {
	out := []named{
		{glob(p.Names.Candidate), "candidate", p.Names.Candidate.Range, p.Names.Candidate.Set},
		{glob(p.Names.Release), "release", p.Names.Release.Range, p.Names.Release.Set},
	}
	if p.Names.HotfixCandidate.Set {
		out = append(out, named{glob(p.Names.HotfixCandidate), "hotfix_candidate", p.Names.HotfixCandidate.Range, true})
	}
	if p.Names.HotfixRelease.Set {
		out = append(out, named{glob(p.Names.HotfixRelease), "hotfix_release", p.Names.HotfixRelease.Range, true})
	}
	return out
}
