# An analyser that writes SARIF: an error that nobody suppressed stops the delivery, and the report is kept as a file.
policy "sarif" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
check "lint" {
  run    = "make lint"
  report = "build/lint.sarif"
}
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
  checks       = [check.lint]
  environments = [environment.production]
}
