package schema

import (
	"bytes"
	"encoding/json"
)

// JSON prints it as JSON: blocks are objects, by type and label; texts are
// templates, as in a policy; references are texts. It is a policy itself: what
// a file release.hcl.json may hold.
func (e *Effective) JSON() ([]byte, error) {
	all := append(members{{"format_version", formatVersion}}, e.jsonBlocks(e.top)...)
	variables, locals := e.remains()
	if len(variables.names) > 0 {
		var out members
		for _, name := range variables.names {
			out = append(out, member{name, members{{"default", jsonOf(variables.terms[name])}}})
		}
		all = append(all, member{"variable", out})
	}
	if len(locals.names) > 0 {
		all = append(all, member{"locals", jsonOf(locals)})
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
func (e *Effective) jsonBlocks(n *node) members {
	var out members
	for _, spec := range n.spec.blocks {
		var same []*node
		for _, b := range e.blocks(n) {
			if b.spec == spec {
				same = append(same, b)
			}
		}
		switch {
		case len(same) == 0:
		case spec.labels > 0:
			var labelled members
			for _, b := range same {
				labelled = append(labelled, member{b.label, e.jsonBlock(b)})
			}
			out = append(out, member{spec.name, labelled})
		case spec.once:
			out = append(out, member{spec.name, e.jsonBlock(same[0])})
		default:
			list := []any{}
			for _, b := range same {
				list = append(list, e.jsonBlock(b))
			}
			out = append(out, member{spec.name, list})
		}
	}
	return out
}

func (e *Effective) jsonBlock(n *node) members {
	var out members
	for _, a := range e.attributes(n) {
		out = append(out, member{a.name, jsonOf(e.value(n, a))})
	}
	return append(out, e.jsonBlocks(n)...)
}
