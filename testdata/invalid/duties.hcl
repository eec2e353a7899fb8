policy "p" {
  targets = ["github", "azure", "jenkins"]
  active  = "github"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" {
    approvers = [group.managers]
    exclude   = [requester, authors] # want "Authors that a target cannot exclude: .*Azure" # want "Authors that a target cannot exclude: .*Jenkins"
  }
}
group "managers" {
  github  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" {
  targets = ["github", "azure", "jenkins"]
  active  = "github"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" {
    approvers = [group.managers]
    exclude   = [requestor] # want "Unknown choice: .*requester"
  }
}
group "managers" {
  github  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" {
  targets = ["github", "azure", "jenkins"]
  active  = "github"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" {
    approvers = [group.managers]
    exclude   = ["authors"] # want "Wrong kind of value: .*bare words"
  }
}
group "managers" {
  github  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" {
  targets = ["github", "azure", "jenkins"]
  active  = "github"
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" {
    approvers = [group.managers]
    exclude   = authors # want "Wrong kind of value"
  }
}
group "managers" {
  github  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
