package schema

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// terms writes attributes down as a policy could. It is all that a finished policy
// keeps of how it was read.
type terms struct {
	eval      *eval.Evaluator
	policy    *Policy
	dir, base string // the policy's directory, and the one that diagnostics name files from
}

// term evaluates an attribute. Where that has been an error, or takes a name
// that is not in the scope, it is what the policy writes.
func (w terms) term(kind *language.Kind, a *hclsyntax.Attribute, s eval.Scope) eval.Term {
	if t := w.compute(kind, a, s); t != nil {
		return t
	}
	return eval.SourceTerm(w.asHCL(a.Expr.Range()))
}

// meaning is the term of what one layer says of a block: the path of a library
// is relative to the file that it stands in, so it is seen from the policy.
func (w terms) meaning(n *syntax.Node, a language.Attribute, said *hclsyntax.Attribute) eval.Term {
	t := w.term(a.Kind, said, scopeIn(n))
	source, ok := t.(eval.TextTerm)
	if n.Spec != language.UseBlock || a.Name != "source" || !ok {
		return t
	}
	if name, static := (eval.Text{Segs: source}).Static(); static && !strings.HasPrefix(name, builtin) {
		full := path.Join(w.base, path.Dir(said.Range().Filename), name)
		if rel, err := filepath.Rel("/"+w.dir, "/"+full); err == nil {
			return eval.TextTerm{{Lit: filepath.ToSlash(rel)}}
		}
	}
	return t
}

func (w terms) compute(kind *language.Kind, a *hclsyntax.Attribute, s eval.Scope) eval.Term {
	switch kind.Form {
	case language.Words:
		return eval.WordsOf(a.Expr)
	case language.NamePattern:
		prefix, suffix, count, ok := splitVersion(a.Expr)
		if !ok || count != 1 {
			return nil
		}
		return eval.TextTerm{{Lit: prefix}, {Ref: "version"}, {Lit: suffix}}
	case language.Source:
		return nil
	case language.Computed, language.Command:
	}
	before := w.eval.Diags.Len()
	v := w.eval.Eval(a.Expr, s)
	w.eval.Diags.Forget(before) // whoever decodes the attribute tells what is wrong with it
	t := eval.TermOf(v)
	if !eval.Complete(t) {
		return nil
	}
	if list, ok := t.(eval.ListTerm); ok && kind.Form == language.Command {
		return eval.FlatCommands(list)
	}
	return t
}
