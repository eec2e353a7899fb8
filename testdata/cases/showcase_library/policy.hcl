# An open-source library: publishing is its production. A version that is out stays out, so nothing is ever redeployed.
policy "parsely" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
  version = "semver"
}

group "maintainers" {
  github  = "parsely/maintainers"
  gitlab  = "parsely/maintainers"
  azure   = "[Parsely]\\Maintainers"
  jenkins = "maintainers"
}

build {
  run      = "python -m build"
  artifact = "dist/"
}

check "test" {
  run    = "tox -e py${matrix.python}"
  report = "junit-${matrix.python}.xml"
  matrix = { python = ["3.11", "3.12", "3.13"] }
}

check "docs" {
  run      = "sphinx-build -W docs build/docs"
  required = false
}

environment "registry" {
  tier   = "production"
  deploy = "twine upload dist/*"
  github = { id_token = true } # trusted publishing: no password anywhere

  approval "publish" {
    approvers = [group.maintainers]
    timeout   = "7d"
  }
}

delivery {
  checks       = [check.test, check.docs]
  environments = [environment.registry]
}

hotfix {}

schedule "weekly" {
  cron   = "0 4 * * 1"
  checks = [check.test]
}
