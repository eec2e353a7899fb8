# A check that reads files of earlier commits, beside one that does not: what each clone has.
policy "history" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}

check "secrets" {
  run     = "gitleaks git"
  history = true
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
  checks       = [check.secrets]
  environments = [environment.production]
}

hotfix {}
