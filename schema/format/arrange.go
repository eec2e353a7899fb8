package format

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/language"
)

// Attributes and blocks are put in order by moving whole lines: the lines of
// one with the comment above it and the one behind it. So no byte of an
// expression and no comment is written anew, and none can be lost. A comment
// that stands alone, with an empty line below it, is a heading: nothing is
// moved across it. Where lines do not tell what belongs to what, everything
// stays where it is.

// arrange returns a file with everything in its order.
func arrange(name string, src []byte, body *hclsyntax.Body) []byte {
	a := &arranger{lines: strings.Split(strings.TrimRight(string(src), "\n"), "\n")}
	tokens, _ := hclsyntax.LexConfig(src, name, hcl.InitialPos)
	for _, t := range tokens {
		if t.Type == hclsyntax.TokenComment {
			a.comments = append(a.comments, linesOf(t.Range))
		}
	}
	out := []byte(strings.Join(a.body(body, language.Root, lines{0, len(a.lines)}), "\n") + "\n")
	if bytes.Equal(out, src) || !sameContent(name, src, out) { // most files are in order, and nothing of them can be lost
		return src
	}
	return out
}

// lines are some lines of a file, counted from 0; to is behind the last one.
type lines struct{ from, to int }

// linesOf are the lines of a range. A comment and a here-document reach to the
// beginning of the line below, which is not theirs.
func linesOf(r hcl.Range) lines {
	end := r.End.Line
	if r.End.Column == 1 && end > r.Start.Line {
		end--
	}
	return lines{r.Start.Line - 1, end}
}

// arranger has the lines of a file, and which of them hold comments.
type arranger struct {
	lines    []string
	comments []lines
}

// item is one attribute, block or heading of a body, with its comments.
type item struct {
	lines
	rank  int // its place; a heading has none
	block *hclsyntax.Block
	spec  *language.Block
	blank bool // an empty line stands above it
}

const heading = -1

// body returns the lines inside a body in their order.
func (a *arranger) body(b *hclsyntax.Body, spec *language.Block, in lines) []string {
	items, ok := a.items(b, spec, in)
	if !ok {
		return a.lines[in.from:in.to]
	}
	var out []string
	for len(items) > 0 {
		n := slices.IndexFunc(items, func(i item) bool { return i.rank == heading })
		switch n {
		case -1:
			n = len(items)
		case 0:
			n = 1
		}
		for _, i := range inOrder(items[:n]) {
			if i.blank && len(out) > 0 {
				out = append(out, "")
			}
			out = append(out, a.text(i)...)
		}
		items = items[n:]
	}
	return out
}

// inOrder sorts what stands between two headings. Where something moved, the
// first keeps the distance that the first had, and a block stands apart.
func inOrder(items []item) []item {
	byRank := func(x, y item) int { return cmp.Compare(x.rank, y.rank) }
	if slices.IsSortedFunc(items, byRank) {
		return items
	}
	first := items[0].blank
	items[0].blank = false
	slices.SortStableFunc(items, byRank)
	for i := range items {
		items[i].blank = items[i].blank || items[i].block != nil
	}
	items[0].blank = first
	return items
}

// text is the lines of an item, with the inside of a block in its order.
func (a *arranger) text(i item) []string {
	if i.block == nil || i.block.OpenBraceRange.Start.Line == i.block.CloseBraceRange.Start.Line {
		return a.lines[i.from:i.to]
	}
	in := lines{i.block.OpenBraceRange.Start.Line, i.block.CloseBraceRange.Start.Line - 1}
	return slices.Concat(a.lines[i.from:in.from], a.body(i.block.Body, i.spec, in), a.lines[in.to:i.to])
}

// items cuts a body into what is moved as one. It is not ok where two of them
// share a line, or where the table does not know one: the author is writing.
func (a *arranger) items(b *hclsyntax.Body, spec *language.Block, in lines) ([]item, bool) {
	out, ok := places(b, spec)
	if !ok {
		return nil, false
	}
	for _, c := range a.comments {
		if c.from >= in.from && c.to <= in.to {
			out = append(out, item{lines: c, rank: heading})
		} else if c.from < in.to && c.to > in.from {
			return nil, false // it begins or ends beside a brace
		}
	}
	return a.joinComments(out, in)
}

