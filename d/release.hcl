check "unit" {
  run = "make"
  timeout = 5m
}
policy "p" { targets = ["github"] }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

