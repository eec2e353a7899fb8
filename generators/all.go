package generators

import (
	"github.com/fettle-ci/fettle/generators/azure"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/generators/github"
	"github.com/fettle-ci/fettle/generators/gitlab"
	"github.com/fettle-ci/fettle/generators/jenkins"
)

// All are the targets, by name. Flags, help texts, goldens and the tests of
// every case follow from this list.
var All = []*gen.Target{
	azure.Target,
	github.Target,
	gitlab.Target,
	jenkins.Target,
}
