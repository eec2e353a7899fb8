policy "p" { targets = ["github"] }
check "unit" { run = uper("a") } # want "Unknown function: There is no function uper\(\)\. Did you mean \"upper\"\?"
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
check "unit" { run = upper("a", "b") } # want "Wrong number of arguments: It is upper\(text\), and here it gets 2"
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
check "unit" { run = upper() } # want "Wrong number of arguments: It is upper\(text\), and here it gets 0"
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
check "unit" { run = join(",", "a") } # want "Wrong argument: In join\(separator, list…\) \"list\" is a list"
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
check "unit" { run = element([], 0) } # want "Call that gives nothing: element\(list, index\)"
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
check "unit" { run = replace(["a"], "a", "b") } # want "\"text\" is a text, and this is a list"
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
check "unit" { run = regex("[0-9]+", "none") } # want "Call that gives nothing: regex\(pattern, text\)"
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
check "unit" { run = upper(lowr("a")) } # want "Did you mean \"lower\""
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
check "unit" { run = try(uper("a"), "b") } # want "Did you mean \"upper\""
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
check "unit" { run = try({ a = 1 }.b) } # want "Nothing to try is left"
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
check "unit" { run = try(upper(release.version), "b") } # want "upper\(\) would need it now"
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
check "unit" { run = can(upper(release.version)) ? "a" : "b" } # want "upper\(\) would need it now"
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
check "unit" { run = format("%5000s", "a") } # want "three digits at most"
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
check "unit" { run = [for a in ["x"] : [for b in ["x"] : [for c in ["x"] : c]]] } # want "nested more than two deep"
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
locals { tag = "v${release.version}" }
check "unit" { run = upper(local.tag) } # want "release.version \(through local.tag\) is known only"
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
locals {
  tag = "v${release.version}"
  list = [local.tag]
}
check "unit" { run = [for x in local.list : lower(x)] } # want "release.version \(through local.list, local.tag\)"
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
check "unit" { run = ["a", "b"][run.id] } # want "run.id is known only when the pipeline runs; an index would need it now"
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
locals { map = { tag = "x" } }
check "unit" { run = local.map.tagg } # want "There is no key \"tagg\". Did you mean \"tag\""
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
check "unit" { run = [for k, v in { for x in ["a", "a"] : x => x } : v] } # want "Two elements give the key \"a\""
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
check "unit" { run = "${"1e99999999" + 0}" } # want "made of numbers"
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
locals {
  a = [for x in [local.b] : x] # want "local.b → local.a → local.b"
  b = "%{if true}${local.a[0]}%{endif}"
}
check "unit" { run = "${local.b}" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
