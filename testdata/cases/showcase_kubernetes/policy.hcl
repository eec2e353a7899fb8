# A Kubernetes shop: an image by its digest, migrations that cannot be undone, smoke tests under the lock.
policy "checkout" {
  targets      = ["github", "gitlab", "azure", "jenkins"]
  active       = "gitlab"
  irreversible = ["migrations/**"]
  gitlab       = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}

secret "kubeconfig" {
  gitlab = { name = "KUBECONFIG_B64" }
}

group "operations" {
  github  = "shop/operations"
  gitlab  = "shop/operations"
  azure   = "[Shop]\\Operations"
  jenkins = "operations"
}

build {
  run      = "./ci/image.sh registry.example.com/shop/checkout build/digest"
  artifact = image("registry.example.com/shop/checkout", "build/digest")
}

check "unit" {
  run    = "make test"
  report = "build/junit.xml"
}

check "smoke" {
  run = "./ci/smoke.sh ${deployment.url}"
}

environment "staging" {
  url     = "https://staging.shop.example.com"
  deploy  = ["./ci/migrate.sh ${deployment.environment}", "./ci/rollout.sh ${deployment.environment} ${artifact.ref}"]
  verify  = [check.smoke]
  secrets = { KUBECONFIG_B64 = secret.kubeconfig }
}

environment "production" {
  like = environment.staging
  url  = "https://shop.example.com"

  approval "release" {
    approvers = [group.operations]
    timeout   = "2h"
  }
}

delivery {
  checks       = [check.unit]
  environments = [environment.staging, environment.production]
}

hotfix {}

redeploy {}

notify "chat" {
  on  = [failure, waiting, production]
  run = "./ci/chat.sh \"checkout ${release.version}: ${run.url}\""
}
