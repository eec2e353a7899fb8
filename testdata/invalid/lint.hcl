lint "HF097" { # want "no rule with the number \"HF097\". Did you mean \"HF079\""
  severity = "error"
}
lint "unused" { # want "unused is HF079. Write: lint \"HF079\""
  severity = "error"
}
lint "HF012" { # want "HF012 has no severity that a policy could set.*payload-identity"
  severity = "error"
}
lint "HF020" {
  severity = "warning" # want "HF020 is an error by itself"
}
lint "HF010" {
  severity = "off" # want "HF010 is an error by itself"
  reason   = "No"
}
lint "HF079" {
  severity = "off" # want "HF079 is off, and nobody says why"
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
