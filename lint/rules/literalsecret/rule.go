package literalsecret

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/regex"
)

//go:embed doc.go
var doc string

const code diag.Code = "literal-secret"

// Rule is literal-secret.
var Rule = &lint.Rule{ID: "HF071", Code: code, Severity: diag.Warning, Doc: doc, Check: check}

var (
	// token is what the services that give them out say that theirs look like, a key, or a password in an address.
	token = regex.New(`\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{22}|\bglpat-[A-Za-z0-9_-]{20}|\bxox[abprs]-[A-Za-z0-9-]{10}|-----BEGIN [A-Z ]*PRIVATE KEY-----|://[^/\s:@$]+:[^/\s:@$]+@`)
	// named is how variables are called that carry a secret.
	named = regex.New(`(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|PRIVATE_KEY)$`)
)

func check(p *lint.Pass) diag.Diagnostics {
	var out diag.Diagnostics
	for _, c := range lint.DistinctCommands(p.Policy) {
		for _, t := range c.Run.Texts {
			if token().MatchString(lint.Literal(t)) {
				out = append(out, inCommand(c, t))
			}
		}
		for _, v := range c.Runner.Env {
			if d := variable(c, v); d != nil {
				out = append(out, d)
			}
		}
	}
	return out
}

func variable(c lint.Command, v schema.Env) *diag.Diagnostic {
	text := lint.Literal(v.Text)
	switch {
	case token().MatchString(text):
		return inVariable(diag.Error, c, v)
	case named().MatchString(v.Name) && text != "" && len(v.Text.Values()) == 0 && !strings.Contains(text, "/"): // a path is where it is kept
		return inVariable(diag.Warning, c, v)
	}
	return nil
}

func inCommand(c lint.Command, t eval.Text) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Subject: c.FindingAt(t),
		Summary: "Secret in the policy",
		Detail:  fmt.Sprintf("A command of %s holds what has the form of a secret. Withdraw it, keep the new one on each system, and write: secrets = { NAME = secret.NAME }.", c.Of),
	}
}

func inVariable(s diag.Severity, c lint.Command, v schema.Env) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: code, Severity: s, Subject: v.Text.Range,
		Summary: "Secret in the policy",
		Detail:  fmt.Sprintf("The variable %s of %s has its value in the policy. Keep it on each system, and write: secrets = { %s = secret.NAME }.", v.Name, c.Of, v.Name),
	}
}
