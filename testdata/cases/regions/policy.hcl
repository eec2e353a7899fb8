# Two production environments, one after the other; a redeploy asks for which.
policy "regions" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "jenkins"
  forge   = "gitea"
}
check "unit" { run = "make test" }
environment "europe" {
  tier   = "production"
  deploy = "./deploy.sh europe ${release.version}"
  approval "release" { approvers = [group.managers] }
}
environment "america" {
  like = environment.europe
  tier = "production"

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
  environments = [environment.europe, environment.america]
}
redeploy {}
