policy "shop" {
  component = "shop"
  targets   = ["github"]
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
-- ../pay/policy.hcl --
policy "pay" {
  component = "shop" # want "Component of two policies: The policies \"pay\" and \"shop\" are both for the component \"shop\""
  targets   = ["github"]
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "shop" { targets = ["github"] }
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
-- ../pay/policy.hcl --
policy "pay" { targets = ["github"] } # want "Two policies without a component: The policies \"pay\" and \"shop\" share a repository"
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
# Own patterns must hold what keeps them apart; those of hotfixes follow, and are no second mistake.
policy "shop" {
  component = "shop"
  targets   = ["github"]
}
names { candidate = "ci-${version}" }
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
-- ../pay/policy.hcl --
policy "pay" {
  component = "pay"
  targets   = ["github"]
}
names { candidate = "ci-${version}" } # want "Names that two policies would share: candidate of the policy \"pay\" is ci-\$.version., and candidate of the policy \"shop\" is ci-"
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "shop" {
  component = "shop"
  targets   = ["github"]
}
names { release = "shop-${version}/done" }
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
-- ../pay/policy.hcl --
policy "pay" {
  component = "pay"
  targets   = ["github"]
}
names { candidate = "shop-${version}" } # want "Names that two policies would share: candidate of the policy \"pay\""
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "shop" {
  component = "shop"
  targets   = ["github"]
}
names { ledger = "shop/ledger" }
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
-- ../pay/policy.hcl --
policy "pay" { # want "Two ledgers: A repository has one ledger, and the policy \"pay\" calls it \"fettle/ledger\""
  component = "pay"
  targets   = ["github"]
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "shop" {
  component = "shop"
  targets   = ["github"]
}
environment "eu_test" { deploy = "./deploy.sh" }
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.eu_test, environment.production]
}
-- ../pay/policy.hcl --
policy "shop_eu" {
  component = "shop-eu"
  targets   = ["github"]
}
environment "test" { deploy = "./deploy.sh" } # want "Environments with one name: .* would both call an environment and its lock \"shop-eu-test\""
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.test, environment.production]
}

# ---
policy "shop" { targets = ["github"] }
environment "pay" { deploy = "./deploy.sh" } # want "Environment called as a component: .*the folder \"pay\""
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.pay, environment.production]
}
-- ../pay/policy.hcl --
policy "pay" {
  component = "pay"
  targets   = ["github"]
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
# The whole policy.
policy "shop" { targets = ["github"] }
check "build" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.build]
  environments = [environment.production]
}
-- ../pay/policy.hcl --
policy "checks" { # want "Jobs with one name: The policies \"checks\" and \"shop\" would both have a job \"check-build\""
  component = "check"
  targets   = ["github"]
}
build {
  run      = "make"
  artifact = "dist/"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" {
  targets = ["gitlab"]
  gitlab  = { root = "../ci.yml" } # want "No place for a root file: \"../ci.yml\" cannot be"
}

# ---
policy "p" {
  targets = ["gitlab"]
  gitlab  = { roots = ".gitlab/fettle.yml" } # want "Unsupported argument: gitlab has no attribute \"roots\". Did you mean \"root\"?"
}

# ---
policy "shop" {
  component = "shop"
  targets   = ["gitlab"]
  gitlab    = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { gitlab = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
-- ../pay/policy.hcl --
policy "pay" {
  component = "pay"
  targets   = ["gitlab"]
  gitlab    = { root = ".gitlab/fettle.yml", image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" } # want "Two root files for GitLab: .*for the policy \"pay\" it is .gitlab/fettle.yml, for the policy \"shop\" .gitlab-ci.yml"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { gitlab = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
# A repository has one default branch, also where a line has a mainline of its own.
policy "shop" {
  component = "shop"
  targets   = ["github"]
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
-- ../pay/policy.hcl --
policy "lts" { # want "Two default branches: A repository has one: for the policy \"lts\" it is support/2, for the policy \"shop\" main. Write default_branch"
  component = "lts"
  targets   = ["github"]
  mainline  = "support/2"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
