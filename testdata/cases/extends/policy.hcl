# A policy that builds upon its platform's, which builds upon the company's: attribute by attribute, the nearest wins.
policy "ledger" {
  extends = "platform"
  active  = "gitlab"
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
