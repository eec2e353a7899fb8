# A monorepo of five services. Each says what it is called and what belongs to it; how all of them are released stands here, once.
policy "platform" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "gitlab"
  gitlab  = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}

check "unit" {
  run    = "make -C services/${local.service} test"
  report = "services/${local.service}/build/junit.xml"
}

check "smoke" {
  run = "./tools/smoke.sh ${local.service} ${deployment.environment}"
}

environment "staging" {
  deploy = "./tools/deploy.sh ${local.service} ${deployment.environment} ${release.version}"
  verify = [check.smoke]
}

environment "production" {
  like = environment.staging

  approval "release" {
    approvers = [group.owners]
    timeout   = "8h"
  }
}

group "owners" {
  github  = "shop/owners"
  gitlab  = "shop/owners"
  azure   = "[Shop]\\Owners"
  jenkins = "owners"
}

delivery {
  checks       = [check.unit]
  environments = [environment.staging, environment.production]
}

hotfix {}

redeploy {}
