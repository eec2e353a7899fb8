# Files that are kept in Git LFS: fetched where commands of the policy run, and at the checkouts of the script.
policy "lfs" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
  lfs     = true
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

redeploy {}
