policy "p" { targets = ["github"] }
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
names { hotfix_branch = "hotfix" } # want "Name that git or a host refuses"

# ---
policy "p" { targets = ["github"] }
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
names { release = "rel ${version}" } # want "Name that git or a host refuses"

# ---
policy "p" { targets = ["github"] }
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
names { release = "v1${version}" } # want "Name that git or a host refuses.*two ways"

# ---
policy "p" { targets = ["github"] }
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
names { release = "${version}/${version}" } # want "Name that git or a host refuses.*2 times"

# ---
policy "p" { targets = ["github"] }
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
names { candidate = "release/${version}" } # want "Names that cannot stand side by side"

# ---
policy "p" { targets = ["github"] }
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
names { ledger = "hotfix" } # want "Names that cannot stand side by side"

# ---
policy "p" {
  targets = ["github"]
  mainline = "merge-back" # want "Names that cannot stand side by side"
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
policy "p" { targets = ["github"] }
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
names { release = "rel..${version}" } # want "Name that git or a host refuses"

# ---
policy "p" {
  component = "Pay_API" # want "Bad name of a component: \"Pay_API\" becomes part of tags"
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
# A name that could be read in two ways: a dot behind the version, and versions that may hold letters.
policy "p" {
  targets     = ["github"]
  version_run = "./version.sh"
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
hotfix {}
names {
  candidate        = "ci-${version}"
  hotfix_candidate = "ci-hf-${version}" # want "could be read as ci-\$\{version\} with a version that begins with hf-"
  release          = "prod.${version}.x" # want "a dot behind it"
}
