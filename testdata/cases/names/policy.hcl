# Names of one's own for tags and lines, a renamed mainline, versions by the calendar, fast-forward merge-backs.
policy "names" {
  mainline         = "trunk"
  former_mainlines = ["master"]
  targets          = ["github", "gitlab", "azure", "jenkins"]
  active           = "github"
  version          = "calendar"
}
names {
  candidate        = "ci.${version}"
  release          = "prod.${version}"
  hotfix_branch    = "hotfix/hf.${version}"
  hotfix_candidate = "hf_ci.${version}"
  ledger           = "release-ledger"
}
check "unit" { run = "make test" }
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
hotfix {
  merge_back { mode = "ff-only" }
}
