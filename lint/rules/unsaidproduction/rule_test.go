package unsaidproduction

import (
	"testing"

	"github.com/fettle-ci/fettle/internal/test/linttest"
)

func TestExamples(t *testing.T) { linttest.Examples(t, Rule) }

func TestSoundsLikeProduction(t *testing.T) {
	for label, want := range map[string]bool{
		"prod": true, "prod-eu": true, "eu_production": true, "prd1": true, "live": true, "production_eu": true,
		"preprod": false, "product": false, "staging": false, "delivery": false, "reproduction": false, "eu": false,
	} {
		if got := soundsLikeProduction(label); got != want {
			t.Errorf("%s: %t", label, got)
		}
	}
}
