notify "everybody" {
  on  = [break_glass]
  run = "./tell.sh"
}
break_glass {
  approvers = [group.managers]
  may_skip  = [approval, evidence] # want "Gate that nothing opens: .*\"evidence\": nobody could say"
}

# ---
notify "everybody" {
  on  = [break_glass]
  run = "./tell.sh"
}
break_glass {
  approvers = [group.managers]
  may_skip  = [identity, containment] # want "Gate that nothing opens: .*\"identity\"" # want "Gate that nothing opens: .*\"containment\""
}

# ---
notify "everybody" {
  on  = [break_glass]
  run = "./tell.sh"
}
break_glass {
  approvers = [group.managers]
  may_skip  = [aproval] # want "Invalid value: .*approval"
}

# ---
notify "everybody" {
  on  = [break_glass]
  run = "./tell.sh"
}
break_glass {
  approvers = [group.managers]
  may_skip  = [] # want "Empty list"
}

# ---
notify "everybody" {
  on  = [break_glass]
  run = "./tell.sh"
}
break_glass {
  approvers = [] # want "Empty list"
  may_skip  = [approval]
}

# ---
notify "everybody" {
  on  = [failure]
  run = "./tell.sh"
}
break_glass { # want "Break glass that nobody hears of"
  approvers = [group.managers]
  may_skip  = [approval]
}

# ---
environment "production" {
  deploy = "./deploy.sh"
  approval "break_glass" { # want "Label of another gate"
     approvers = [group.managers]
  }
}
notify "everybody" {
  on  = [break_glass]
  run = "./tell.sh"
}
break_glass {
  approvers = [group.managers]
  may_skip  = [approval]
}

# ---
# The whole policy.
policy "p" { targets = ["github"] }
check "unit" { run = "make" }
environment "live" { # want "Production, or not"
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
notify "everybody" {
  on  = [break_glass]
  run = "./tell.sh"
}
delivery {
  checks       = [check.unit]
  environments = [environment.live]
}
break_glass { # want "Break glass for nothing"
  approvers = [group.managers]
  may_skip  = [approval]
}
