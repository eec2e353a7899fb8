# What completes the examples of docs/diagnostics.md and the policies of testdata/invalid: a block of one stands in the place of that with
# the same header.
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
