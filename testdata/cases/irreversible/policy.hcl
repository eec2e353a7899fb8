# Migrations change the database for good: no redeployment goes back over one, and who approves is told of it.
policy "irreversible" {
  targets      = ["github", "gitlab", "azure", "jenkins"]
  active       = "gitlab"
  irreversible = ["migrations/**", "**/*.sql"]
  gitlab       = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
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
redeploy {}
