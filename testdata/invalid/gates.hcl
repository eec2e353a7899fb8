policy "p" { targets = ["github"] }
check "unit" { run = "make" }
environment "production" { # want "Production without an approval"
  deploy = "./deploy.sh"
}
group "managers" { # want "Unused group"
  github = "acme/managers"
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "make" } # want "Unused check"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery { # want "Production without a check"
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
check "regression" { run = "x" } # want "Unused check"

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
hotfix { # want "Gate left out without a waiver: .*unit" # want "Production without a check"
  checks = []
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
hotfix {
  checks = [check.unit]
  waive {
    check  = check.unit # want "Waiver without effect"
    reason = "x"
  }
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
hotfix { # want "Production without a check"
  waive {
    check  = check.unit
    reason = "x"
  }
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
hotfix {
  mirror = environment.production # want "A mirror cannot be production"
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
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] } # want "Approvers unknown on a target: .*jenkins"
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
check "secret" {
  run = "x"
  secrets = { A = secret.a }
}
secret "a" {}
merge_request { checks = [check.secret] } # want "Secrets on a merge request"

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "make" }
check "style" {
  run      = "make style"
  required = false
}
environment "production" {
  deploy = "./deploy.sh"
  verify = [check.style] # want "Check that only informs, in a deployment"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "style" {
  run      = "make style"
  required = "no" # want "Wrong kind of value"
}
check "lines" {
  run      = "make lines"
  required = false
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.style, check.lines]
  environments = [environment.production]
}

# ---
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
