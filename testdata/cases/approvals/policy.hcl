# Two approvals of one environment are two gates, side by side; the mirror follows production.
policy "approvals" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "azure"
}
check "unit" { run = "make test" }
environment "hotfix_dev" {
  tier   = "development"
  deploy = "./deploy.sh dev ${release.version}"
  after  = "./checkout.sh ${release.hotfix_branch}"
}
environment "production" {
  deploy   = "./deploy.sh production ${release.version}"
  requires = [check.unit]
  approval "change" {
    approvers = [group.managers]
    timeout   = "3d"
  }
  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery { environments = [environment.production] }
hotfix { mirror = environment.hotfix_dev }
redeploy {}
