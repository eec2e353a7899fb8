package runtoolong

import (
	"testing"

	"github.com/fettle-ci/fettle/internal/test/linttest"
)

func TestExamples(t *testing.T) { linttest.Examples(t, Rule) }
