policy "p" {
  targets = ["github", "azure", "jenkins"]
  active  = "github"
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" {
    approvers = [group.managers]
    exclude   = [requester, authors] # want "Authors that a target cannot exclude: .*Azure" # want "Authors that a target cannot exclude: .*Jenkins"
  }
}

# ---
environment "production" {
  deploy = "./deploy.sh"
  approval "release" {
    approvers = [group.managers]
    exclude   = [requestor] # want "Invalid value: .*requester"
  }
}

# ---
environment "production" {
  deploy = "./deploy.sh"
  approval "release" {
    approvers = [group.managers]
    exclude   = ["authors"] # want "Incorrect value type: .*bare words"
  }
}

# ---
environment "production" {
  deploy = "./deploy.sh"
  approval "release" {
    approvers = [group.managers]
    exclude   = authors # want "Incorrect value type"
  }
}
