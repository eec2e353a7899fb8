package gen

import "github.com/fettle-ci/fettle/flow"

// Filter is what git leaves out of a clone that has every commit: files, until
// they are looked at. A server that cannot leave them out sends everything.
const Filter = "blob:none"

// Filtered tells whether a checkout of GitHub or of Azure leaves files out. They
// fetch what is kept in Git LFS before they check out, and git-lfs asks for the
// size of each file: one that is not there is a request of its own.
func Filtered(s flow.Checkout) bool { return s.History == flow.Commits && !s.LFS }

// ReadToken is the variable of a step of ours, and of no other, that carries a
// credential that reads the repository. Git asks for it where it lacks a file:
// a checkout leaves no credential behind.
const ReadToken = "FETTLE_READ_TOKEN"

// asking are a line for a POSIX shell that says how git finds the credential, under
// the name that its host wants, and git that asks for it and nobody else: a helper
// of the machine would be given the credential to keep. Where a host's own
// credential is in the clone, user is "".
func asking(user string) (line, git string) {
	if user == "" {
		return "", "git"
	}
	return `credential='!f() { echo username=` + user + `; echo "password=$` + ReadToken + `"; }; f'` + "\n", `git -c credential.helper= -c credential.helper="$credential"`
}

// TakeScript saves the release script of the mainline: of the branch, whatever
// else is called so.
func TakeScript(p *flow.Plan, mainline, user, to string) string {
	line, git := asking(user)
	return line + git + " show " + mainline + ":" + p.Script + " > " + to
}

// WholeHistory brings the files of every commit into a clone that an earlier job on
// the same machine made without them. In any other there is nothing to do.
func WholeHistory(user string) string {
	line, git := asking(user)
	return line + `if ls .git/objects/pack/*.promisor > /dev/null 2>&1; then
  git rev-list --objects --all --missing=print | sed -n 's/^?//p' > .git/fettle-missing
  [ ! -s .git/fettle-missing ] || ` + git + ` -c fetch.negotiationAlgorithm=noop fetch --quiet --no-tags --no-filter --stdin origin < .git/fettle-missing
fi`
}

// WholeHistoryTitle is what the step is called.
const WholeHistoryTitle = "Bring the files of every commit"
