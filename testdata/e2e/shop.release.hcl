# What the end-to-end run carries out: environments are files in $ENVIRONMENTS.
policy "shop" {
  targets = ["gitlab"]
  forge   = "none"
}
check "unit" {
  run    = "mkdir -p reports && printf '<testsuite><testcase name=\"a\"/></testsuite>' > reports/unit.xml"
  report = "reports/unit.xml"
}
check "smoke" { run = "test -s $ENVIRONMENTS/${deployment.environment}" }
environment "hotfix_dev" {
  tier   = "development"
  deploy = "printf '%s\\n' ${release.version} > $ENVIRONMENTS/hotfix-dev"
  after  = "printf '%s\\n' ${release.hotfix_branch} > $ENVIRONMENTS/branch"
}
environment "production" {
  deploy = "printf '%s\\n' ${release.version} > $ENVIRONMENTS/production"
  verify = [check.smoke]
  approval "release" { approvers = [group.managers] }
}
group "managers" { gitlab = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
hotfix { mirror = environment.hotfix_dev }
redeploy {}
