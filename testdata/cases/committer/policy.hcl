# Commits of the pipelines that a host takes by its push rules: by the account that pushes, and signed.
policy "committer" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}

committer {
  name   = "Release pipelines"
  email  = "project_42_bot@noreply.gitlab.example.com"
  signed = true
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

hotfix {}
