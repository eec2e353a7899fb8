policy "engine-2" {
  extends   = "../current/policy.hcl"
  component = "engine-2"
  mainline  = "support/2"
}
