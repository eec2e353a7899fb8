# A bank: two regions one after the other, and before each two approvals by people of different groups.
policy "payments" {
  description = "Payments core"
  targets     = ["github", "gitlab", "azure", "jenkins"]
  active      = "azure"
  timezone    = "Europe/Zurich"
}

agent "vault" {
  os      = "linux"
  github  = { runs_on = ["self-hosted", "linux", "vault"] }
  gitlab  = { tags = ["vault"] }
  azure   = { pool = "Vault" }
  jenkins = { label = "vault" }
}

secret "deploy_key" {
  azure   = { group = "PAYMENTS", name = "DeployKey" }
  jenkins = { credential = "payments-deploy-key" }
}

group "release_managers" {
  github  = "bank/release-managers"
  gitlab  = "bank/release-managers"
  azure   = "[Payments]\\Release Managers"
  jenkins = "release-managers"
}

group "risk" {
  github  = "bank/operational-risk"
  gitlab  = "bank/operational-risk"
  azure   = "[Payments]\\Operational Risk"
  jenkins = "operational-risk"
}

build {
  run      = "./gradlew --no-daemon assemble"
  artifact = "build/libs/payments.jar"
}

check "unit" {
  run    = "./gradlew --no-daemon test"
  report = "build/test-results/test/*.xml"
}

check "regression" {
  run     = "./gradlew --no-daemon regression -Pcluster=${deployment.values.cluster}"
  report  = "build/test-results/regression/*.xml"
  timeout = "4h"
}

check "reconciliation" {
  run = "./ops/reconcile --cluster ${deployment.values.cluster} --since-deployment"
}

environment "acceptance" {
  values  = { cluster = "zrh-uat" }
  deploy  = "./ops/deploy --cluster ${deployment.values.cluster} --version ${release.version}"
  verify  = [check.regression]
  agent   = agent.vault
  secrets = { DEPLOY_KEY = secret.deploy_key }
}

environment "zurich" {
  like   = environment.acceptance
  tier   = "production"
  values = { cluster = "zrh-prod" }
  verify = [check.reconciliation]

  approval "release" {
    approvers = [group.release_managers]
    timeout   = "8h"
  }

  approval "risk" {
    approvers = [group.risk]
    timeout   = "8h"
  }
}

environment "new_york" {
  like   = environment.zurich
  tier   = "production"
  values = { cluster = "nyc-prod" }

  approval "release" {
    approvers = [group.release_managers]
  }

  approval "risk" {
    approvers = [group.risk]
  }
}

delivery {
  checks       = [check.unit]
  environments = [environment.acceptance, environment.zurich, environment.new_york]
}

hotfix {
  incident {
    pattern = "INC[0-9]{7}"
  }

  waive {
    check  = check.regression
    reason = "Four hours; the reconciliation after each region stays, and the next delivery proves the rest"
  }

  merge_back {
    within = "24h"
  }
}

redeploy {}

rule "four_eyes" {
  condition = alltrue([for e in values(environment) : length(e.approvals) >= 2 if e.tier == "production"])
  message   = "Each production environment needs two approvals of different groups."
}
