environment "production" { # want "Production without an approval"
  deploy = "./deploy.sh"
}
group "managers" { # want "Unused group"
  github = "acme/managers"
}

# ---
check "unit" { run = "make" } # want "Unused check"
delivery { # want "Production without a check"
  environments = [environment.production]
}

# ---
check "regression" { run = "x" } # want "Unused check"

# ---
hotfix { # want "Gate left out without a waiver: .*unit" # want "Production without a check"
  checks = []
}

# ---
hotfix {
  checks = [check.unit]
  waive {
    check  = check.unit # want "Waiver without effect"
    reason = "x"
  }
}

# ---
hotfix { # want "Production without a check"
  waive {
    check  = check.unit
    reason = "x"
  }
}

# ---
hotfix {
  mirror = environment.production # want "A mirror cannot be production"
}

# ---
delivery {
  checks       = [check.unit]
  environments = [environment.production, environment.dev] # want "Development environment too late"
}
environment "dev" {
  tier   = "development"
  deploy = "x"
}

# ---
policy "p" {
  targets = ["github", "jenkins"]
  active = "github"
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] } # want "Approvers unknown on a target: .*jenkins"
}
group "managers" { github = "acme/managers" }

# ---
check "secret" {
  run = "x"
  secrets = { A = secret.a }
}
secret "a" {}
merge_request { checks = [check.secret] } # want "Secrets on a merge request"

# ---
check "style" {
  run      = "make style"
  required = false
}
environment "production" {
  deploy = "./deploy.sh"
  verify = [check.style] # want "Check that only informs, in a deployment"
  approval "release" { approvers = [group.managers] }
}

# ---
check "style" {
  run      = "make style"
  required = "no" # want "Incorrect value type"
}
check "lines" {
  run      = "make lines"
  required = false
}

# ---
# The whole policy.
policy "p" { targets = ["github"] }
check "style" {
  run      = "make style"
  required = false
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery { # want "Production without a check"
  checks       = [check.style]
  environments = [environment.production]
}
hotfix { # want "Production without a check"
  checks = []
  waive {
    check  = check.style # want "Waiver without effect: .*it is not required"
    reason = "Hours"
  }
}

# ---
check "ci-smoke" { run = "make smoke" }
check "smoke" { run = "./smoke.sh" }
environment "ci" {
  tier   = "development"
  deploy = "./deploy.sh ci"
  verify = [check.smoke] # want "Outcomes with one name: .*ci/smoke"
}
delivery {
  checks       = [check.unit, check.ci-smoke]
  environments = [environment.ci, environment.production]
}

# ---
environment "production" {
  tier   = "staging"
  deploy = "./deploy.sh"
}
group "managers" { # want "Unused group"
  github = "acme/managers"
}
redeploy {} # want "Nothing is production"

# ---
hotfix {
  checks = []
  waive {
    check  = check.unit
    reason = "  " # want "Empty text"
  }
}

# ---
policy "shop" {
  targets             = ["github"]
  approved_operations = true # want "Nothing is production: `approved_operations`"
}
environment "production" {
  tier   = "staging"
  deploy = "./deploy.sh"
}
group "managers" { # want "Unused group"
  github = "acme/managers"
}

# ---
environment "uat" {
  deploy = "./deploy.sh"

  approval "qa" {
    approvers = [group.managers]
  }
}
freeze "closing" {
  from         = "2026-12-30"
  to           = "2027-01-04"
  environments = [environment.uat]
}
delivery {
  checks       = [check.unit]
  environments = [environment.uat, environment.production]
}
hotfix {
  environments = [environment.production] # want "Environment left out without a waiver: .*\"uat\" .approval \"qa\", freeze \"closing\""
}

# ---
hotfix {
  waive { # want "waive needs \"check\" or \"environment\""
    reason = "It takes too long"
  }
  waive {
    check       = check.unit
    environment = environment.production # want "Waiver of two things"
    reason      = "It takes too long"
  }
}

# ---
environment "other" { # want "Unused environment"
  deploy = "./deploy.sh"
}
hotfix {
  waive {
    environment = environment.other # want "delivery does not go there"
    reason      = "Nobody goes there"
  }
}

# ---
environment "staging" { deploy = "./deploy.sh staging ${release.version}" }
delivery {
  checks       = [check.unit]
  environments = [environment.production, environment.staging] # want "\"staging\" is deployed to after \"production\""
}

# ---
# Staging before the next region's production is in its place.
environment "america_staging" { deploy = "./deploy.sh america ${release.version}" }
environment "america" {
  like = environment.production
  tier = "production"

  approval "release" {
    approvers = [group.managers]
  }
}
delivery {
  checks       = [check.unit]
  environments = [environment.production, environment.america_staging, environment.america]
}

# ---
environment "america" {
  like = environment.production
  tier = "production"

  approval "release" {
    approvers = [group.managers]
  }
}
hotfix {
  environments = [environment.america, environment.production] # want "`hotfix` names \"america\", and no delivery ever brings a version there"
}
redeploy {
  environments = [environment.production, environment.america] # want "`redeploy` names \"america\", and no delivery ever brings a version there"
}

# ---
environment "staging" { deploy = "./deploy.sh staging ${release.version}" }
delivery {
  checks       = [check.unit]
  environments = [environment.staging]
}
hotfix { # want "`hotfix` is for what a delivery brought to production, and no delivery goes"
  environments = [environment.staging, environment.production]
}
redeploy {} # want "`redeploy` is for what a delivery brought to production, and no delivery goes"
