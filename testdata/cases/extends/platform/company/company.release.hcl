policy "company" {
  mainline = "trunk"
}

environment "production" {
  approval "release" {
    minimum = 1
    timeout = "24h"
  }
}
