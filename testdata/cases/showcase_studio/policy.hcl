# A game studio: semantic versions from the mainline, and three seasons in the making at a time, each on a release branch of its own. A fix of
# what players run comes home to all of them.
policy "arena" {
  release_branches = "release/*"
  targets          = ["github", "gitlab", "azure", "jenkins"]
  active           = "jenkins"
  forge            = "gitea"
  version          = "semver"
  unmergeable      = ["assets/**"]
}

agent "builder" {
  os      = "windows"
  github  = { runs_on = ["self-hosted", "Windows", "engine"] }
  gitlab  = { tags = ["engine"] }
  azure   = { pool = "Engine" }
  jenkins = { label = "engine && windows" }
}

group "producers" {
  github  = "studio/producers"
  gitlab  = "studio/producers"
  azure   = "[Arena]\\Producers"
  jenkins = "producers"
}

build {
  run      = "./build.ps1 -Configuration Shipping"
  artifact = "Packages/"
  agent    = agent.builder
  timeout  = "3h"
}

check "playtest" {
  run    = "./playtest.ps1 -Smoke"
  report = "Saved/Automation/*.xml"
  agent  = agent.builder
}

environment "certification" {
  deploy = "./publish.ps1 -Track certification -Version ${release.version}"
  agent  = agent.builder
}

environment "production" {
  deploy = "./publish.ps1 -Track public -Version ${release.version}"
  agent  = agent.builder

  approval "gold" {
    approvers = [group.producers]
    timeout   = "3d"
  }
}

delivery {
  checks       = [check.playtest]
  environments = [environment.certification, environment.production]
}

hotfix {
  merge_back {
    mode = "cherry-pick"
  }
}

redeploy {}
