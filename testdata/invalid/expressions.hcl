policy "p" { targets = ["github"] }
check "unit" { run = deployment.values } # want "Write deployment.values.NAME"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "${var.tool} x" } # want "There is no variable \"tool\""
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = ["a", ["b"]][2] } # want "Invalid index|No such element"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = local.x[3] } # want "The list has 2 elements|Invalid index"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
locals { x = ["${release.version}", "b"] }

# ---
policy "p" { targets = ["github"] }
check "unit" { run = local.x.c } # want "There is no key \"c\". There are: a, b"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
locals { x = { a = "${release.version}", b = "b" } }

# ---
policy "p" { targets = ["github"] }
check "unit" { run = local.x.y } # want "There is no key \"y\""
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
locals { x = { a = "b" } }

# ---
policy "p" { targets = ["github"] }
check "unit" { run = release.version.major } # want "release.version"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = local.v.major } # want "through local.v"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
locals { v = release.version }

# ---
policy "p" { targets = ["github"] }
check "unit" { run = local.m["a"] }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
locals { m = { (release.version) = "a" } } # want "a key"

# ---
policy "p" { targets = ["github"] }
check "unit" { run = local.m["a"] }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
locals { m = { (null) = release.version } } # want "\"a key\" is a text"

# ---
policy "p" { targets = ["github"] }
check "unit" { run = 1 == "x" ? "a" : 2 ? "b" : "c" } # want "must be of type bool"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "a"[release.version] } # want "an index"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = [for x in ["a"] : x if release.version == "1"] } # want "a condition|comparison|release.version"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = [for x in "abc" : x] } # want "\"for\" is over a list or an object, and this is a text"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = [for x in release.version : x] } # want "a for expression"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "a ${["b"]} c ${release.version}" } # want "made of texts"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "a ${[release.version]} c" } # want "made of texts"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = upper(null) } # want "null"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = incident.id } # want "There is no incident.id"
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" { run = "x ${local.a}" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
locals { a = "1" }
locals { a = "2" } # want "local.a"

# ---
policy "p" { targets = ["github"] }
check "unit" {
  run = "make"
  env = { V = deployment.values.x } # want "deployment.values.x is not known|values"
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["github"] }
check "unit" {
  run = "make"
  env = { V = deployment.url } # want "No deployment at this point"
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" { targets = ["jenkins"] }
agent "win" {
  os      = "windows"
  jenkins = { label = "win" }
}
check "unit" {
  agent = agent.win
  shell = "powershell"
  run   = "echo '${release.version}'" # want "single quotes"
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { jenkins = "managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
