# Merge requests run the checks that the policy names for them, without secrets and without a release.
policy "request" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
check "unit" {
  run    = "make test"
  report = "report.xml"
}
check "style" { run = "make lint" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.unit, check.style]
  environments = [environment.production]
}
merge_request { checks = [check.style] }
hotfix {}
