policy "search" {
  extends   = "../platform"
  component = "search"
  paths     = ["services/search/**", "libraries/**"]
}

locals {
  service = "search"
}
