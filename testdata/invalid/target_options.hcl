policy "p" {
  targets = ["github", "gitlab", "jenkins"]
  active  = "github"
}
check "unit" {
  run     = "make"
  github  = { id_tokn = true }                             # want "Unsupported argument: github has no attribute \"id_tokn\".*Did you mean \"id_token\""
  gitlab  = { id_tokens = { CI_JOB_TOKEN = "https://x" } } # want "Name that a token cannot have"
  azure   = { service_connection = "x" }                   # want "Option of a system that is not a target: \"azure\""
  jenkins = { tools = { java = "17" } }                    # want "Invalid value: \"java\""
}
check "other" {
  run    = "make"
  github = { id_token = "yes" }              # want "Incorrect value type: \"id_token\" is true or false"
  gitlab = { id_tokens = { VAULT = "https://x" } } # want "Name that a token cannot have"
}
environment "production" {
  deploy = "./deploy.sh"
  github = { permissions = "write-all" } # want "Unsupported argument"
  approval "release" { approvers = [group.managers] }
}

# ---
policy "p" {
  targets = ["github", "jenkins"]
  active  = "github"
}
check "unit" {
  run    = "make"
  github = { id_token = true }
}
check "smoke" {
  run     = "./smoke.sh"
  jenkins = { tools = { jdk = "21" } }
}
environment "production" {
  deploy  = "./deploy.sh"
  verify  = [check.smoke] # want "Two values of a target option in one job: \"jdk\" is \"17\""
  jenkins = { tools = { jdk = "17" } }
  approval "release" { approvers = [group.managers] }
}
merge_request { checks = [check.unit] } # want "Secrets on a merge request: .*may log in"

# ---
policy "p" { targets = ["jenkins"] }
check "style" { # want "Tools of a check that only informs"
  run      = "make style"
  required = false
  jenkins  = { tools = { jdk = "21" } }
}
delivery {
  checks       = [check.unit, check.style]
  environments = [environment.production]
}

# ---
# Longer than a host allows: on its own machines, on others, with the checks of a deployment, and all in all.
policy "p" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
agent "lab" {
  github  = { runs_on = ["self-hosted", "lab"] }
  gitlab  = { tags = ["lab"] }
  azure   = { pool = "lab" }
  jenkins = { label = "lab" }
}
agent "mac" {
  os     = "macos"
  gitlab = { tags = ["saas-macos-medium-m1"] }
}
check "unit" {
  run     = "make test"
  timeout = "6h"
}
check "soak" {
  run     = "make soak"
  timeout = "361m" # want "\"Check soak\" may take 361m, and github ends a job on a machine of its own after 6h" # want "azure ends a job on a machine of its own after 6h"
}
check "lab" {
  agent   = agent.lab
  run     = "make lab"
  timeout = "6d" # want "\"Check lab\" may take 6d, and github ends a job on a machine that you bring after 5d"
}
check "mac" {
  agent   = agent.mac
  run     = "make mac"
  timeout = "4h" # want "\"Check mac\" may take 4h, and gitlab ends a job on a machine of its own after 3h"
}
environment "production" { # want "\"Deploy to production\", with the checks in it, may take 7h, and github ends" # want "may take 7h, and azure ends"
  deploy = "./deploy.sh ${release.version}"
  verify = [check.unit]

  approval "release" {
    approvers = [group.managers]
    timeout   = "30d"
  }
}
delivery { # want "a run of delivery takes up to 37 days, and github cancels it after 35"
  checks       = [check.unit, check.soak, check.lab, check.mac]
  environments = [environment.production]
}
