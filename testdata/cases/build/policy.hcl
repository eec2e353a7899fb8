# An artifact is built once and travels: to the environments, and to a later redeploy.
policy "build" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
build {
  run      = ["make", "make dist"]
  artifact = "dist/"
}
check "unit" {
  run    = "make test"
  report = "reports/*.xml"
}
environment "staging" {
  deploy = "./deploy.sh staging ${artifact.ref}"
  verify = [check.unit]
}
environment "production" {
  deploy = "./deploy.sh production ${artifact.ref}"
  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery { environments = [environment.staging, environment.production] }
redeploy {}
