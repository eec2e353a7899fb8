policy "p" { target = ["github"] } # want "Did you mean \"targets\""

# ---
polcy "p" { targets = ["github"] } # want "Did you mean \"policy\""

# ---
chek "unit" { run = "make" } # want "Did you mean \"check\""

# ---
check { run = "make" } # want "label"

# ---
check "unit" { rum = "make" } # want "Did you mean \"run\""

# ---
environment "production" {
  deplyo = "./deploy.sh" # want "Did you mean \"deploy\""
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy { # want "equals sign"
    run = "x"
  }
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = "./deploy.sh"
  aproval "release" { approvers = [group.managers] } # want "Did you mean \"approval\""
}

# ---
delivry {  # want "Did you mean \"delivery\""
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
# The whole policy.
policy "p" { targets = ["github"] }
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] } # want "Did you mean \"mangers\""
}
group "mangers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
local { flag = "x" } # want "Did you mean \"locals\""
