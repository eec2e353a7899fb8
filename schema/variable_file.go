package schema

import (
	"bytes"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// valuesIn reads the attributes of a file of values.
func (d *decoder) valuesIn(s syntax.Source) hcl.Attributes {
	src := bytes.ReplaceAll(s.Bytes, []byte("\r\n"), []byte("\n"))
	if problem := syntax.CheckSize(s.Name, src); problem != nil {
		d.report(problem)
		return nil
	}
	if strings.HasSuffix(s.Name, ".json") {
		file, diags := json.Parse(src, s.Name)
		return d.attributesOf(file, diags, syntax.SyntaxError)
	}
	file, diags := hclsyntax.ParseConfig(src, s.Name, hcl.InitialPos)
	return d.attributesOf(file, diags, func(*hcl.Diagnostic) *diag.Diagnostic { return syntax.FirstError(src, diags) })
}

// attributesOf are the values, unless the file cannot be read.
func (d *decoder) attributesOf(file *hcl.File, diags hcl.Diagnostics, say func(*hcl.Diagnostic) *diag.Diagnostic) hcl.Attributes {
	if diags.HasErrors() {
		d.report(say(diags[0]))
		return nil
	}
	if body, ok := file.Body.(*hclsyntax.Body); ok && len(body.Blocks) > 0 {
		d.report(syntax.AttributeNotBlock(body.Blocks[0].Type, body.Blocks[0].TypeRange))
		return nil
	}
	attributes, diags := file.Body.JustAttributes()
	if diags.HasErrors() {
		d.report(syntax.SyntaxError(diags[0]))
	}
	return attributes
}
