environment "production" {
  deploy = "x ${release.versoin}" # want "Unknown value: There is no release.versoin.*Did you mean \"version\""
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = "x ${release}" # want "Incomplete value"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = "x ${upper(release.version)}" # want "Value known only later: release.version is known only when the pipeline runs; upper\(\)"
  approval "release" { approvers = [group.managers] }
}

# ---
locals { prefix = "v${release.version}" }
environment "production" {
  deploy = upper(local.prefix) # want "release.version \(through local.prefix\) is known only when"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = release.version == "1" ? "a" : "b" # want "a comparison or calculation would need it now"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = "x '${release.version}'" # want "Value where the shell does not look"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = "x ${FOO}" # want "Unknown value: .*variable of the shell, write \$\$\{FOO\}"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = "x ${FOO:-x}" # want "Shell expansion in a template"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = "curl -w %{http_code}" # want "Percent sign in a template"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = "grep a\*" # want "Backslash in a text"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = "x ${deployment.values.y}" # want "Unknown deployment value"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = "x ${deployment.url}" # want "Environment without a URL"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = "x ${artifact.ref}" # want "No artifact"
  approval "release" { approvers = [group.managers] }
}

# ---
check "unit" { run = "x ${deployment.url}" } # want "No deployment at this point"

# ---
policy "p" {
  targets = ["github"]
  mainline = "x${release.version}" # want "Value known only later"
}

# ---
locals {
  a = local.b
  b = local.a # want "Definition in a circle"
}

# ---
locals { a = local.c } # want "Unknown local"

# ---
environment "production" {
  deploy = "x \"y" # want "Command that no shell can read"
  approval "release" { approvers = [group.managers] }
}

# ---
build {
  run      = "./push.sh ${artifact.ref}" # want "artifact.ref is not known where the build runs"
  artifact = image("registry.example.com/acme/pay", "build/digest")
}

# ---
# Variables of the machine: given by the block, the agent, the CI system, fettle or any machine; or by nothing.
policy "p" {
  targets = ["github", "gitlab"]
  active  = "github"
}
agent "big" { provides = ["CACHE_DIR"] }
build {
  agent    = agent.big
  run      = "make OUT=${env.HOME} CACHE=${env.CACHE_DIR} TAG=${env.RELEASE_VERSION} REGION=${env.REGION}" # want "A command of build reads env.REGION, and nothing gives it: it would be empty"
  artifact = "dist/"
  store {
    put = "put ${env.BUCKET}"
    get = "get ${env.BUCKTE}" # want "reads env.BUCKTE, and nothing gives it: it would be empty. Did you mean env.BUCKET"
  }
  env     = { BUCKET = "s3://shop" }
  secrets = { KEY = secret.key }
}
secret "key" {}
check "unit" {
  run = ["make test CI=${env.CI}", "make test SHA=${env.GITHUB_SHA}", "read answer; echo ${env.answer}"] # want "reads env.GITHUB_SHA, and nothing gives it on gitlab: it would be empty"
}
check "native" {
  run = "make ${env.FROM_NATIVE}"
  native "github" {
    steps = "- run: echo FROM_NATIVE=1 >> $GITHUB_ENV"
  }
}
delivery {
  checks       = [check.unit, check.native]
  environments = [environment.production]
}
