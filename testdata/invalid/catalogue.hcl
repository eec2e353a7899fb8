policy "p" { targets = ["github"] }
build {
  run      = ["make", "git push --tags"] # want "A command of build pushes with --tags"
  artifact = "dist/"
}
check "unit" {
  run = "make test || true" # want "\"unit\" is required, and its commands succeed whatever happens"
}
check "style" {
  run = ["cleanup || true", "make style"]
}
check "informs" {
  run      = "make informs || true"
  required = false
}
check "login" {
  run = "curl https://bot:hunter2@example.com" # want "A command of check \"login\" holds what has the form of a secret"
  env = {
    API_TOKEN  = "abc"                                      # want "API_TOKEN of check \"login\" has its value in the policy"
    TOKEN_FILE = "/run/token"
    ADDRESS    = "ghp_abcdefghijklmnopqrstuvwxyz0123456789" # want "ADDRESS of check \"login\""
  }
}
environment "production" {
  deploy = "git push origin +HEAD:live" # want "environment \"production\" pushes with .HEAD:live"
  after  = "git push origin HEAD:docs-f"
  approval "release" { # want "Only \"alice\" can give the approval \"release\"" # want "waits for the approval \"release\" of \"production\" for up to 2d"
    approvers = [group.managers]
    timeout   = "48h"
  }
}
group "managers" { github = "alice" }
delivery {
  checks       = [check.unit, check.style, check.informs, check.login]
  environments = [environment.production]
}
hotfix {}
lint "HF023" { severity = "warning" }

# ---
# A policy that asks for the rules that are off otherwise.
policy "p" { targets = ["github"] }
build {
  run      = "make"
  artifact = "dist/" # want "A redeployment takes \"dist/\" from the run that made it"
}
check "unit" {
  run    = "make"
  report = "build/*.xml"
}
check "style" { run = "make style" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" {
    approvers = [group.managers] # want "Group \"managers\" alone gives the approval \"release\""
  }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit, check.style]
  environments = [environment.production]
}
hotfix { # want "may name any text as its incident" # want "Delivery has a check with a report, and hotfix has none"
  checks = [check.style]
  waive {
    check  = check.unit
    reason = "Takes six hours"
  }
  merge_back { # want "needs somebody who sees to it, and a time"
    owner = group.managers
  }
}
redeploy {} # want "names no files whose changes it cannot take back"
lint "HF022" { severity = "warning" }
lint "HF033" { severity = "warning" }
lint "HF042" { severity = "error" }
lint "HF043" { severity = "warning" }
lint "HF075" { severity = "warning" }
lint "HF078" { severity = "error" }

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
hotfix {} # want "no redeployment is offered"
lint "HF078" { severity = "error" }
