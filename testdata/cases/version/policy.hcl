# A command of the policy makes the version, in a step that has no credential.
policy "version" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"

  version_run = "./version.sh"
}
check "unit" {
  run = "make test"
}
environment "production" {
  deploy = "./deploy.sh ${release.version}"
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
