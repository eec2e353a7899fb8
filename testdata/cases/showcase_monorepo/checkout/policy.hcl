policy "checkout" {
  extends   = "../platform"
  component = "checkout"
  paths     = ["services/checkout/**", "libraries/**"]
}

locals {
  service = "checkout"
}
