package lint

import "testing"

func TestSoundsLikeProduction(t *testing.T) {
	for label, want := range map[string]bool{
		"prod": true, "prod-eu": true, "eu_production": true, "prd1": true, "live": true, "production_eu": true,
		"preprod": false, "product": false, "staging": false, "delivery": false, "reproduction": false, "eu": false,
	} {
		if got := SoundsLikeProduction(label); got != want {
			t.Errorf("%s: %t", label, got)
		}
	}
}
