lint "HF097" { # want "no rule \"HF097\". Did you mean \"HF079\""
  severity = "error"
}
lint "payload-identity" { # want "There is no rule \"payload-identity\""
  severity = "error"
}
lint "unknown-environment" { # want "A policy cannot set the severity of unknown-environment. It is enforced by: compiler unknown-environment"
  severity = "error"
}
lint "HF012" { # want "A policy cannot set the severity of HF012.*payload-identity"
  severity = "error"
}
lint "HF020" {
  severity = "warning" # want "HF020 is always an error: a policy cannot lower it"
}
lint "HF010" {
  severity = "off" # want "HF010 is always an error: a policy cannot lower it"
  reason   = "No"
}
lint "HF079" {
  severity = "off" # want "HF079 is off without a reason"
}

# ---
lint "HF079" {
  severity = "silent" # want "\"silent\" is not something that \"severity\" can be"
}

# ---
policy "p" {
  extends = "../platform"
  targets = ["github"]
}
lint "HF079" {
  severity = "off" # want "\"severity\" of lint \"HF079\" is locked and may only rise. It is \"warning\", and would become \"off\""
  reason   = "It is loud"
}
-- ../platform/release.hcl --
lint "HF079" {
  severity = "warning"
  locked   = [severity]
}

# ---
policy "p" {
  extends = "../platform"
  targets = ["github"]
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
lint "unused" { # want "unused and HF079 name the same rule"
  severity = "off"
  reason   = "An alias goes round no lock"
}
-- ../platform/release.hcl --
lint "HF079" {
  severity = "warning"
  locked   = [severity]
}
