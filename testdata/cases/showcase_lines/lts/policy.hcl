policy "engine-2" {
  extends        = "../current/policy.hcl"
  component      = "engine-2"
  mainline       = "support/2"
  default_branch = "main"
}

schedule "nightly" {
  cron   = "0 3 * * *"
  checks = [check.compatibility]
}
