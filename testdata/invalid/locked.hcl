policy "p" {
  extends  = "../platform"
  targets  = ["github"]
  mainline = "wild" # want "Weaker than what is locked: \"mainline\" of policy \"p\" is locked and stays as it is. It is \"main\", and would become \"wild\""
}
environment "production" {
  deploy = "x"
  tier   = "staging" # want "\"tier\" of environment \"production\""
  approval "release" {
    approvers = [group.mine]     # want "may only grow. It is .group.managers, group.officers., and would become .group.mine."
    minimum   = 1 # want "\"minimum\" of approval \"release\" is locked and may only rise. It is 2, and would become 1"
    timeout   = "8h" # want "may only become shorter"
  }
  approval "mine" { approvers = [group.mine] }
}
group "mine" { gitlab = "acme/mine" }
group "managers" { gitlab = "acme/everybody" } # want "\"gitlab\" of group \"managers\" is locked"
check "unit" { run = "make test" }
check "sast" {
  run = "true" # want "\"run\" of check \"sast\" is locked and stays as it is"
  env = { PATH = "fake" } # want "\"env\" of check \"sast\" is locked"
}
locals { scan = "echo" } # want "\"scan\" of locals is locked"
delivery {
  checks       = [check.unit] # want "\"checks\" of delivery is locked and may only grow"
  environments = [environment.production]
}
hotfix {
  waive { # want "Waiver of a locked check: check.sast"
    check  = check.sast
    reason = "It takes long"
  }
}
-- ../platform/release.hcl --
policy "platform" { locked = [mainline] }
locals { scan = "scan" }
environment "production" {
  locked = [approval]
  approval "release" {
    approvers = [group.managers, group.officers]
    minimum   = 2
    timeout   = "4h"
  }
}
group "managers" { gitlab = "acme/managers" }
group "officers" { gitlab = "acme/officers" }
check "sast" {
  run     = "${local.scan} ."
  timeout = "20m"
}
delivery {
  locked = [checks]
  checks = [check.sast]
}
# ---
# A waiver that is not there cannot be added where waivers are locked; what is demanded may only be strengthened.
policy "p" {
  extends = "../platform"
  targets = ["gitlab"]
}
check "unit" { run = "make test" }
check "late" { run = "make late" }
environment "production" {
  deploy = "x"
  approval "release" {
    approvers = [group.managers, group.mine]
    minimum   = 2
    timeout   = "3h"
  }
  approval "mine" { approvers = [group.mine] }
}
group "mine" { gitlab = "acme/mine" }
check "sast" { timeout = "10m" }
delivery {
  checks       = [check.unit, check.late, check.sast]
  environments = [environment.production]
}
hotfix {
  checks = [check.unit, check.sast]
  waive { # want "\"waive\" of hotfix is locked: none is added"
    check  = check.late
    reason = "It takes long"
  }
}
-- ../platform/release.hcl --
environment "production" {
  locked = [approval]
  approval "release" {
    approvers = [group.managers]
    minimum   = 1
    timeout   = "4h"
  }
}
group "managers" { gitlab = "acme/managers" }
check "sast" { run = "scan ." }
delivery {
  locked = [checks]
  checks = [check.sast]
}
hotfix { locked = [waive] }
# ---
policy "p" {
  targets = ["github"]
  locked  = [mainlin] # want "Not something to lock: policy \"p\" has nothing called \"mainlin\".*Did you mean \"mainline\""
}
check "unit" {
  run    = "make test"
  locked = "run" # want "Wrong kind of value: .*a list of what is locked"
}
environment "production" {
  deploy = "x"
  locked = ["approval"] # want "Not something to lock: Write the bare words"
  approval "release" {
    approvers = [group.managers]
    locked    = true
  }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
# ---
# What is demanded in a matrix stays demanded in each combination; a demanded check cannot be made one that only informs.
policy "p" {
  extends = "../platform"
  targets = ["gitlab"]
}
check "unit" {
  run      = matrix.jdk == "21" ? "true" : "./test.sh ${matrix.jdk}" # want "\"run\" of check \"unit\" is locked and stays as it is"
  required = false # want "\"required\" of check \"unit\" is locked and stays as it is"
}
check "sast" {
  matrix = { level = ["low"] } # want "\"matrix\" of check \"sast\" is locked"
  run    = "scan"
}
environment "production" {
  deploy = "x"
  approval "release" { approvers = [group.managers] }
}
group "managers" { gitlab = "acme/managers" }
delivery { environments = [environment.production] }
-- ../platform/release.hcl --
policy "platform" {}
check "unit" {
  matrix = { jdk = ["17", "21"] }
  run    = "./test.sh ${matrix.jdk}"
}
check "sast" { run = "scan" }
delivery {
  locked = [checks]
  checks = [check.unit, check.sast]
}
