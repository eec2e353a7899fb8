# The supported line of pay: what differs, and all else as there.
policy "pay-2" {
  extends        = "../pay/policy.hcl"
  component      = "pay-2"
  mainline       = "lts/pay-2"
  default_branch = "main"
}
