policy "p" { targets = ["github", "gitlabb"] } # want "Unknown choice: \"gitlabb\".*Did you mean \"gitlab\""
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = [] } # want "Empty list"
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github", "gitlab"] } # want "No active target"
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "x" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" {
  targets = ["github"]
  active = "gitlab" # want "Active target is no target"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" {
  targets = ["github"]
  version = "semvre" # want "Unknown choice: .*Did you mean \"semver\""
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" {
  targets = ["github"]
  version = "semver" # want "One of two"
  version_run = "./v.sh"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" {
  targets = ["github"]
  mainline = 3 # want "Wrong kind of value: \"mainline\" is a text, and this is a number"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" {
  targets = ["github"]
  mainline = "" # want "Empty text"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" {
  run = "make"
  timeout = "5 minutes" # want "Not a duration"
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" {
  run = "make"
  timeout = "60d" # want "Duration too long"
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" {
  run = "make"
  shell = "cmd" # want "Shell of another operating system"
  agent = agent.l
}
agent "l" {}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" {
  run = "make"
  report = "../x.xml" # want "Path outside the repository"
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" {
  run = "make"
  env = { "1A" = "x" } # want "Not a name for an environment variable"
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" {
  run = "make"
  env = { RELEASE_VERSION = "x" } # want "Variable that fettle sets"
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "" } # want "Empty text"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = { a = 1 } } # want "Wrong kind of value"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "a\u0007b" } # want "Character that no pipeline carries"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
hotfix {
  incident { pattern = "INC[0-9" } # want "Not a regular expression"
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
hotfix {
  incident { pattern = "INC\\d+" } # want "Not a regular expression"
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
notify "x" {
  on  = [failed] # want "Unknown choice: .*failure"
  run = "x"
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
notify "x" {
  on  = ["failure"] # want "Wrong kind of value"
  run = "x"
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" {
    approvers = [group.managers]
    minimum = 2 # want "Approvals cannot be counted"
  }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" {
  targets      = ["github"]
  unmergeable  = ["isx/**.isx", "isx\\*.isx", "[ab"] # want "has \*\* beside other letters" # want "holds a backslash" # want "has a \[ without its \]"
  irreversible = ["/migrations", "../db/*.sql", ""]  # want "\"/migrations\" is a path relative to the repository" # want "\"../db/\*.sql\" is a path relative" # want "Empty text"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
build {
  run      = "make"
  artifact = image("registry.example.com/acme/pay") # want "image\(\) takes two texts"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
build {
  run      = "make"
  artifact = image("https://registry.example.com/acme/pay:latest", "build/digest") # want "Not the repository of an image"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
build {
  run      = "make"
  artifact = image("registry.example.com/acme/Pay", "../digest") # want "Not the repository of an image" # want "Path outside"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
build {
  run      = "make"
  artifact = image("registry.example.com/acme/pay", "the digest") # want "Path that needs quotes"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
build {
  run      = "make"
  artifact = image("registry.example.com/acme/pay:${release.version}", "digest") # want "is needed while the policy is compiled"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
build {
  run      = "make"
  artifact = imag("registry.example.com/acme/pay", "digest") # want "unction"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
build {
  run      = "make"
  artifact = image("registry.example.com/acme/pay", "digest")
  store { # want "exclude each other"
    put = "./put.sh"
    get = "./get.sh"
  }
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
build {
  run      = "make"
  artifact = "my dist/" # want "Path that needs quotes"
  store {
    put = "./put.sh"
    get = "./get.sh"
  }
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
build {
  run      = "make"
  artifact = "dist/"
  store { put = "./put.sh" } # want "needs \"get\""
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
