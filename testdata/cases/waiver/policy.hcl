# A hotfix leaves a check and an environment with its approval out by waivers, names an incident, and comes home by cherry-pick.
policy "waiver" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "gitlab"
  gitlab  = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}
check "unit" { run = "make test" }
check "regression" { run = "make regression" }
environment "uat" {
  deploy = "./deploy.sh uat ${release.version}"
  approval "qa" { approvers = [group.managers] }
}
environment "production" {
  deploy = "./deploy.sh ${release.version} ${incident}"
  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.unit, check.regression]
  environments = [environment.uat, environment.production]
}
hotfix {
  incident { pattern = "INC[0-9]+" }
  waive {
    check  = check.regression
    reason = "Six hours; the next delivery proves it"
  }
  waive {
    environment = environment.uat
    reason      = "QA is asleep at night; the next delivery passes it"
  }
  merge_back {
    mode        = "cherry-pick"
    on_conflict = "issue"
  }
}
