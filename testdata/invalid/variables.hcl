policy "p" { targets = ["github"] }
variable "x" { type = string } # want "Variable \"x\" has no default"
check "unit" { run = "make ${var.x}" }
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
variable "x" {
  type    = strin # want "Unknown type: .*There are: string, number"
  default = "a"
}
check "unit" { run = "make ${var.x}" }
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
variable "x" {
  type    = number
  default = "many" # want "Variable \"x\" is a number, and this is a text"
}
check "unit" { run = "make ${var.x}" }
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
variable "x" {
  type    = list(string)
  default = "a" # want "Variable \"x\" is of the type list\(string\), and this is a text"
}
check "unit" { run = [for x in var.x : x] }
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
variable "x" { default = local.a } # want "refers to nothing"
locals { a = "a" }
check "unit" { run = "make ${var.x}" }
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
variable "x" { default = "v${release.version}" } # want "\"default\" is needed while the policy is compiled, but release.version"
check "unit" { run = "make ${var.x}" }
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
variable "x" {
  default = "eu-9" # want "Value that the policy refuses: Choose eu-1 or us-1\. Variable \"x\" is \"eu-9\" here"

  validation {
    condition = contains(["eu-1", "us-1"], var.x)
    message   = "Choose eu-1 or us-1"
  }
}
check "unit" { run = "make ${var.x}" }
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
variable "x" {
  default = "a"

  validation {
    condition = var.x # want "\"a condition\" is true or false, and this is a text"
    message   = "No."
  }
}
check "unit" { run = "make ${var.x}" }
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
variable "x" {
  default = "a"

  validation {
    condition = var.y == "a" # want "There is no variable \"y\"\. Did you mean \"x\"|There is no variable \"y\"\. There are: x"
    message   = "No."
  }
}
check "unit" { run = "make ${var.x}" }
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
variable "x" {
  default = "a"

  validation { # want "validation needs \"message\""
    condition = var.x == "a"
  }
}
check "unit" { run = "make ${var.x}" }
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
variable "x" {
  default  = null # want "Variable \"x\" is never null, and this is null"
  nullable = false
}
check "unit" { run = "make" }
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
variable "x" {
  default  = "a"
  nullable = "no" # want "\"nullable\" is true or false, and this is a text"
}
check "unit" { run = "make ${var.x}" }
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
variable "x" {
  default = "a"
  defualt = "b" # want "has no attribute \"defualt\""
}
check "unit" { run = "make ${var.x}" }
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
variable "x" {
  type    = object({ name = string, size = optional(number, 1) })
  default = { name = "a" }
}
locals { a = "${var.x.nmae}" } # want "There is no key \"nmae\"\. Did you mean \"name\""
check "unit" { run = "make ${var.x.size}" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
