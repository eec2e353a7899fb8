package lint

import (
	"slices"
	"strings"
)

// productionNames are what people call production, as a part of a name.
var productionNames = []string{"production", "prod", "prd", "live"}

// SoundsLikeProduction tells whether an environment has a name of production.
func SoundsLikeProduction(label string) bool {
	parts := strings.FieldsFunc(label, func(r rune) bool { return r == '-' || r == '_' })
	return slices.ContainsFunc(parts, func(part string) bool { return slices.Contains(productionNames, strings.TrimRight(part, "0123456789")) })
}
