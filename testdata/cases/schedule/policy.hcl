# Schedules run checks on the mainline at certain times, and tell of a failure; nothing waits for them.
policy "schedule" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
check "unit" { run = "make test" }
check "soak" {
  run     = "./soak.sh ${run.url}"
  report  = "soak.xml"
  timeout = "6h"
}
schedule "nightly" {
  cron   = "0 3 * * *"
  checks = [check.unit, check.soak]
}
schedule "quarter_hours" {
  cron   = "*/15 8-18 * * 1-5"
  checks = [check.unit]
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
notify "chat" {
  on  = [failure]
  run = "./notify.sh ${run.url}"
}
