package idlewaiver

import (
	"testing"

	"github.com/fettle-ci/fettle/lint/linttest"
)

func TestExamples(t *testing.T) { linttest.Examples(t, Rule) }
