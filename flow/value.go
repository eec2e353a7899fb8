package flow

import "github.com/fettle-ci/fettle/schema"

// value is a run-time value as the pipelines carry it.
type value struct {
	env string // the environment variable
	key string // the output of identify or resolve that it comes from; "" for those of the CI system
	cmd bool   // its grammar holds no character that cmd would execute
}

// values is every run-time value that travels as an environment variable.
// Those of the deployment are known when compiling and are not here; the
// artifact is here for an image, whose digest is known after the build.
var values = map[schema.RunValue]value{
	schema.ReleaseVersion:      {env: "RELEASE_VERSION", key: "version", cmd: true},
	schema.ReleaseCommit:       {env: "RELEASE_COMMIT", key: "commit", cmd: true},
	schema.ReleaseBase:         {env: "RELEASE_BASE", key: "base", cmd: true},
	schema.ReleaseHotfixBranch: {env: "RELEASE_HOTFIX_BRANCH", key: "hotfix_branch", cmd: true},
	schema.ArtifactRef:         {env: "RELEASE_ARTIFACT", key: "artifact", cmd: true},
	schema.IncidentValue:       {env: "RELEASE_INCIDENT", key: "incident"},
	schema.RunURL:              {env: "RELEASE_RUN_URL"},
	schema.RunID:               {env: "RELEASE_RUN_ID"},
	schema.RunFailure:          {env: FailureVariable},
}

// The variables that operations exchange beside the values that a policy may
// name, by the key of the output.
var outputs = map[string]string{
	"version": "RELEASE_VERSION", "commit": "RELEASE_COMMIT", "base": "RELEASE_BASE",
	"hotfix_branch": "RELEASE_HOTFIX_BRANCH", "incident": "RELEASE_INCIDENT", "asked": "RELEASE_ASKED",
	"artifact": "RELEASE_ARTIFACT", "checksum": "RELEASE_CHECKSUM", "artifact_run": "RELEASE_ARTIFACT_RUN", "artifact_job": "RELEASE_ARTIFACT_JOB",
	"proceed": "RELEASE_PROCEED",
}
