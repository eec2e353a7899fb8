package schema

import (
	"bytes"
	"encoding/json"

	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// JSON prints it as JSON: blocks are objects, by type and label; texts are
// templates, as in a policy; references are texts. It is a policy itself: what
// a file release.hcl.json may hold.
func (e *Effective) JSON() ([]byte, error) {
	all := append(language.Members{{Name: "format_version", Value: language.FormatVersion}}, e.jsonBlocks(e.top)...)
	variables, locals := e.remains()
	if len(variables.Names) > 0 {
		var out language.Members
		for _, name := range variables.Names {
			out = append(out, language.Member{Name: name, Value: language.Members{{Name: "default", Value: eval.JSON(variables.Terms[name])}}})
		}
		all = append(all, language.Member{Name: "variable", Value: out})
	}
	if len(locals.Names) > 0 {
		all = append(all, language.Member{Name: "locals", Value: eval.JSON(locals)})
	}
	text, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		return nil, err
	}
	return append(b.Bytes(), '\n'), nil
}

// jsonBlocks are the blocks in a node: by label, or the only one, or a list.
func (e *Effective) jsonBlocks(n *syntax.Node) language.Members {
	var out language.Members
	for _, spec := range n.Spec.Blocks {
		var same []*syntax.Node
		for _, b := range e.blocks(n) {
			if b.Spec == spec {
				same = append(same, b)
			}
		}
		switch {
		case len(same) == 0:
		case spec.Labels > 0:
			var labelled language.Members
			for _, b := range same {
				labelled = append(labelled, language.Member{Name: b.Label, Value: e.jsonBlock(b)})
			}
			out = append(out, language.Member{Name: spec.Name, Value: labelled})
		case spec.Once:
			out = append(out, language.Member{Name: spec.Name, Value: e.jsonBlock(same[0])})
		default:
			list := []any{}
			for _, b := range same {
				list = append(list, e.jsonBlock(b))
			}
			out = append(out, language.Member{Name: spec.Name, Value: list})
		}
	}
	return out
}

func (e *Effective) jsonBlock(n *syntax.Node) language.Members {
	var out language.Members
	for _, a := range e.attributes(n) {
		out = append(out, language.Member{Name: a.Name, Value: eval.JSON(e.value(n, a))})
	}
	return append(out, e.jsonBlocks(n)...)
}
