# What the platform team gives to every repository.
policy "platform" {
  extends = "company"
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}

locals {
  test = "make check"
}

check "unit" {
  run    = local.test
  report = "build/junit/*.xml"
}

environment "production" {
  approval "release" {
    approvers = [group.managers]
    timeout   = "8h"
  }
}

group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "[Acme]\\Managers"
  jenkins = "managers"
}
