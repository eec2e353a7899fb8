delivery {
  checks       = [check.unit]
  environments = [environment.prodution] # want "Unknown environment: .*Did you mean \"production\""
}

# ---
delivery {
  checks       = [check.unit]
  environments = ["environment.production"] # want "Not a reference: Write environment.NAME here, without quotes"
}

# ---
delivery {
  checks       = [check.unit]
  environments = [enviroment.production] # want "Unknown kind of reference"
}

# ---
delivery {
  checks       = [check.unit]
  environments = [check.unit] # want "Wrong kind of reference"
}

# ---
delivery {
  checks       = [check.unit]
  environments = [environment.production, environment.production] # want "Named twice"
}

# ---
delivery {
  checks       = [check.unit]
  environments = [[environment.production]] # want "Not supported yet: A list in a list"
}

# ---
delivery {
  checks       = [check.unit]
  environments = [] # want "Empty list"
}

# ---
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [] } # want "Empty list"
}

# ---
environment "production" {
  agent  = agent.linx # want "Unknown agent: There is no agent \"linx\""
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  secrets = { A = secret.a } # want "Unknown secret"
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "a" {
  like = environment.b
}
environment "b" {
  like = environment.a # want "Definition in a circle: environment.a → environment.b → environment.a"
}
