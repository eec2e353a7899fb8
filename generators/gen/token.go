package gen

import "github.com/fettle-ci/fettle/flow"

// HasToken tells whether an operation of a job is given the credential that may
// push.
func HasToken(j *flow.Job, op flow.Operation) bool { return j.Writes && op.Pushes() }
