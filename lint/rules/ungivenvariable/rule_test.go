package ungivenvariable

import (
	"testing"

	"github.com/fettle-ci/fettle/internal/test/linttest"
)

func TestExamples(t *testing.T) { linttest.Examples(t, Rule) }

// What must be handed on to a command is not given, though it looks like what is.
func TestHosts(t *testing.T) {
	for target, names := range map[string]struct{ given, not []string }{
		"github":  {[]string{"CI", "GITHUB_SHA", "GITHUB_REPOSITORY_OWNER", "GITHUB_REF_NAME", "GITHUB_RUN_ID", "RUNNER_TEMP", "RUNNER_OS"}, []string{"GITHUB_TOKEN", "CI_COMMIT_SHA", "ACTIONS_RUNTIME_TOKEN"}},
		"gitlab":  {[]string{"CI", "CI_COMMIT_SHA", "CI_JOB_TOKEN", "GITLAB_USER_LOGIN", "CI_API_V4_URL"}, []string{"GITHUB_SHA", "GITLAB_TOKEN"}},
		"azure":   {[]string{"BUILD_BUILDID", "SYSTEM_TEAMPROJECT", "SYSTEM_DEFAULTWORKINGDIRECTORY", "SYSTEM_COLLECTIONURI", "AGENT_TEMPDIRECTORY", "TF_BUILD"}, []string{"SYSTEM_ACCESSTOKEN", "CI"}},
		"jenkins": {[]string{"BUILD_NUMBER", "JOB_NAME", "WORKSPACE", "BRANCH_NAME", "JENKINS_URL"}, []string{"GIT_COMMIT", "BUILD"}},
	} {
		for _, n := range names.given {
			if !isOf(hosts[target], n) {
				t.Errorf("%s gives %s", target, n)
			}
		}
		for _, n := range names.not {
			if isOf(hosts[target], n) {
				t.Errorf("%s does not give %s", target, n)
			}
		}
	}
}
