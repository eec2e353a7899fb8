# What the scripts and the comparison are tested with: a gate, a lock, release branches, a hotfix line, a schedule, a secret.
policy "shop" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "azure"

  release_branches = "release/*"
}
check "unit" { run = "make test" }
secret "key" {
  azure = { group = "PROD", name = "Key" }
}
environment "production" {
  deploy  = "./deploy.sh ${release.version}"
  secrets = { KEY = secret.key }
  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "[Acme]\\Managers"
  jenkins = "managers"
}
schedule "nightly" {
  cron   = "0 3 * * *"
  checks = [check.unit]
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
hotfix {}
