# A policy that builds upon its platform's, which builds upon the company's: attribute by attribute, the nearest wins.
policy "ledger" {
  extends = "platform"
  active  = "gitlab"
  gitlab  = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}

locals {
  test = "make test"
}

environment "production" {
  deploy = "./deploy.sh ${release.version}"

  approval "release" {
    timeout = "4h"
  }
}

delivery {
  checks       = [check.unit, check.licences]
  environments = [environment.production]
}
