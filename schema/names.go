package schema

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/regex"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// names decodes the patterns of refs and checks that git and every host take
// them, side by side.
func (d *decoder) names(top *syntax.Node) {
	n := top.One("names")
	if n == nil {
		n = &syntax.Node{Spec: language.Root.Block("names"), Header: d.policy.Range}
	}
	p := &d.policy.Names
	p.Range = n.Header
	own := d.policy.refFolder()
	p.Candidate = d.namePattern(n, "candidate", Pattern{Prefix: own + "candidate/", Range: n.Header})
	p.Release = d.namePattern(n, "release", Pattern{Prefix: own + "release/", Range: n.Header})
	p.HotfixBranch = d.namePattern(n, "hotfix_branch", Pattern{Prefix: own + "hotfix/", Range: n.Header})
	p.HotfixCandidate = d.namePattern(n, "hotfix_candidate", p.Candidate)
	p.HotfixRelease = d.namePattern(n, "hotfix_release", p.Release)
	p.Ledger = d.str(n, "ledger", "fettle/ledger")
	d.refName(p.Ledger.V, "ledger", p.Ledger.Range)
	d.refName(d.policy.Mainline.V, "mainline", d.policy.Mainline.Range)
	if d.policy.Default.Set {
		d.refName(d.policy.Default.V, "default_branch", d.policy.Default.Range)
	}
	for _, f := range d.policy.Former {
		d.refName(f.V, "former_mainlines", f.Range)
	}
	d.collisions()
	d.ambiguous()
}

// refFolder is where git keeps the names of a component that the policy does
// not give itself.
func (p *Policy) refFolder() string {
	if p.Component.V == "" {
		return ""
	}
	return p.Component.V + "/"
}

