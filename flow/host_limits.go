package flow

import (
	"time"

	"github.com/fettle-ci/fettle/schema/regex"
)

const day = 24 * time.Hour

// HostLimit is how long a CI system lets things run, whatever a pipeline says;
// 0 is as long as it says.
type HostLimit struct {
	Hosted time.Duration // a job on a machine of the system's own
	Own    time.Duration // a job on a machine that somebody brings
	Run    time.Duration // all of a run, with its waiting and its approvals
	Source string
}

// HostLimits are those of the targets, by their documentation, read in November
// 2026. For an approval each of them waits 30 days, and no policy says more.
// GitLab's other runners have what their administrators set; a private project
// of Azure without paid parallel jobs has 60 minutes, which no policy tells.
var HostLimits = map[string]HostLimit{
	"github": {Hosted: 6 * time.Hour, Own: 5 * day, Run: 35 * day, Source: "GitHub Docs, Usage limits for self-hosted runners (Enterprise Server 3.14; GitHub.com says the same)"},
	"gitlab": {Hosted: 3 * time.Hour, Source: "GitLab Docs, GitLab-hosted runners (GitLab.com), whatever a project says"},
	"azure":  {Hosted: 6 * time.Hour, Source: "Microsoft Learn, Specify jobs in your pipeline, Timeouts (Azure DevOps Services)"},
	// `timeout` is an option of the pipeline, and nothing else ends it.
	"jenkins": {Source: "Jenkins Handbook, Pipeline Syntax, timeout"},
}

// ScriptSplitting has Jenkins make many Java methods of a declarative pipeline.
// It is a system property of the controller, off by default: RuntimeASTTransformer
// of pipeline-model-definition, from 1.4.0 on and much better from 1.8.4
// (JENKINS-37984). Without it a pipeline is one method of 65,535 bytes at most.
const ScriptSplitting = "org.jenkinsci.plugins.pipeline.modeldefinition.parser.RuntimeASTTransformer.SCRIPT_SPLITTING_TRANSFORMATION=true"

// hostedImage is what GitHub calls its own machines. Of another label nobody
// knows whose it is.
var hostedImage = regex.New(`^(ubuntu-(latest|[0-9]{2}\.[0-9]{2})(-arm)?|windows-(latest|[0-9]{4}|11-arm)|macos-(latest|[0-9]{2})(-(large|xlarge|intel))?)$`)

// Longest is the most that a run of the flow takes, with every approval given in
// the last moment.
func (f *Flow) Longest() time.Duration {
	ends, longest := map[*Job]time.Duration{}, time.Duration(0)
	for _, j := range f.Jobs {
		for _, n := range j.Needs {
			ends[j] = max(ends[j], ends[n])
		}
		ends[j] += j.Timeout
		longest = max(longest, ends[j])
	}
	return longest
}
