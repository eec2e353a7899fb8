policy "shop" {
  component = "shop"
  paths     = ["services/shop/**"]
  targets   = ["github", "gitlab", "azure", "jenkins"]
  active    = "github"
}
names {
  candidate     = "shop-ci-${version}"
  hotfix_branch = "shop-fix/${version}"
}
agent "mac" {
  os      = "macos"
  github  = { runs_on = ["self-hosted", "mac"] }
  gitlab  = { tags = ["mac"] }
  azure   = { pool = "Mac" }
  jenkins = { label = "mac" }
}
check "unit" {
  run   = "make -C services/shop test"
  agent = agent.mac
}
environment "staging" { deploy = "./services/shop/deploy.sh staging" }
environment "production" {
  deploy = "./services/shop/deploy.sh production"
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
  environments = [environment.staging, environment.production]
}
hotfix {}
