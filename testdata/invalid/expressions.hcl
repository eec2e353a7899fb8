check "unit" { run = deployment.values } # want "Write deployment.values.NAME"

# ---
check "unit" { run = "${var.tool} x" } # want "There is no variable \"tool\""

# ---
check "unit" { run = ["a", ["b"]][2] } # want "Invalid index|No such element"

# ---
check "unit" { run = local.x[3] } # want "The list has 2 elements|Invalid index"
locals { x = ["${release.version}", "b"] }

# ---
check "unit" { run = local.x.c } # want "There is no key \"c\". There are: a, b"
locals { x = { a = "${release.version}", b = "b" } }

# ---
check "unit" { run = local.x.y } # want "There is no key \"y\""
locals { x = { a = "b" } }

# ---
check "unit" { run = release.version.major } # want "release.version"

# ---
check "unit" { run = local.v.major } # want "through local.v"
locals { v = release.version }

# ---
locals { m = { (release.version) = "a" } } # want "a key"

# ---
locals { m = { (null) = release.version } } # want "\"a key\" is a text"

# ---
check "unit" { run = 1 == "x" ? "a" : 2 ? "b" : "c" } # want "must be of type bool"

# ---
check "unit" { run = "a"[release.version] } # want "an index"

# ---
check "unit" { run = [for x in ["a"] : x if release.version == "1"] } # want "a condition|comparison|release.version"

# ---
check "unit" { run = [for x in "abc" : x] } # want "\"for\" is over a list or an object, and this is a text"

# ---
check "unit" { run = [for x in release.version : x] } # want "a for expression"

# ---
check "unit" { run = "a ${["b"]} c ${release.version}" } # want "made of texts"

# ---
check "unit" { run = "a ${[release.version]} c" } # want "made of texts"

# ---
check "unit" { run = upper(null) } # want "null"

# ---
check "unit" { run = incident.id } # want "There is no incident.id"

# ---
locals { a = "1" }
locals { a = "2" } # want "local.a"

# ---
check "unit" {
  run = "make"
  env = { V = deployment.values.x } # want "deployment.values.x is not known|values"
}

# ---
check "unit" {
  run = "make"
  env = { V = deployment.url } # want "No deployment at this point"
}

# ---
agent "win" {
  os      = "windows"
  jenkins = { label = "win" }
}
check "unit" {
  agent = agent.win
  shell = "powershell"
  run   = "echo '${release.version}'" # want "single quotes"
}

# ---
locals {
  whole = 10 / 0 # want "Division by zero"
  rest  = 10 % (2 - 2) # want "Division by zero"
  each  = [for n in [2, 0] : 10 / n] # want "Division by zero"
  kept  = try(10 / 0, 1)
}
check "unit" { run = "make ${local.whole}${local.rest}${local.kept}${local.each[0]}" }
