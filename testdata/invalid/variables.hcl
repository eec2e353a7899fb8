variable "x" { type = string } # want "Variable \"x\" has no default"

# ---
variable "x" {
  type    = strin # want "Unknown type: .*There are: string, number"
  default = "a"
}

# ---
variable "x" {
  type    = number
  default = "many" # want "Variable \"x\" is a number, and this is a text"
}

# ---
variable "x" {
  type    = list(string)
  default = "a" # want "Variable \"x\" is of the type list\(string\), and this is a text"
}

# ---
variable "x" { default = local.a } # want "refers to nothing"
locals { a = "a" }

# ---
variable "x" { default = "v${release.version}" } # want "\"default\" is needed while the policy is compiled, but release.version"

# ---
variable "x" {
  default = "eu-9" # want "Value that the policy refuses: Choose eu-1 or us-1\. Variable \"x\" is \"eu-9\" here"

  validation {
    condition = contains(["eu-1", "us-1"], var.x)
    message   = "Choose eu-1 or us-1"
  }
}

# ---
variable "x" {
  default = "a"

  validation {
    condition = var.x # want "\"a condition\" is true or false, and this is a text"
    message   = "No."
  }
}

# ---
variable "x" {
  default = "a"

  validation {
    condition = var.y == "a" # want "There is no variable \"y\"\. Did you mean \"x\"|There is no variable \"y\"\. There are: x"
    message   = "No."
  }
}

# ---
variable "x" {
  default = "a"

  validation { # want "validation needs \"message\""
    condition = var.x == "a"
  }
}

# ---
variable "x" {
  default  = null # want "Variable \"x\" is never null, and this is null"
  nullable = false
}

# ---
variable "x" {
  default  = "a"
  nullable = "no" # want "\"nullable\" is true or false, and this is a text"
}

# ---
variable "x" {
  default = "a"
  defualt = "b" # want "has no attribute \"defualt\""
}

# ---
variable "x" {
  type    = object({ name = string, size = optional(number, 1) })
  default = { name = "a" }
}
locals { a = "${var.x.nmae}" } # want "There is no key \"nmae\"\. Did you mean \"name\""
