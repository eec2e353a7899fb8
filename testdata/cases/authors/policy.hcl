# Nobody approves what they wrote. Azure and Jenkins cannot tell, so they are no targets of such a policy.
policy "authors" {
  targets = ["github", "gitlab"]
  active  = "github"
}
check "unit" { run = "make test" }
environment "production" {
  deploy = "./deploy.sh production ${release.version}"
  approval "release" {
    approvers = [group.managers]
    exclude   = [requester, authors]
  }
}
group "managers" {
  github = "acme/managers"
  gitlab = "acme/managers"
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
hotfix {}
redeploy {}
