package generators

import (
	"fmt"
	"strconv"
	"strings"
)

// Formats are the numbers of what is generated, the oldest first. One is added
// where the same policy, generated again, means something else: its changes are
// what `fettle check` says after an upgrade.
var Formats = []Format{
	{Number: 1},
	{Number: 2, Changes: []string{
		"whether a delivery contains a hotfix is decided by content: a hotfix that was taken out in any way stops the next delivery, which names `Reapplies` and `Drops`",
		"a redeployment withdraws every version that may be there, also a delivery that failed; the words of a revert no longer answer it",
		"the operation settle answers an open deployment and nothing else; abandon, and settling without a version that may be there, are in the new pipeline Correction, with approvals",
		"a ledger that was pushed back, emptied, merged or damaged is refused, and a candidate counts by its entry in the ledger: a tag made by hand does not",
		"a delivery must be on the mainline by its full name",
		"a report must be made by the run itself, and is read strictly as JUnit or SARIF",
		"hotfix branches from before use the new release script as soon as it is on the mainline; the ledger and all tags from before count",
		"a secret whose label has a dash, and whose name the policy does not give, is DEPLOY_TOKEN and no longer DEPLOY-TOKEN, which GitHub and GitLab cannot have",
		"on GitHub the jobs that push name the environment fettle, so that the key of the App can be a secret of environments and of no other branch",
		"on Jenkins a deployment locks POLICY/production and no longer production, which all projects of a controller shared; a hotfix branch from before locks the old name until it has the mainline's files, and of two deployments at once the ledger refuses the second",
		"on GitLab an approval refuses where its environment is not protected, or allows nobody (protected environments need Premium): before, everybody who may push to the branch could give it",
		"a run of before that waits for an approval goes on with the old script, but not while something is due: then it is refused, and the mainline must be delivered anew",
		"a job's clone has every commit and tag, but of files what it checked out, except on Jenkins: a build, a check or an environment whose commands read files of earlier commits (git blame, git diff with another commit, SonarQube) says history = true",
		"a commit that keeps files in Git LFS is refused until the policy says lfs = true (they are fetched) or lfs = false: a redeployment checked out pointers, and so did GitHub, Azure and Jenkins",
	}},
}

// Format is one number, and what it changed.
type Format struct {
	Number  int
	Changes []string
}

const formatMark = "Format: "

// newest is the format that is generated.
func newest() int { return Formats[len(Formats)-1].Number }

// formatOf is the number that a list of generated files names. There was none in
// the first.
func formatOf(list []byte) int {
	for line := range strings.Lines(string(list)) {
		if n, ok := strings.CutPrefix(line, "# "+formatMark); ok {
			if number, err := strconv.Atoi(strings.TrimSpace(n)); err == nil {
				return number
			}
		}
	}
	return Formats[0].Number
}

// Newer says that a newer fettle wrote a list, or nothing: what it generated is
// not replaced by something older.
func Newer(list []byte) string {
	if n := formatOf(list); n > newest() {
		return fmt.Sprintf("the generated files are of a newer fettle: they have format %d, and this one generates %d. Use that version. "+
			"Going back could lose what the newer release script recorded: docs/upgrading.md says how it is done.", n, newest())
	}
	return ""
}

// Upgrade says what generating again changes in files of an older fettle, a line
// each, or nothing.
func Upgrade(list []byte) []string {
	n := formatOf(list)
	if n >= newest() {
		return nil
	}
	out := []string{fmt.Sprintf("the generated files are of an older fettle: they have format %d, and this one generates %d. Generating them again changes:", n, newest())}
	for _, f := range Formats {
		if f.Number <= n {
			continue
		}
		for _, text := range f.Changes {
			out = append(out, "  - "+text)
		}
	}
	return out
}
