package gitlab

import (
	"strings"

	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/schema/regex"
)

var barePowerShell = regex.New(`^[A-Za-z][A-Za-z0-9_./-]*$`)

// PowerShell writes a text as one argument of PowerShell. The curly quotes
// count as quotes there, and are doubled like the straight one.
func PowerShell(s string) string {
	if barePowerShell().MatchString(s) {
		return s
	}
	return "'" + strings.NewReplacer("'", "''", "\u2018", "\u2018\u2018", "\u2019", "\u2019\u2019", "\u201a", "\u201a\u201a", "\u201b", "\u201b\u201b").Replace(s) + "'"
}

func quote(s string) string { return gen.YAML(s) }
