locals {
  jdk = matrix.jdk # want "No matrix here"
}
check "unit" {
  matrix = { jdk = ["17", "21", "17"], Os = ["linux"] } # want "Named twice" # want "Name that a matrix cannot have"
  run    = "./test.sh ${matrix.jkd}" # want "Unknown value of the matrix: .*Did you mean \"jdk\""
}
check "unit-21" { # want "Two names that become one"
  run = "make"
}
check "lint" {
  matrix = { tool = ["a.b", "a-b"] } # want "Two combinations that become one"
  run    = "./lint.sh ${matrix.tool}"
}
check "many" {
  matrix = { a = ["1", "2", "3", "4", "5"], b = ["1", "2", "3", "4"] } # want "Matrix too large"
  run    = "make"
}
check "odd" {
  matrix = { path = ["a/b"] } # want "Value that no job can be named after"
  run    = "make"
}
check "none" {
  matrix = { path = [] } # want "Empty list"
  run    = "make"
}
check "nothing" {
  matrix = {} # want "Empty list"
  run    = "make"
}
check "wrong" {
  matrix = ["17"] # want "Incorrect value type"
  run    = "make"
}
check "later" {
  matrix = { v = [release.version] } # want "Value known only later"
  run    = "make"
}
check "other" {
  run = "make ${matrix.jdk}" # want "No matrix here"
}
environment "production" {
  deploy = "./deploy.sh ${matrix.jdk}" # want "No matrix here"
  approval "release" { approvers = [group.managers] }
}

# ---
check "unit" { # want "Unused check"
  matrix = { jdk = ["17", "21"] }
  run    = "./test.sh ${matrix.jdk} ${deployment.url}"
}
check "soak" {
  matrix = { jdk = ["17", "21"] }
  run    = "./test.sh ${matrix.jdk} ${deployment.url}" # want "No deployment at this point"
}
delivery {
  checks       = [check.soak]
  environments = [environment.production]
}
hotfix { # want "Gate left out without a waiver: .*soak" # want "Production without a check"
  checks = []
}
