package schema

import (
	"strings"

	"github.com/fettle-ci/fettle/schema/syntax"
)

// releaseBranches reads the pattern of release branches: a name with one star,
// which stands for a part of a name and crosses no folder.
func (d *decoder) releaseBranches(n *syntax.Node) {
	v := d.str(n, "release_branches", "")
	d.policy.ReleaseBranches = v
	switch {
	case !v.Set || v.V == "":
	case strings.Count(v.V, "*") != 1:
		d.report(badPattern(v.V, "holds one star for what tells release branches apart: release/*", "", v.Range))
	default:
		d.refName(strings.Replace(v.V, "*", "1.2", 1), "release_branches", v.Range)
	}
}

// from reads where deliveries come from: the mainline or the release branches.
func (d *decoder) from(n *syntax.Node) Value[string] {
	p := d.policy
	v := d.str(n, "from", p.Mainline.V)
	switch {
	case !v.Set || v.V == "" || v.V == p.Mainline.V || v.V == p.ReleaseBranches.V:
	case p.ReleaseBranches.V == "":
		d.report(badSource(v.V, "Say in the policy what release branches are called, release_branches = \"release/*\", and write the same here", v.Range))
	default:
		d.report(badSource(v.V, "Write the mainline, \""+p.Mainline.V+"\", or the release branches, \""+p.ReleaseBranches.V+"\"", v.Range))
	}
	return v
}

// branchesCollide: a release branch must be told from every other branch by its
// name. Its star stands for any text.
func (d *decoder) branchesCollide() {
	p := d.policy
	if p.ReleaseBranches.V == "" || strings.Count(p.ReleaseBranches.V, "*") != 1 {
		return
	}
	for _, b := range p.branches() {
		if overlap(p.ReleaseBranches.V, b.text) {
			d.report(namesCollide("release_branches", b.what, p.ReleaseBranches.V+" and "+b.text+" can be the same branch, or one the folder of the other. Rename one.", p.ReleaseBranches.Range))
		}
	}
}

// overlap tells whether a name of one pattern can be a name of the other, or
// the folder that it stands in.
func overlap(a, b string) bool {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	for i := range min(len(as), len(bs)) {
		if !partsOverlap(as[i], bs[i]) {
			return false
		}
	}
	return true
}

func partsOverlap(a, b string) bool {
	aBefore, aAfter, aStar := strings.Cut(a, "*")
	bBefore, bAfter, bStar := strings.Cut(b, "*")
	switch {
	case !aStar && !bStar:
		return a == b
	case !aStar:
		return len(a) > len(bBefore)+len(bAfter) && strings.HasPrefix(a, bBefore) && strings.HasSuffix(a, bAfter)
	case !bStar:
		return partsOverlap(b, a)
	}
	prefix := strings.HasPrefix(aBefore, bBefore) || strings.HasPrefix(bBefore, aBefore)
	return prefix && (strings.HasSuffix(aAfter, bAfter) || strings.HasSuffix(bAfter, aAfter))
}
