package language

import (
	"strings"

	"github.com/fettle-ci/fettle/schema/regex"
)

// What texts of some kinds look like.
var (
	VariablePattern = regex.New(`^[A-Za-z_][A-Za-z0-9_]*$`)
	DurationPattern = regex.New(`^([1-9][0-9]{0,5})([mhd])$`)
)

// labelPattern is a label: every system takes it as a part of names.
var labelPattern = regex.New(`^[a-z][a-z0-9_-]{0,62}$`)

// IsLabel is what labelPattern matches, without it: every policy has labels, and
// so many letters make it large.
func IsLabel(s string) bool {
	return s != "" && len(s) <= 63 && s[0] >= 'a' && s[0] <= 'z' && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}

// ID turns a label into the id that every system takes.
func ID(label string) string { return strings.ReplaceAll(label, "_", "-") }
