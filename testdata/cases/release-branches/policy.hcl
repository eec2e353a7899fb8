# A game is made ready on release branches, several at a time: deliveries come from them, and hotfixes go home to each that is open.
policy "release-branches" {
  release_branches = "release/*"
  targets          = ["github", "gitlab", "azure", "jenkins"]
  active           = "github"
}
check "unit" { run = "make test" }
environment "certification" { deploy = "./submit.sh ${release.version}" }
environment "production" {
  deploy = "./publish.sh ${release.version}"
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
  from         = "release/*"
  environments = [environment.certification, environment.production]
}
hotfix {}
redeploy {}
