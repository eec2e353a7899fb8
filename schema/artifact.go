package schema

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/regex"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// artifact reads what the build makes: a path, or an image("REPOSITORY",
// "FILE"), which only this attribute knows.
func (d *decoder) artifact(n *syntax.Node, b *Build) {
	a := n.Attributes["artifact"]
	if a == nil {
		return
	}
	call, ok := a.Expr.(*hclsyntax.FunctionCallExpr)
	if !ok || call.Name != "image" {
		b.Artifact = d.path(n, "artifact")
		return
	}
	if len(call.Args) != 2 || call.ExpandFinal {
		d.report(imageArguments(call.Range()))
		return
	}
	b.Image = &Image{Range: call.Range()}
	b.Image.Repository, _ = d.element("image()", call.Args[0])
	b.Image.Digest, _ = d.element("image()", call.Args[1])
	d.checkImage(b.Image)
}

// store reads where files are kept beyond the CI system. The path is an argument
// of operations, so it stands there without quotes.
func (d *decoder) store(n *syntax.Node, b *Build) {
	s := n.One("store")
	if s == nil {
		return
	}
	b.Store = &Store{Put: d.command(s, "put"), Get: d.command(s, "get"), Range: s.Header}
	switch {
	case b.Image != nil:
		d.report(exclusive("image()", "store", s.Header))
	case b.Artifact.Set && !plainPath().MatchString(b.Artifact.V):
		d.report(unplainPath(b.Artifact.V, b.Artifact.Range))
	}
}

// The name of a repository of images, with the host that it is on, and a path
// that stands in a command without quotes.
var (
	repositoryPattern = regex.New(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)+$`)
	plainPath         = regex.New(`^[A-Za-z0-9_.][A-Za-z0-9_./-]*$`)
)

func (d *decoder) checkImage(i *Image) {
	if r := i.Repository; r.Set && !repositoryPattern().MatchString(r.V) {
		d.report(badRepository(r.V, r.Range))
	}
	switch f := i.Digest; {
	case !f.Set:
	case outside(f.V):
		d.report(absolutePath("image()", f.Range))
	case !plainPath().MatchString(f.V):
		d.report(unplainPath(f.V, f.Range))
	}
}
