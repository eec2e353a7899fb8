policy "catalogue" {
  extends   = "../platform"
  component = "catalogue"
  paths     = ["services/catalogue/**", "libraries/**"]
}

locals {
  service = "catalogue"
}
