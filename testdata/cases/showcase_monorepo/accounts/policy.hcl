policy "accounts" {
  extends   = "../platform"
  component = "accounts"
  paths     = ["services/accounts/**", "libraries/**"]
}

locals {
  service = "accounts"
}
