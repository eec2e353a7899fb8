# On merge requests fettle itself looks at the policy: a pinned program, which reads and has no secret.
policy "policy_check" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
check "unit" { run = "make test" }
environment "production" {
  deploy = "./deploy.sh"
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
merge_request {
  policy_check {
    version = "v0.9.0"
    url     = "https://downloads.example.com/fettle/v0.9.0/fettle_linux_amd64.tar.gz"
    sha256  = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  }
}
