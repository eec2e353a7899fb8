policy "p" { targets = ["azure"] }
agent "w" { os = "windows" }
check "unit" {
  agent = agent.w
  run   = "tool $(HOME)" # want "Text that Azure would replace: .*\$\(HOME\)"
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { azure = "managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
agent "w" { os = "windows" }
check "unit" {
  agent = agent.w
  shell = "cmd"
  run   = "a\nb" # want "Several commands in one text for cmd"
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
agent "w" { os = "windows" }
check "unit" {
  agent = agent.w
  shell = "powershell"
  run   = "a\nb" # want "Several commands in one text for powershell"
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
agent "w" { os = "windows" }
check "unit" {
  agent = agent.w
  shell = "cmd"
  run   = "a ${incident}" # want "Value that cmd would execute"
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
agent "w" { os = "windows" }
check "unit" {
  agent = agent.w
  run   = "a -x=${release.version}" # want "Value in a bare option"
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
agent "w" { os = "windows" }
check "smoke" {
  agent = agent.w
  run   = "x"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  verify = [check.smoke] # want "Check on another agent than its deployment"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
