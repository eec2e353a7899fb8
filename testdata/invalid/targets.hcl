policy "p" { targets = ["azure"] }
agent "w" { os = "windows" }
check "unit" {
  agent = agent.w
  run   = "tool $(HOME)" # want "Text that Azure would replace: .*\$\(HOME\)"
}

# ---
agent "w" { os = "windows" }
check "unit" {
  agent = agent.w
  shell = "cmd"
  run   = "a\nb" # want "Several commands in one text for cmd"
}

# ---
agent "w" { os = "windows" }
check "unit" {
  agent = agent.w
  shell = "powershell"
  run   = "a\nb" # want "Several commands in one text for powershell"
}

# ---
agent "w" { os = "windows" }
check "unit" {
  agent = agent.w
  shell = "cmd"
  run   = "a ${incident}" # want "Value that cmd would execute"
}

# ---
agent "w" { os = "windows" }
check "unit" {
  agent = agent.w
  run   = "a -x=${release.version}" # want "Value in a bare option"
}

# ---
agent "w" { os = "windows" }
check "smoke" {
  agent = agent.w
  run   = "x"
}
environment "production" {
  deploy = "./deploy.sh"
  verify = [check.smoke] # want "Check on another agent than its deployment"
  approval "release" { approvers = [group.managers] }
}

# ---
policy "p" { targets = ["azure"] }
environment "production" {
  deploy = ["./a.sh", "./b.sh", "./c.sh ${deployment.values.region}"]
  env    = {
    BUILD = "of $(Build.BuildId)" # want "Azure Pipelines replaces \$\(Build.BuildId\) in the value of BUILD"
  }
  values = {
    region = "eu $(Region)" # want "Azure Pipelines replaces \$\(Region\) in the value of DEPLOYMENT_VALUE_REGION"
  }

  approval "release" {
    approvers = [group.managers]
  }
}

# ---
# More than GitLab takes: each combination of a matrix is a job that the record of the candidate waits for.
policy "shop" {
  targets = ["gitlab"]
  gitlab  = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}
check "suite" {
  matrix = { shard = ["1", "2", "3", "4"], part = ["a", "b", "c", "d"] }
  run    = "./test.sh ${matrix.shard} ${matrix.part}"
}
check "browsers" {
  matrix = { shard = ["1", "2", "3", "4"], part = ["a", "b", "c", "d"] }
  run    = "./browser.sh ${matrix.shard} ${matrix.part}"
}
check "devices" {
  matrix = { shard = ["1", "2", "3", "4"], part = ["a", "b", "c", "d"] }
  run    = "./device.sh ${matrix.shard} ${matrix.part}"
}
check "locales" {
  matrix = { shard = ["1", "2", "3", "4"], part = ["a", "b", "c", "d"] }
  run    = "./locale.sh ${matrix.shard} ${matrix.part}"
}
delivery { # want "More than a host takes: The job \"Candidate\" of the flow delivery has 66 jobs in `needs` of a job, and GitLab takes 50"
  checks       = [check.unit, check.suite, check.browsers, check.devices, check.locales]
  environments = [environment.production]
}

# ---
policy "shop" {
  targets = ["gitlab"] # want "Image that nobody chose: On GitLab a job without an image runs in the runner's own"
}
