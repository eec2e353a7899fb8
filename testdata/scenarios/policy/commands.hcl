# The shop, whose deployment is a command: it gets the incident as one word, and looks whether it is that. It has a secret, by the name
# that is made of its label.
policy "shop" {
  targets = ["TARGET"]
  forge   = "FORGE"
}

command "deploy" {
  env = ["SHOP_NAME"]
  run = [
    "./deploy.sh ${parameter.to} ${parameter.version}",
    "./same.sh ${parameter.note} ${parameter.quoted} \"in ${parameter.quoted}\" ${env.SHOP_NAME}",
  ]

  parameter "to" {
    required = true
  }

  parameter "version" {
    required = true
  }

  parameter "note" {
    default = "no incident"
  }

  parameter "quoted" {
    default = "it's \"$HOME\" `id` \\ *"
  }
}

check "unit" {
  run    = "./check.sh unit"
  report = "reports/unit.xml"
}

check "smoke" {
  run = "./check.sh smoke ${deployment.environment}"
}

environment "hotfix_dev" {
  tier   = "development"
  deploy = "./deploy.sh ${deployment.environment} ${release.version}"
  after  = "./after.sh ${deployment.environment} ${release.hotfix_branch}"
}

environment "production" {
  deploy = [
    "./secret.sh \"$TOKEN\"",
    command::deploy({ to = deployment.environment, version = release.version, note = "for: ${incident}" }),
  ]
  verify  = [check.smoke]
  env     = { SHOP_NAME = "the shop" }
  secrets = { TOKEN = secret.deploy-token }

  approval "release" {
    approvers = [group.managers]
    timeout   = "4h"
  }
}

secret "deploy-token" {}

group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "[Acme]\\Managers"
  jenkins = "managers"
}

delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

merge_request {
  checks = [check.unit]
}

hotfix {
  mirror = environment.hotfix_dev
}

redeploy {}
