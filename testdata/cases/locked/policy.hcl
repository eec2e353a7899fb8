# What the platform locks, a repository makes stronger: one check more, a shorter time to answer, an approval of its own.
policy "ledger" {
  extends = "platform"
  active  = "azure"
}

check "unit" {
  run = "make test"
}

environment "production" {
  deploy = "./deploy.sh ${release.version}"

  approval "release" {
    timeout = "2h"
  }

  approval "owner" {
    approvers = [group.ledger]
  }
}

group "ledger" {
  github  = "acme/ledger"
  gitlab  = "acme/ledger"
  azure   = "[Acme]\\Ledger"
  jenkins = "ledger"
}

delivery {
  checks       = [check.licences, check.unit]
  environments = [environment.production]
}
