policy "p" { targets = ["github", "github"] } # want "github"

# ---
secret "s" {
  github = { name = "S" }
  azure  = { group = "g" } # want "azure needs \"name\""
}

# ---
agent "a" {
  github = { runs_on = ["x"] }
  azure  = { vm_image = "ubuntu-24.04", pool = "mine" } # want "vm_image"
}

# ---
hotfix {
  incident { pattern = "INC.*?" } # want "POSIX"
}

# ---
hotfix {
  incident { pattern = "INC\n" } # want "newline"
}

# ---
notify "n" {
  on  = "failure" # want "a list of"
  run = "mail"
}

# ---
delivery {
  checks       = check.unit # want "a list of references"
  environments = [environment.production]
}

# ---
merge_request {
  checks = [release.version] # want "check"
}

# ---
check "unit" {
  run = "make"
  timeout = 5 # want "timeout"
}

# ---
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
  approval "second" { 
    approvers = [group.managers]
    minimum = "two" # want "a number"
  }
}

# ---
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
  approval "second" { 
    approvers = [group.managers]
    minimum = 1.5 # want "whole number"
  }
}

# ---
check "unit" { run = { a = "b" } } # want "a command"

# ---
check "unit" {
  run = "make"
  env = "x" # want "an object"
}

# ---
check "unit" {
  run = "make"
  env = { "A" = "1", "A" = "2" } # want "\"A\""
}

# ---
agent "a" { github = { run_on = ["x"] } } # want "Did you mean \"runs_on\""

# ---
agent "a" { github = { runs_on = [["x"]] } } # want "a list of texts"

# ---
agent "a" { github = { runs_on = { x = 1 } } } # want "a list of texts"

# ---
agent "a" { github = { runs_on = [release.version] } } # want "release.version"

# ---
agent "a" { github = { runs_on = ["a\u0007"] } } # want "character"

# ---
names { candidate = ["x"] } # want "must be a text with"

# ---
names { candidate = "refs/x/${version}" } # want "begins with refs/"

# ---
names { candidate = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/${version}" } # want "is too long"

# ---
environment "idle" { deploy = "x" } # want "no flow deploys to it"

# ---
agent "idle" { github = { runs_on = ["x"] } } # want "nothing runs on it"

# ---
secret "idle" { github = { name = "S" } } # want "nothing receives it"
