# All parts that a release script can have, in one: the script is kept whole.
policy "everything" {
  component           = "pay"
  paths               = ["services/pay/**"]
  release_branches    = "release/*"
  targets             = ["github", "gitlab"]
  active              = "gitlab"
  version_run         = "./version.sh"
  irreversible        = ["migrations/**"]
  unmergeable         = ["assets/**"]
  gitlab              = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
  approved_operations = true
  lfs                 = true
  timezone            = "Europe/Berlin"
}
committer {
  name   = "Release pipelines"
  email  = "project_42_bot@noreply.gitlab.example.com"
  signed = true
}
build {
  run      = "./build.sh build/digest"
  artifact = image("registry.example.com/acme/pay", "build/digest")
}
check "unit" {
  run    = "make test"
  report = "report.xml"

  older_branches = true
}
check "regression" { run = "make regression" }
environment "mirror" {
  tier   = "development"
  deploy = "./deploy.sh mirror ${artifact.ref}"
}
environment "production" {
  deploy = "./deploy.sh production ${artifact.ref}"
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
  checks       = [check.unit, check.regression]
  from         = "release/*"
  environments = [environment.production]
}
merge_request {
  policy_check {
    version = "v0.9.0"
    url     = "https://downloads.example.com/fettle/v0.9.0/fettle_linux_amd64.tar.gz"
    sha256  = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  }
}
hotfix {
  mirror = environment.mirror
  incident { pattern = "INC[0-9]+" }
  waive {
    check  = check.regression
    reason = "Six hours; the next delivery proves it"
  }
  merge_back {
    mode   = "reapply"
    owner  = group.managers
    within = "24h"
  }
}
redeploy {}
freeze "year_end" {
  from     = "2026-12-19"
  to       = "2027-01-04"
  delivery = "approve"
}
break_glass {
  approvers = [group.managers]
  may_skip  = [approval, freeze, hold]
}
notify "everybody" {
  on  = [break_glass, production]
  run = "./tell.sh ${run.url}"
}
