# A product with two supported lines: version 3 on the mainline, and version 2, which lives on a mainline of its own for as long as
# customers pay for it.
policy "engine" {
  component = "engine"
  targets   = ["github", "gitlab", "azure", "jenkins"]
  active    = "jenkins"
  forge     = "gitea"
}

build {
  run      = "./gradlew --no-daemon assemble"
  artifact = "build/distributions/engine.zip"
}

check "unit" {
  run    = "./gradlew --no-daemon test"
  report = "build/test-results/test/*.xml"
}

check "compatibility" {
  run     = "./gradlew --no-daemon compatibilityTest"
  report  = "build/test-results/compatibilityTest/*.xml"
  timeout = "2h"
}

environment "production" {
  deploy = "./publish.sh ${release.version}"

  approval "release" {
    approvers = [group.product]
    timeout   = "2d"
  }
}

group "product" {
  github  = "engine/product"
  gitlab  = "engine/product"
  azure   = "[Engine]\\Product"
  jenkins = "product"
}

delivery {
  checks       = [check.unit, check.compatibility]
  environments = [environment.production]
}

hotfix {
  merge_back {
    owner  = group.product
    within = "3d"
  }
}

redeploy {}
