# A freeze, by the clocks of its zone: deliveries wait, a hotfix needs a second approval, which has a pipeline of its own.
policy "freeze" {
  targets  = ["github", "gitlab", "azure", "jenkins"]
  active   = "jenkins"
  timezone = "Europe/Berlin"
}
check "unit" { run = "make test" }
environment "production" {
  deploy = "./deploy.sh production ${release.version}"
  approval "release" { approvers = [group.managers] }
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
hotfix {}
redeploy {}
freeze "year_end" {
  from = "2026-12-19"
  to   = "2027-01-04"
  except {
    from   = "2026-12-28T08:00"
    to     = "2026-12-28T12:00"
    reason = "The prices of the new year"
  }
}
