# The only override: a candidate goes past its approval, a freeze or a hold, with an approval of its own.
policy "glass" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "gitlab"
  gitlab  = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}
check "unit" { run = "make test" }
environment "production" {
  deploy = "./deploy.sh production ${release.version}"
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
hotfix {}
break_glass {
  approvers = [group.managers]
  may_skip  = [approval, freeze, hold]
}
notify "everybody" {
  on  = [break_glass]
  run = "./tell.sh \"BREAK GLASS: ${release.version}, ${incident}: ${run.url}\""
}
