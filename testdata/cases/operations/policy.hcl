# What a person records for production is approved, in the pipeline Correction; a hold is not.
policy "operations" {
  targets             = ["github", "gitlab", "azure", "jenkins"]
  active              = "github"
  approved_operations = true
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
