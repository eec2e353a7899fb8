policy "web" {
  extends   = "../platform"
  component = "web"
  paths     = ["services/web/**"]
}

locals {
  service = "web"
}

check "accessibility" {
  run    = "make -C services/web accessibility"
  report = "services/web/build/accessibility.xml"
}

delivery {
  checks = [check.unit, check.accessibility]
}
