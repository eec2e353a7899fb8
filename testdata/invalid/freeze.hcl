freeze "year_end" {
  from = "19 December" # want "Neither a day nor a time: \"19 December\""
  to   = "2027-01-04"
}

# ---
freeze "year_end" {
  from = "2027-01-04"
  to   = "2026-12-19" # want "End before the start: freeze \"year_end\""
}
freeze "inventory" {
  from = "2026-12-19T18:00"
  to   = "2026-12-19T18:00" # want "End before the start"
}

# ---
freeze "year_end" {
  from = "2026-12-19"
  to   = "2027-01-04"
  timezone = "Europe/Belin" # want "Unknown time zone: .*Did you mean \"Europe/Berlin\""
}

# ---
policy "p" {
  targets = ["github"]
  timezone = "CEST" # want "Unknown time zone"
}
freeze "year_end" {
  from = "2026-12-19"
  to   = "2027-01-04"
}

# ---
freeze "clocks" {
  from = "2026-03-29T02:30" # want "Time that no clock shows: The clocks of Europe/Berlin"
  to   = "2026-03-30"
  timezone = "Europe/Berlin"
}

# ---
freeze "year_end" {
  from = "2026-12-19"
  to   = "2027-01-04"
  except { # want "Exception outside of its freeze"
    from   = "2027-01-04T22:00"
    to     = "2027-01-05T02:00"
    reason = "Prices"
  }
}

# ---
freeze "year_end" { # want "Freeze of nothing: The exceptions"
  from = "2026-12-19"
  to   = "2027-01-04"
  except {
    from   = "2026-12-19"
    to     = "2027-01-04"
    reason = "Prices"
  }
}

# ---
freeze "year_end" {
  from = "2026-12-19"
  to   = "2027-01-04"
}
freeze "quarter" { # want "Freezes at the same time: .*\"year_end\" and \"quarter\""
  from = "2027-01-04T12:00"
  to   = "2027-01-10"
}
freeze "other" {
  from = "2027-01-11"
  to   = "2027-01-12"
}

# ---
freeze "year_end" {
  from = "2026-12-19"
  to   = "2027-01-04"
  delivery = "wait" # want "Invalid value: \"wait\""
}

# ---
hotfix {}
freeze "year_end" {
  from = "2026-12-19"
  to   = "2027-01-04"
  approvers = [] # want "Empty list"
}

# ---
hotfix {}
group "board" { github = "acme/board" }
freeze "year_end" {
  from = "2026-12-19"
  to   = "2027-01-04"
  approvers = [group.board]
}
freeze "summer" { # want "Two freezes with different approvers"
  from = "2027-07-01"
  to   = "2027-08-01"
}

# ---
# The whole policy.
policy "p" {
  targets = ["github"]
}
check "unit" { run = "make" }
environment "live" { # want "Production, or not"
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.live]
}
freeze "year_end" { # want "Freeze of nothing: No environment"
  from = "2026-12-19"
  to   = "2027-01-04"
}

# ---
environment "staging" {
  deploy = "./deploy.sh staging"
}
delivery {
  checks       = [check.unit]
  environments = [environment.staging, environment.production]
}
freeze "year_end" {
  from = "2026-12-19"
  to   = "2027-01-04"
  environments = [environment.staging]
  delivery = "approve" # want "Second approval by nobody: .*\"staging\""
}

# ---
environment "production" {
  deploy = "./deploy.sh"
  approval "freeze" { # want "Label of another gate"
     approvers = [group.managers]
  }
}
hotfix {}
freeze "year_end" {
  from = "2026-12-19"
  to   = "2027-01-04"
}

# ---
policy "p" {
  targets = ["github", "gitlab"]
  active  = "github"
}
group "board" { github = "acme/board" }
hotfix {}
freeze "year_end" {
  from = "2026-12-19"
  to   = "2027-01-04"
  approvers = [group.board] # want "Approvers unknown on a target: .*gitlab"
}
