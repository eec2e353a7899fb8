package flow

// FailureVariable carries the value run.failure.
const FailureVariable = "RELEASE_FAILURE"

// SomeCause is what people are told where a CI system names no job.
const SomeCause = "a job did not succeed"

// Ending is what a CI system tells of a job that did not succeed.
type Ending int

// The endings. Only some systems tell a job that failed from one that was
// stopped, which is one that ran out of time or that somebody cancelled.
const (
	Broken Ending = iota
	Stopped
	BrokenOrStopped
)

// endings are the words for people, and those of an approval.
var endings, approvalEndings = map[Ending]string{
	Broken:          "failed",
	Stopped:         "ran out of time or was cancelled",
	BrokenOrStopped: "failed, ran out of time or was cancelled",
}, map[Ending]string{
	Broken:          "refused or not given in time",
	Stopped:         "cancelled or not given in time",
	BrokenOrStopped: "refused, cancelled or not given in time",
}

// Cause is what people are told of the job when it did not succeed: its title
// and why. Both are ours: no text of others is in it.
func (j *Job) Cause(e Ending) string {
	if j.Kind == JobApprove {
		return j.Title + ": " + approvalEndings[e]
	}
	return j.Title + ": " + endings[e]
}
