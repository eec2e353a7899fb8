// Package rules is the list of all rules, one folder each.
package rules

import (
	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/lint/rules/artifactexpires"
	"github.com/fettle-ci/fettle/lint/rules/authorsapprove"
	"github.com/fettle-ci/fettle/lint/rules/brokenrule"
	"github.com/fettle-ci/fettle/lint/rules/forcedpush"
	"github.com/fettle-ci/fettle/lint/rules/idlewaiver"
	"github.com/fettle-ci/fettle/lint/rules/irreversibleunsaid"
	"github.com/fettle-ci/fettle/lint/rules/latereview"
	"github.com/fettle-ci/fettle/lint/rules/literalsecret"
	"github.com/fettle-ci/fettle/lint/rules/missingscript"
	"github.com/fettle-ci/fettle/lint/rules/nowayback"
	"github.com/fettle-ci/fettle/lint/rules/oneapprover"
	"github.com/fettle-ci/fettle/lint/rules/openmergeback"
	"github.com/fettle-ci/fettle/lint/rules/ownerapproves"
	"github.com/fettle-ci/fettle/lint/rules/pastfreeze"
	"github.com/fettle-ci/fettle/lint/rules/runtoolong"
	"github.com/fettle-ci/fettle/lint/rules/slowapproval"
	"github.com/fettle-ci/fettle/lint/rules/stagingafterproduction"
	"github.com/fettle-ci/fettle/lint/rules/swallowedfailure"
	"github.com/fettle-ci/fettle/lint/rules/timeoutbeyondhost"
	"github.com/fettle-ci/fettle/lint/rules/unapprovedoperations"
	"github.com/fettle-ci/fettle/lint/rules/uncheckedproduction"
	"github.com/fettle-ci/fettle/lint/rules/undeliveredproduction"
	"github.com/fettle-ci/fettle/lint/rules/ungatedproduction"
	"github.com/fettle-ci/fettle/lint/rules/ungivenvariable"
	"github.com/fettle-ci/fettle/lint/rules/unnamedartifact"
	"github.com/fettle-ci/fettle/lint/rules/unnamedincident"
	"github.com/fettle-ci/fettle/lint/rules/unpinnedaction"
	"github.com/fettle-ci/fettle/lint/rules/unpinnedimage"
	"github.com/fettle-ci/fettle/lint/rules/unprovenhotfix"
	"github.com/fettle-ci/fettle/lint/rules/unsaidproduction"
	"github.com/fettle-ci/fettle/lint/rules/unused"
	"github.com/fettle-ci/fettle/lint/rules/unwaivedcheck"
	"github.com/fettle-ci/fettle/lint/rules/unwaivedenvironment"
)

// All are the rules in the order of their codes.
var All = []*lint.Rule{
	artifactexpires.Rule,
	authorsapprove.Rule,
	brokenrule.Rule,
	forcedpush.Rule,
	idlewaiver.Rule,
	irreversibleunsaid.Rule,
	latereview.Rule,
	literalsecret.Rule,
	missingscript.Rule,
	nowayback.Rule,
	oneapprover.Rule,
	openmergeback.Rule,
	ownerapproves.Rule,
	pastfreeze.Rule,
	runtoolong.Rule,
	slowapproval.Rule,
	stagingafterproduction.Rule,
	swallowedfailure.Rule,
	timeoutbeyondhost.Rule,
	unapprovedoperations.Rule,
	uncheckedproduction.Rule,
	undeliveredproduction.Rule,
	ungatedproduction.Rule,
	ungivenvariable.Rule,
	unnamedartifact.Rule,
	unnamedincident.Rule,
	unpinnedaction.Rule,
	unpinnedimage.Rule,
	unprovenhotfix.Rule,
	unsaidproduction.Rule,
	unused.Rule,
	unwaivedcheck.Rule,
	unwaivedenvironment.Rule,
}
