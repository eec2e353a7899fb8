policy "p" {
  targets = ["github", "gitlab", "jenkins"]
  active  = "github"
}
check "unit" {
  run     = "make"
  github  = { id_tokn = true }                             # want "Unknown attribute: github has no attribute \"id_tokn\".*Did you mean \"id_token\""
  gitlab  = { id_tokens = { CI_JOB_TOKEN = "https://x" } } # want "Name that a token cannot have"
  azure   = { service_connection = "x" }                   # want "Option of a system that is not a target: \"azure\""
  jenkins = { tools = { java = "17" } }                    # want "Unknown choice: \"java\""
}
check "other" {
  run    = "make"
  github = { id_token = "yes" }              # want "Wrong kind of value: \"id_token\" is true or false"
  gitlab = { id_tokens = { VAULT = "https://x" } } # want "Name that a token cannot have"
}
environment "production" {
  deploy = "./deploy.sh"
  github = { permissions = "write-all" } # want "Unknown attribute"
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
