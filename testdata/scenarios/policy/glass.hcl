# A break glass, beside a freeze of one day.
policy "shop" {
  targets  = ["TARGET"]
  forge    = "FORGE"
  timezone = "Europe/Berlin"
}

check "unit" {
  run    = "./check.sh unit"
  report = "reports/unit.xml"
}

environment "production" {
  deploy = "./deploy.sh ${deployment.environment} ${release.version}"

  approval "release" {
    approvers = [group.managers]
    timeout   = "4h"
  }
}

group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "[Acme]\\Managers"
  jenkins = "managers"
}

delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

hotfix {}

break_glass {
  approvers = [group.on_call]
  may_skip  = [approval, freeze, hold]
  review    = "48h"
}

group "on_call" {
  github  = "acme/on-call"
  gitlab  = "acme/on-call"
  azure   = "[Acme]\\On-call"
  jenkins = "on-call"
}

freeze "march" {
  from = "2026-03-02"
  to   = "2026-03-02"
}

notify "everybody" {
  on  = [break_glass]
  run = "echo \"BREAK GLASS: ${release.version}, ${incident}\""
}
