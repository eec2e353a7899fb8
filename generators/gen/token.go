package gen

import "github.com/fettle-ci/fettle/flow"

// HasToken tells whether an operation of a job is given the credential that may
// push: it pushes, or it fetches what is kept in Git LFS, which a checkout of a
// host does with a credential that no step has.
func HasToken(j *flow.Job, op flow.Operation) bool { return j.Writes && (op.Pushes() || op.LFS) }
