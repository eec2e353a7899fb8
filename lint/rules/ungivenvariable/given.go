package ungivenvariable

import "regexp"

// The patterns are compiled where a policy reads a variable of the machine: most
// do not, and what is compiled takes time.

// fettle sets these in the jobs of a release itself.
const fettle = `^(RELEASE|DEPLOYMENT)_`

// hosts are the variables that each CI system sets in every job, by its
// documentation, read in November 2026. What must be handed on first, such as
// GITHUB_TOKEN and SYSTEM_ACCESSTOKEN, is not among them.
var hosts = map[string]string{
	// GitHub Docs, "Variables reference", default environment variables (GitHub.com).
	"github": `^(CI|RUNNER_[A-Z_]+|ACTIONS_ID_TOKEN_REQUEST_(URL|TOKEN)|GITHUB_(ACTIONS?|ACTION_[A-Z_]+|ACTOR(_ID)?|API_URL|BASE_REF|ENV|EVENT_NAME|EVENT_PATH|GRAPHQL_URL|HEAD_REF|JOB|OUTPUT|PATH|REF|REF_[A-Z]+|REPOSITORY|REPOSITORY_[A-Z_]+|RETENTION_DAYS|RUN_[A-Z]+|SERVER_URL|SHA|STEP_SUMMARY|TRIGGERING_ACTOR|WORKFLOW|WORKFLOW_[A-Z]+|WORKSPACE))$`,
	// GitLab Docs, "Predefined CI/CD variables reference".
	"gitlab": `^(CI|CI_[A-Z0-9_]+|GITLAB_(CI|FEATURES|USER_[A-Z]+)|CHAT_[A-Z]+|TRIGGER_PAYLOAD)$`,
	// Microsoft Learn, "Use predefined variables" (Azure DevOps Services).
	"azure": `^(TF_BUILD|(AGENT|BUILD|PIPELINE|ENVIRONMENT|CHECKS)_[A-Z0-9_]+|SYSTEM_[B-Z][A-Z0-9_]*)$`,
	// Jenkins: the page env-vars.html of every installation, with those of Multibranch.
	"jenkins": `^(CI|(BUILD|JOB|NODE|JENKINS|HUDSON|BRANCH|CHANGE|TAG|RUN)_[A-Z0-9_]+|EXECUTOR_NUMBER|WORKSPACE|WORKSPACE_TMP|STAGE_NAME)$`,
}

// machine are variables that operating systems, shells and the usual images of
// machines set. Not every machine has each: whoever names one knows theirs.
const machine = `(?i)^(HOME|PATH|PWD|OLDPWD|USER|LOGNAME|SHELL|HOSTNAME|LANG|LC_[A-Z]+|TERM|TZ|TMP|TEMP|TMPDIR|IFS|UID|EUID|RANDOM|LINENO|PPID` +
	`|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|SSL_CERT_(FILE|DIR)|SSH_AUTH_SOCK|DISPLAY|XDG_[A-Z_]+` +
	`|USERPROFILE|USERNAME|USERDOMAIN|COMPUTERNAME|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|PROGRAMW6432|COMMONPROGRAMFILES|ALLUSERSPROFILE|PUBLIC|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|HOMEDRIVE|HOMEPATH|OS|NUMBER_OF_PROCESSORS|PROCESSOR_[A-Z]+|PSMODULEPATH` +
	`|JAVA_HOME[A-Z0-9_]*|M2_HOME|MAVEN_HOME|GRADLE_HOME|ANT_HOME|ANDROID_[A-Z_]+|GOROOT[A-Z0-9_]*|GOPATH|CARGO_HOME|RUSTUP_HOME|NVM_DIR|CONDA|PYTHON[A-Z0-9_]*|PIPX_[A-Z_]+|DOTNET_[A-Z_]+|NODE_VERSION|VCPKG_INSTALLATION_ROOT|SWIFT_PATH|HOMEBREW_[A-Z_]+|CHROMEWEBDRIVER|EDGEWEBDRIVER|GECKOWEBDRIVER|SELENIUM_JAR_PATH|IMAGEOS|IMAGEVERSION)$`

func isOf(pattern, name string) bool { return regexp.MustCompile(pattern).MatchString(name) }
