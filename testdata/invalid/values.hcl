policy "p" { targets = ["github", "gitlabb"] } # want "Invalid value: \"gitlabb\".*Did you mean \"gitlab\""

# ---
policy "p" { targets = [] } # want "Empty list"

# ---
policy "p" { targets = ["github", "gitlab"] } # want "No active target"

# ---
policy "p" {
  targets = ["github"]
  active = "gitlab" # want "Active target is no target"
}

# ---
policy "p" {
  targets = ["github"]
  version = "semvre" # want "Invalid value: .*Did you mean \"semver\""
}

# ---
policy "p" {
  targets = ["github"]
  version = "semver" # want "One of two"
  version_run = "./v.sh"
}

# ---
policy "p" {
  targets = ["github"]
  mainline = 3 # want "Incorrect value type: \"mainline\" is a text, and this is a number"
}

# ---
policy "p" {
  targets = ["github"]
  mainline = "" # want "Empty text"
}

# ---
check "unit" {
  run = "make"
  timeout = "5 minutes" # want "Not a duration"
}

# ---
check "unit" {
  run = "make"
  timeout = "60d" # want "Duration too long"
}

# ---
check "unit" {
  run = "make"
  shell = "cmd" # want "Shell of another operating system"
  agent = agent.l
}
agent "l" {}

# ---
check "unit" {
  run = "make"
  report = "../x.xml" # want "Path outside the repository"
}

# ---
check "unit" {
  run = "make"
  report = "build/results.tap" # want "Unsupported report: .*results.tap.*exit code"
}

# ---
check "unit" {
  run = "make"
  env = { "1A" = "x" } # want "Not a name for an environment variable"
}

# ---
check "unit" {
  run = "make"
  env = { RELEASE_VERSION = "x" } # want "Variable that fettle sets"
}

# ---
check "unit" { run = "" } # want "Empty text"

# ---
check "unit" { run = { a = 1 } } # want "Incorrect value type"

# ---
check "unit" { run = "a\u0007b" } # want "Character that no pipeline carries"

# ---
hotfix {
  incident { pattern = "INC[0-9" } # want "Not a regular expression"
}

# ---
hotfix {
  incident { pattern = "INC\\d+" } # want "Not a regular expression"
}

# ---
notify "x" {
  on  = [failed] # want "Invalid value: .*failure"
  run = "x"
}

# ---
notify "x" {
  on  = ["failure"] # want "Incorrect value type"
  run = "x"
}

# ---
environment "production" {
  deploy = "./deploy.sh"
  approval "release" {
    approvers = [group.managers]
    minimum = 2 # want "Approvals cannot be counted"
  }
}

# ---
policy "p" {
  targets      = ["github"]
  unmergeable  = ["isx/**.isx", "isx\\*.isx", "[ab"] # want "has \*\* beside other letters" # want "holds a backslash" # want "has a \[ without its \]"
  irreversible = ["/migrations", "../db/*.sql", ""]  # want "\"/migrations\" is a path relative to the repository" # want "\"../db/\*.sql\" is a path relative" # want "Empty text"
}

# ---
build {
  run      = "make"
  artifact = image("registry.example.com/acme/pay") # want "image\(\) takes two texts"
}

# ---
build {
  run      = "make"
  artifact = image("https://registry.example.com/acme/pay:latest", "build/digest") # want "Not the repository of an image"
}

# ---
build {
  run      = "make"
  artifact = image("registry.example.com/acme/Pay", "../digest") # want "Not the repository of an image" # want "Path outside"
}

# ---
build {
  run      = "make"
  artifact = image("registry.example.com/acme/pay", "the digest") # want "Path that needs quotes"
}

# ---
build {
  run      = "make"
  artifact = image("registry.example.com/acme/pay:${release.version}", "digest") # want "is needed while the policy is compiled"
}

# ---
build {
  run      = "make"
  artifact = imag("registry.example.com/acme/pay", "digest") # want "unction"
}

# ---
build {
  run      = "make"
  artifact = image("registry.example.com/acme/pay", "digest")
  store { # want "exclude each other"
    put = "./put.sh"
    get = "./get.sh"
  }
}

# ---
build {
  run      = "make"
  artifact = "my dist/" # want "Path that needs quotes"
  store {
    put = "./put.sh"
    get = "./get.sh"
  }
}

# ---
build {
  run      = "make"
  artifact = "dist/"
  store { put = "./put.sh" } # want "needs \"get\""
}

# ---
# Lists with nothing in them, which read as something that nothing does.
environment "production" {
  deploy = "./deploy.sh ${release.version}"

  approval "release" {
    approvers = [group.managers]
    exclude   = [] # want "\"exclude\" needs something in it. Who started the run never approves"
  }
}
redeploy {
  environments = [] # want "\"environments\" needs something in it. Name those that a former version"
}
hotfix {
  environments = [] # want "\"environments\" needs something in it. A hotfix through no environment"
}
notify "chat" {
  on  = [] # want "\"on\" needs something in it"
  run = "./notify.sh"
}
