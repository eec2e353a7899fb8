policy "p" {
  targets = ["github"]
  mainlin = "x" # want "Unsupported argument"
}
check "unit" { run = "make } # want "Text without an end"

environment "production" {
  deploy = "x"
  tire   = "production" # want "Unsupported argument: .*Did you mean \"tier\""
  approval "release" { approvers = [group.managers] }
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
  prepare      = "x" # want "Not supported yet"
}