// places are the attributes and blocks of a body with their places.
func places(b *hclsyntax.Body, spec *language.Block) ([]item, bool) {
	var out []item
	for name, attr := range b.Attributes {
		i := slices.IndexFunc(spec.Attributes, func(x language.Attribute) bool { return x.Name == name })
		if i < 0 && !spec.Free {
			return nil, false
		}
		out = append(out, item{lines: linesOf(attr.SrcRange), rank: max(i, 0)})
	}
	for _, x := range b.Blocks {
		inner := spec.Block(x.Type)
		if inner == nil {
			return nil, false
		}
		rank := len(spec.Attributes)
		if spec == language.Root && inner != language.PolicyBlock {
			rank++
		}
		out = append(out, item{lines: linesOf(hcl.RangeBetween(x.TypeRange, x.CloseBraceRange)), rank: rank, block: x, spec: inner})
	}
	return out, true
}

// joinComments gives each item the comments that stand on its lines and right above
// it, and notes the empty lines. It is not ok where two items share a line.
func (a *arranger) joinComments(items []item, in lines) ([]item, bool) {
	slices.SortFunc(items, func(x, y item) int { return cmp.Or(cmp.Compare(x.from, y.from), cmp.Compare(y.to, x.to)) })
	var out []item
	for _, i := range items {
		last := len(out) - 1
		switch {
		case last < 0 || out[last].to < i.from:
			i.blank = last >= 0 || i.from > in.from
			out = append(out, i)
		case out[last].rank != heading && i.rank != heading && out[last].to > i.from:
			return nil, false
		case i.rank == heading && out[last].to > i.from: // behind it, or in it
			out[last].to = max(out[last].to, i.to)
		case out[last].rank == heading: // above it
			i.from, i.to, i.blank = out[last].from, max(out[last].to, i.to), out[last].blank
			out[last] = i
		default:
			out = append(out, i)
		}
	}
	return out, true
}

// sameContent tells whether two texts have the same blocks, the same
// attributes with the same bytes, and the same comments.
func sameContent(name string, a, b []byte) bool {
	fa, da := hclsyntax.ParseConfig(a, name, hcl.InitialPos)
	fb, db := hclsyntax.ParseConfig(b, name, hcl.InitialPos)
	return !da.HasErrors() && !db.HasErrors() &&
		slices.Equal(commentsOf(name, a), commentsOf(name, b)) &&
		slices.Equal(contentOf("", fa.Body.(*hclsyntax.Body), a), contentOf("", fb.Body.(*hclsyntax.Body), b))
}

// commentsOf are the comments of a text, sorted.
func commentsOf(name string, src []byte) []string {
	var out []string
	tokens, _ := hclsyntax.LexConfig(src, name, hcl.InitialPos)
	for _, t := range tokens {
		if t.Type == hclsyntax.TokenComment {
			out = append(out, string(bytes.TrimSpace(t.Bytes)))
		}
	}
	slices.Sort(out)
	return out
}

// contentOf is what a body says, one line for each attribute: sorted, but for
// the order of the blocks of a type.
func contentOf(path string, b *hclsyntax.Body, src []byte) []string {
	var out []string
	for name, a := range b.Attributes {
		r := a.Expr.Range()
		out = append(out, path+"\x00"+name+"\x00"+string(src[r.Start.Byte:r.End.Byte]))
	}
	count := map[string]int{}
	for _, x := range b.Blocks {
		count[x.Type]++
		inner := strings.Join(append([]string{path, x.Type, strings.Repeat("+", count[x.Type])}, x.Labels...), "\x00")
		out = append(append(out, inner), contentOf(inner, x.Body, src)...)
	}
	slices.Sort(out)
	return out
}
