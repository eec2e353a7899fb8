package generators_test

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// The release script is the same for every policy but for its settings and for
// parts that a policy may have. So a case holds the outline of its script: the
// settings as they are, and which functions each part has. The examples hold
// the whole of it.

var (
	part     = regexp.MustCompile(`^# --- (.*?) -*$`)
	function = regexp.MustCompile(`^([a-z_]+)\(\) [{(]`)
)

const settingsPart = "What the policy says"

// outline is what a case holds of a script, and where.
func outline(file string, script []byte) (string, []byte) {
	var b strings.Builder
	var title string
	var functions []string
	flush := func() {
		if title != settingsPart && title != "" {
			fmt.Fprintf(&b, "# --- %s: %s\n", title, strings.Join(functions, " "))
		}
		functions = nil
	}
	for line := range strings.Lines(string(script)) {
		if m := part.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
			flush()
			title = m[1]
		}
		if m := function.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
			functions = append(functions, m[1])
		}
		if title == settingsPart {
			b.WriteString(line)
		}
	}
	flush()
	return strings.TrimSuffix(file, path.Ext(file)) + ".txt", []byte(b.String())
}
