# A project whose .gitlab-ci.yml exists: the root file stands elsewhere, is included, and takes nothing over.
policy "minimal" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
  gitlab  = { root = ".gitlab/fettle.yml" }
}

check "unit" {
  run = "make test"
}

environment "production" {
  deploy = "./deploy.sh ${release.version}"

  approval "release" {
    approvers = [group.managers]
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
