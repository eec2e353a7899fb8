rule "ours" {
  condition = length(environment.production.approvals) >= 2 # want "Rule \"ours\" does not hold: Two people. environment.production.approvals is \[\{\"approvers\""
  message   = "Two people."
}

# ---
rule "ours" {
  condition = alltrue([for e in environment : length(e.approvals) > 1]) # want "Two people. It does not hold for production"
  message   = "Two people."
}

# ---
rule "ours" {
  condition = length(flow.delivery.gates.production.checks) > 1 # want "flow.delivery.gates.production.checks is \[\"unit\"\]"
  message   = "Two people."
}

# ---
rule "ours" {
  condition = environment.prodution.tier == "production" # want "There is no key \"prodution\". Did you mean \"production\""
  message   = "Two people."
}

# ---
rule "ours" {
  condition = enviroment.production.tier == "production" # want "There is nothing called \"enviroment\". Did you mean \"environment\""
  message   = "Two people."
}

# ---
rule "ours" {
  condition = environment.production.aprovals == [] # want "There is no key \"aprovals\". Did you mean \"approvals\""
  message   = "Two people."
}

# ---
rule "ours" {
  condition = length(hotfix.waivers) == 0 # want "null"
  message   = "Two people."
}

# ---
rule "ours" {
  condition = hotfix == null || length(hotfix.waivers) == 0
  message   = "Two people."
}

# ---
rule "ours" {
  condition = release.version == "1" # want "release.version is known only when the pipeline runs; a comparison"
  message   = "Two people."
}

# ---
rule "ours" {
  condition = "yes" # want "\"a condition\" is true or false, and this is a text"
  message   = "Two people."
}

# ---
rule "ours" {
  condition = lenght(environment) == 1 # want "There is no function lenght\(\)"
  message   = "Two people."
}

# ---
rule "ours" { # want "rule \"ours\" needs \"message\""
  condition = true # a rule that says nothing when it fails
}
