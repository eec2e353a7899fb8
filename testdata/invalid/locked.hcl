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
  waive { # want "Waiver of what is locked: check.sast"
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
# The whole policy.
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
  locked = "run" # want "Incorrect value type: .*a list of what is locked"
}
environment "production" {
  deploy = "x"
  locked = ["approval"] # want "Not something to lock: Write the bare words"
  approval "release" {
    approvers = [group.managers]
    locked    = true
  }
}

# ---
# What is demanded in a matrix stays demanded in each combination; a demanded check cannot be made one that only informs.
policy "p" {
  extends = "../platform"
  targets = ["gitlab"]
}
check "unit" {
  run      = matrix.jdk == "21" ? "true" : "./test.sh ${matrix.jdk}" # want "\"run\" of check \"unit\" is locked and stays as it is"
  required = false # want "\"required\" of check \"unit\" is locked and may only rise"
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

# ---
# The whole policy.
# Ways around a lock: another library, another parameter, another agent, another kind of environment, likeness.
policy "p" {
  extends = "../platform"
  targets = ["jenkins"]
}
use "scanner" { source = "lib.hcl" } # want "\"source\" of use \"scanner\" is locked"
command "scan" {
  run = "echo ${options}" # want "\"run\" of command \"scan\" is locked"
  parameter "depth" {
    default = 1 # want "\"default\" of parameter \"depth\" is locked"
    option  = "-d"
  }
}
agent "secure" { jenkins = { label = "mine" } } # want "\"jenkins\" of agent \"secure\" is locked"
variable "level" { default = "low" } # want "\"default\" of variable \"level\" is locked"
check "deep" {
  required = false # want "\"required\" of check \"deep\" is locked and may only rise. It is true, and would become false"
}
check "unit" { run = "make test" }
environment "lax" { deploy = "x" }
environment "production" {
  deploy   = "x"
  like     = environment.lax # want "\"like\" of environment \"production\" is locked"
  requires = [check.unit] # want "may only grow. It is .check.deep., and would become .check.unit."
}
delivery {
  checks       = [check.unit, check.scan]
  environments = [environment.production, environment.staging] # want "\"environments\" of delivery is locked"
}
redeploy { environments = [environment.production, environment.staging] } # want "may only lose entries"
-- ../platform/release.hcl --
use "scanner" { source = "lib.hcl" }
command "scan" {
  run = "scan ${options}"
  parameter "depth" {
    type    = number
    default = 9
    option  = "-d"
  }
}
agent "secure" { jenkins = { label = "secure" } }
variable "level" { default = "high" }
check "deep" {
  run   = scanner::deep()
  agent = agent.secure
}
check "scan" {
  run    = [command::scan({ depth = 3 }), "scan ${var.level}"]
  locked = true
}
environment "staging" { deploy = "y" }
environment "production" {
  requires = [check.deep]
  locked   = [requires, secrets]
}
delivery {
  checks       = [check.scan]
  environments = [environment.staging, environment.production]
  locked       = [environments]
}
redeploy {
  environments = [environment.production]
  locked       = true
}
-- ../platform/lib.hcl --
command "deep" { run = "deep" }
-- lib.hcl --
command "deep" { run = "true" }

# ---
# The whole policy.
# A layer between the two is held as well, and what it locks besides; the nearest is held to both.
policy "p" {
  extends = "../team"
  targets = ["gitlab"]
}
check "unit" { run = "make test" }
environment "production" {
  deploy = "x"
  approval "release" {
    minimum = 2 # want "It is 3, and would become 2"
    timeout = "5h" # want "It is \"4h\", and would become \"5h\""
  }
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
-- ../team/release.hcl --
policy "team" { extends = "../platform" }
environment "production" {
  approval "release" {
    minimum = 3
    timeout = "6h" # want "It is \"4h\", and would become \"6h\""
    locked  = [minimum]
  }
}
-- ../platform/release.hcl --
environment "production" {
  approval "release" {
    approvers = [group.managers]
    minimum   = 2
    timeout   = "4h"
    locked    = [timeout, minimum]
  }
}
group "managers" { gitlab = "acme/managers" }
