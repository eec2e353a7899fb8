# A check that informs runs beside the required ones, is shown, and stops nothing.
policy "informs" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
check "unit" {
  run    = "make test"
  report = "report.xml"
}
check "mutation" {
  run      = "make mutation"
  report   = "mutation.xml"
  required = false
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
  checks       = [check.unit, check.mutation]
  environments = [environment.production]
}
notify "chat" {
  on  = [failure]
  run = "./notify.sh ${run.url}"
}
