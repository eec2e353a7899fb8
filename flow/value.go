package flow

import "github.com/fettle-ci/fettle/schema/language"

// value is a run-time value as the pipelines carry it.
type value struct {
	env string // the environment variable
	key string // the output of identify or resolve that it comes from; "" for those of the CI system
	cmd bool   // its grammar holds no character that cmd would execute
}

// values is every run-time value that travels as an environment variable.
// Those of the deployment are known when compiling and are not here; the
// artifact is here for an image, whose digest is known after the build.
var values = map[language.RunValue]value{
	language.ReleaseVersion:      {env: "RELEASE_VERSION", key: "version", cmd: true},
	language.ReleaseCommit:       {env: "RELEASE_COMMIT", key: "commit", cmd: true},
	language.ReleaseBase:         {env: "RELEASE_BASE", key: "base", cmd: true},
	language.ReleaseHotfixBranch: {env: "RELEASE_HOTFIX_BRANCH", key: "hotfix_branch", cmd: true},
	language.ArtifactRef:         {env: "RELEASE_ARTIFACT", key: "artifact", cmd: true},
	language.IncidentValue:       {env: "RELEASE_INCIDENT", key: "incident"},
	language.RunURL:              {env: "RELEASE_RUN_URL"},
	language.RunID:               {env: "RELEASE_RUN_ID"},
	language.RunFailure:          {env: FailureVariable},
}

// The variables that operations exchange beside the values that a policy may
// name, by the key of the output.
var outputs = map[string]string{
	"version": "RELEASE_VERSION", "commit": "RELEASE_COMMIT", "base": "RELEASE_BASE",
	"hotfix_branch": "RELEASE_HOTFIX_BRANCH", "incident": "RELEASE_INCIDENT", "asked": "RELEASE_ASKED",
	"artifact": "RELEASE_ARTIFACT", "checksum": "RELEASE_CHECKSUM", "artifact_run": "RELEASE_ARTIFACT_RUN", "artifact_job": "RELEASE_ARTIFACT_JOB",
	"proceed": "RELEASE_PROCEED",
}
