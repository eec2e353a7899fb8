enviroment "x" { deploy = "x" } # want "Unsupported block type: .*Did you mean \"environment\""

# ---
check "unit" {
  run = "make"
  raport = "x" # want "Unsupported argument: check \"unit\" has no attribute \"raport\". Did you mean \"report\""
}

# ---
check "unit" { report = "x.xml" } # want "Missing required argument: check \"unit\" needs \"run\""

# ---
check "unit" { run = "make" }
check "unit" { run = "again" } # want "Defined twice"

# ---
check { run = "x" } # want "Missing label"

# ---
hotfix "x" {} # want "Label too many"

# ---
notify "a" "b" { # want "Label too many"
}

# ---
agent "my_x" {}
agent "my-x" {} # want "Two names that become one"

# ---
group "Bad Name" { github = "x" } # want "Name that not every system takes"

# ---
prepare {} # want "Not supported yet"

# ---
hotfix = {} # want "Block written as an attribute"

# ---
environment "production" {
  deploy = "./deploy.sh"
  values {} # want "Attribute written as a block"
  approval "release" { approvers = [group.managers] }
}

# ---
# The whole policy.
check "unit" { run = "make" }
environment "production" { deploy = "x" }
delivery { environments = [environment.production] }
# want "Missing block: The policy has no block \"policy\""
# ---
# The whole policy.
policy "p" { targets = ["github"] } # want "Missing block: The policy has no block \"delivery\""
