# Files that must come back after years: the policy's own store keeps them, and the checksum says that they are the same.
policy "store" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "azure"
}
build {
  run      = "make dist"
  artifact = "dist/"
  secrets  = { AWS_SECRET_ACCESS_KEY = secret.bucket }
  store {
    put = "aws s3 cp .fettle/artifact/release.tar s3://acme-releases/${release.version}.tar"
    get = "aws s3 cp s3://acme-releases/${release.version}.tar .fettle/artifact/release.tar"
  }
}
secret "bucket" {}
check "unit" { run = "make test" }
environment "production" {
  deploy = "./deploy.sh ${artifact.ref}"
  approval "release" { approvers = [group.managers] }
}
environment "hotfix" {
  tier   = "development"
  deploy = "./deploy.sh ${artifact.ref}"
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
hotfix { mirror = environment.hotfix }
redeploy {}
