check "unit" { run = uper("a") } # want "Unknown function: There is no function uper\(\)\. Did you mean \"upper\"\?"

# ---
check "unit" { run = upper("a", "b") } # want "Wrong number of arguments: It is upper\(text\), and here it gets 2"

# ---
check "unit" { run = upper() } # want "Wrong number of arguments: It is upper\(text\), and here it gets 0"

# ---
check "unit" { run = join(",", "a") } # want "Wrong argument: In join\(separator, list…\) \"list\" is a list"

# ---
check "unit" { run = element([], 0) } # want "Call that gives nothing: element\(list, index\)"

# ---
check "unit" { run = replace(["a"], "a", "b") } # want "\"text\" is a text, and this is a list"

# ---
check "unit" { run = regex("[0-9]+", "none") } # want "Call that gives nothing: regex\(pattern, text\)"

# ---
check "unit" { run = upper(lowr("a")) } # want "Did you mean \"lower\""

# ---
check "unit" { run = try(uper("a"), "b") } # want "Did you mean \"upper\""

# ---
check "unit" { run = try({ a = 1 }.b) } # want "Nothing to try is left"

# ---
check "unit" { run = try(upper(release.version), "b") } # want "upper\(\) would need it now"

# ---
check "unit" { run = can(upper(release.version)) ? "a" : "b" } # want "upper\(\) would need it now"

# ---
check "unit" { run = format("%5000s", "a") } # want "three digits at most"

# ---
check "unit" { run = [for a in ["x"] : [for b in ["x"] : [for c in ["x"] : c]]] } # want "nested more than two deep"

# ---
locals { tag = "v${release.version}" }
check "unit" { run = upper(local.tag) } # want "release.version \(through local.tag\) is known only"

# ---
locals {
  tag = "v${release.version}"
  list = [local.tag]
}
check "unit" { run = [for x in local.list : lower(x)] } # want "release.version \(through local.list, local.tag\)"

# ---
check "unit" { run = ["a", "b"][run.id] } # want "run.id is known only when the pipeline runs; an index would need it now"

# ---
locals { map = { tag = "x" } }
check "unit" { run = local.map.tagg } # want "There is no key \"tagg\". Did you mean \"tag\""

# ---
check "unit" { run = [for k, v in { for x in ["a", "a"] : x => x } : v] } # want "Two elements give the key \"a\""

# ---
check "unit" { run = "${"1e99999999" + 0}" } # want "made of numbers"

# ---
locals {
  a = [for x in [local.b] : x] # want "local.b → local.a → local.b"
  b = "%{if true}${local.a[0]}%{endif}"
}
check "unit" { run = "${local.b}" }
