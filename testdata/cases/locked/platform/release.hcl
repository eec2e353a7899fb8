policy "platform" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  locked  = [mainline]
}

check "licences" {
  run = "licences --strict"
}

environment "production" {
  locked = [approval]

  approval "release" {
    approvers = [group.managers]
    timeout   = "4h"
  }
}

group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "[Acme]\\Managers"
  jenkins = "managers"
}

delivery {
  checks = [check.licences]
  locked = [checks]
}
