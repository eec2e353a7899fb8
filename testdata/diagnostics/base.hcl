# What completes the examples of docs/diagnostics.md: a block of an example stands in the place of the one with the same header.
policy "shop" {
  targets = ["github"]
}

check "unit" {
  run = "make test"
}

environment "production" {
  deploy = "./deploy.sh ${release.version}"

  approval "release" {
    approvers = [group.managers]
  }
}

group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "[Acme]\\Managers"
  jenkins = "managers"
}

delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
