package generators

import (
	"github.com/fettle-ci/fettle/schema/diag"
)

// Pages are the pages of all codes, in the order of the alphabet.
func Pages() []*diag.Page {
	return nil
}
