# A matrix is one check a combination: each a job of its own that must pass, before the candidate and in a deployment.
policy "matrix" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
check "unit" {
  run    = "./test.sh --jdk ${matrix.jdk} ${matrix.db == "mysql" ? "--slow" : ""}"
  report = "build/${matrix.jdk}/*.xml"
  matrix = { jdk = ["17", "21"], db = ["postgres-16", "mysql"] }
  env    = { DATABASE = matrix.db }
}
check "smoke" {
  run    = "./smoke.sh ${matrix.region} ${release.version}"
  matrix = { region = ["eu", "us"] }
}
environment "production" {
  deploy = "./deploy.sh ${release.version}"
  verify = [check.smoke]
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
