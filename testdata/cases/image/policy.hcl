# A service in Kubernetes: an image by its digest travels, and what was deployed once comes back bit by bit.
policy "image" {
  targets      = ["github", "gitlab", "azure", "jenkins"]
  active       = "gitlab"
  irreversible = ["migrations/**"]
  gitlab       = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}
build {
  run      = ["docker build --tag registry.example.com/acme/pay:${release.version} .", "./push.sh registry.example.com/acme/pay:${release.version} build/digest"]
  artifact = image("registry.example.com/acme/pay", "build/digest")
}
check "scan" { run = "./scan.sh ${artifact.ref}" }
environment "staging" { deploy = "kubectl --context staging set image deployment/pay pay=${artifact.ref}" }
environment "production" {
  deploy = "kubectl --context production set image deployment/pay pay=${artifact.ref}"
  approval "release" { approvers = [group.managers] }
}
environment "hotfix" {
  like = environment.staging
  tier = "development"
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.scan]
  environments = [environment.staging, environment.production]
}
hotfix { mirror = environment.hotfix }
redeploy {}
