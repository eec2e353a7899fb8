package gen

import (
	"strings"

	"github.com/fettle-ci/fettle/flow"
)

// CausesTitle is what the step is called that finds what did not succeed.
const CausesTitle = "Find what did not succeed"

// Causes are commands of a POSIX shell that put what did not succeed into the
// variable failure, by the results of the jobs: failed and stopped are the
// system's words.
func Causes(jobs []*flow.Job, failed, stopped string) string {
	var b strings.Builder
	b.WriteString(`failure=
cause() {
  case $1 in
    ` + failed + `) failure="${failure:+$failure; }$2" ;;
    ` + stopped + `) failure="${failure:+$failure; }$3" ;;
  esac
}
`)
	for _, j := range jobs {
		b.WriteString(`cause "$` + j.ResultVariable() + `" '` + j.Cause(flow.Broken) + `' '` + j.Cause(flow.Stopped) + "'\n")
	}
	b.WriteString(`failure=${failure:-` + flow.SomeCause + "}\n")
	return b.String()
}