// componentName is what every system takes in a name: in refs, ids of jobs,
// paths of files.
var componentName = regex.New(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

func (d *decoder) component(n *syntax.Node) Value[string] {
	c := d.str(n, "component", "")
	switch {
	case !c.Set:
	case len(c.V) > 40 || !componentName().MatchString(c.V):
		d.report(badComponent(c.V, c.Range))
		c.V = ""
	case notFolders().MatchString(c.V):
		d.report(takenComponent(c.V, c.Range))
		c.V = ""
	}
	return c
}

// notFolders cannot be a folder below .fettle: the list of files is there, and
// the artifact, which unpacking removes; the others Windows keeps for devices.
var notFolders = regex.New(`^(files|artifact|con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// ambiguous: a version that a command prints may hold letters, so a hotfix of
// 43 in "ci-hf-${version}" would be the version hf-43 in "ci-${version}".
func (d *decoder) ambiguous() {
	p := &d.policy.Names
	if d.policy.Version.V != "command" {
		return
	}
	for _, pair := range [][2]Pattern{{p.Candidate, p.HotfixCandidate}, {p.Release, p.HotfixRelease}} {
		rest, longer := strings.CutPrefix(pair[1].Prefix, pair[0].Prefix)
		if pair[1].Set && longer && rest != "" && pair[0].Suffix == pair[1].Suffix && wordPattern().MatchString(rest) {
			d.report(badPattern(pair[1].String(), "could be read as "+pair[0].String()+" with a version that begins with "+rest, "HF004", pair[1].Range))
		}
	}
}

var wordPattern = regex.New(`^[0-9A-Za-z_-]+$`)

// namePattern reads a template with one ${version} in it. The version is no
// value of the policy: it stands for whatever version the name is for.
func (d *decoder) namePattern(n *syntax.Node, name string, fallback Pattern) Pattern {
	a := n.Attributes[name]
	if a == nil {
		fallback.Set = false
		return fallback
	}
	prefix, suffix, count, ok := splitVersion(a.Expr)
	at := a.Expr.Range()
	if !ok {
		d.report(badPattern(name, "must be a text with ${version} in it and nothing else to fill in", "HF002", at))
		return fallback
	}
	if count != 1 {
		d.report(badPattern(prefix+suffix, fmt.Sprintf("holds ${version} %d times; write it once, so that a name can be read back", count), "HF002", at))
		return fallback
	}
	d.refName(prefix+"1.2"+suffix, name, at)
	if strings.ContainsAny(lastRune(prefix), "0123456789") || strings.ContainsAny(firstRune(suffix), "0123456789.") {
		d.report(badPattern(prefix+"${version}"+suffix, "has a digit beside ${version}, or a dot behind it, so that a name could be read in two ways", "HF004", at))
	}
	return Pattern{Prefix: prefix, Suffix: suffix, Range: at, Set: true}
}

func lastRune(s string) string  { return s[max(0, len(s)-1):] }
func firstRune(s string) string { return s[:min(1, len(s))] }

func splitVersion(x hclsyntax.Expression) (prefix, suffix string, count int, ok bool) {
	var parts []hclsyntax.Expression
	switch x := x.(type) {
	case *hclsyntax.TemplateExpr:
		parts = x.Parts
	case *hclsyntax.TemplateWrapExpr:
		parts = []hclsyntax.Expression{x.Wrapped}
	default:
		return "", "", 0, false
	}
	for _, p := range parts {
		if lit, is := p.(*hclsyntax.LiteralValueExpr); is {
			if count == 0 {
				prefix += lit.Val.AsString()
			} else {
				suffix += lit.Val.AsString()
			}
			continue
		}
		t, diags := hcl.AbsTraversalForExpr(p)
		if diags.HasErrors() || len(t) != 1 || t.RootName() != "version" {
			return "", "", 0, false
		}
		count++
	}
	return prefix, suffix, count, true
}

// refBad is what git check-ref-format refuses, and what a host or a shell
// would read as something else.
var refBad = regex.New(`[^A-Za-z0-9._/+-]|\.\.|^/|/$|//|\.$|^\.|/\.|\.lock(/|$)|^-|@\{`)

func (d *decoder) refName(name, attribute string, at hcl.Range) {
	switch {
	case name == "":
	case len(name) > 200:
		d.report(badPattern(name, "is too long: 200 characters at most", "HF007", at))
	case refBad().MatchString(name):
		d.report(badPattern(name, fmt.Sprintf("is no name that git and every host take for %q: write letters, digits, and . _ + - /, none of them at an end, no .. and no .lock", attribute), "HF007", at))
	case strings.HasPrefix(name, "refs/"):
		d.report(badPattern(name, "begins with refs/: write the short name", "HF004", at))
	}
}

// named is a name or pattern with the place that gives it.
type named struct {
	text  string // with the version as one star
	what  string
	at    hcl.Range
	given bool
}

// collisions: git keeps refs as paths, so a branch hotfix and a branch
// hotfix/43 cannot both be.
func (d *decoder) collisions() {
	p := d.policy
	d.collide(p.branches())
	d.branchesCollide()
	d.collide([]named{
		{glob(p.Names.Candidate), "candidate", p.Names.Candidate.Range, p.Names.Candidate.Set},
		{glob(p.Names.Release), "release", p.Names.Release.Range, p.Names.Release.Set},
	})
	if !p.Names.HotfixCandidate.Set && !p.Names.HotfixRelease.Set {
		return // they are the names above
	}
	candidate := named{glob(p.Names.HotfixCandidate), "hotfix_candidate", p.Names.HotfixCandidate.Range, p.Names.HotfixCandidate.Set}
	release := named{glob(p.Names.HotfixRelease), "hotfix_release", p.Names.HotfixRelease.Range, p.Names.HotfixRelease.Set}
	d.collide([]named{candidate, release})
	if candidate.given && release.given { // otherwise one of them is the name above
		d.collide([]named{{glob(p.Names.Release), "release", p.Names.Release.Range, p.Names.Release.Set}, candidate})
		d.collide([]named{{glob(p.Names.Candidate), "candidate", p.Names.Candidate.Range, p.Names.Candidate.Set}, release})
	}
}

func glob(p Pattern) string { return p.Prefix + "*" + p.Suffix }

func (d *decoder) collide(names []named) {
	for i, a := range names {
		for _, b := range names[:i] {
			at := a
			if !a.given && b.given {
				at = b
			}
			switch {
			case a.text == b.text:
				d.report(namesCollide(a.what, b.what, "both are called "+a.text+". Give them names of their own.", at.at))
			case pathPrefix(a.text, b.text) || pathPrefix(b.text, a.text):
				d.report(namesCollide(a.what, b.what, "one is a folder of the other for git, so both cannot exist. Rename one.", at.at))
			case caught(a.text, b.text) || caught(b.text, a.text):
				d.report(namesCollide(a.what, b.what, "one matches the pattern of the other, so that a push to it would start what the pattern is for. Rename one.", at.at))
			}
		}
	}
}

// pathPrefix tells whether a ref called a stands where a folder of b must be.
// A version holds no slash, so a star is one part of a path.
func pathPrefix(a, b string) bool {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	if len(as) >= len(bs) {
		return false
	}
	for i := range as {
		if !partMatches(as[i], bs[i]) {
			return false
		}
	}
	return true
}

// matches tells whether a name without a star is one of a pattern.
func matches(name, pattern string) bool {
	ns, ps := strings.Split(name, "/"), strings.Split(pattern, "/")
	if strings.Contains(name, "*") || len(ns) != len(ps) {
		return false
	}
	for i := range ns {
		if !partMatches(ns[i], ps[i]) {
			return false
		}
	}
	return true
}

// caught tells whether a filter of a pattern takes a name: no CI system asks
// whether what the star stands for is a version.
func caught(name, pattern string) bool {
	before, after, star := strings.Cut(pattern, "*")
	rest, begins := strings.CutPrefix(name, before)
	middle, ends := strings.CutSuffix(rest, after)
	return star && begins && ends && middle != "" && !strings.ContainsAny(middle, "*/")
}

func partMatches(a, b string) bool {
	if a == b {
		return true
	}
	if before, after, star := strings.Cut(b, "*"); star {
		return len(a) > len(before)+len(after) && strings.HasPrefix(a, before) && strings.HasSuffix(a, after) && startsDigit(a[len(before):])
	}
	return false
}

func startsDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
