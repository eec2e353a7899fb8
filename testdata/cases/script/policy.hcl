# A command that is a file of the repository: the shell of the block runs it, alone or among other commands.
policy "script" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}

agent "windows" {
  os = "windows"
}

check "unit" {
  run = ["make generate", script("ci/test.sh")]
}

environment "production" {
  deploy = script("ci/deploy.ps1")
  agent  = agent.windows

  approval "release" {
    approvers = [group.managers]
  }
}

group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}

delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
