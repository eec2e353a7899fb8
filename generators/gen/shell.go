package gen

import (
	"strings"

	"github.com/fettle-ci/fettle/schema/regex"
)

var bareShell = regex.New(`^[A-Za-z0-9_./:@%+=,-]+$`)

// Shell writes a text as one word of a POSIX shell. NUL cannot be in one;
// no policy holds it.
func Shell(s string) string {
	if bareShell().MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
