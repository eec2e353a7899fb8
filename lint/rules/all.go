// Package rules is the list of all rules, one folder each.
package rules

import (
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/rules/brokenrule"
	"github.com/fettle-ci/fettle/lint/rules/idlewaiver"
	"github.com/fettle-ci/fettle/lint/rules/uncheckedproduction"
	"github.com/fettle-ci/fettle/lint/rules/ungatedproduction"
	"github.com/fettle-ci/fettle/lint/rules/unused"
	"github.com/fettle-ci/fettle/lint/rules/unwaivedcheck"
)

// All are the rules in the order of their codes.
var All = []*lint.Rule{
	brokenrule.Rule,
	idlewaiver.Rule,
	uncheckedproduction.Rule,
	ungatedproduction.Rule,
	unused.Rule,
	unwaivedcheck.Rule,
}
