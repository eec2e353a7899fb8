policy "p" {
  extends = "../platform" # want "File not found: .*\"../platform\""
  targets = ["github"]
}
-- README.md --
No platform here.

# ---
policy "p" {
  extends = "../platform" # want "Directory without a policy"
}
-- ../platform/README.md --
No policy here.

# ---
policy "p" {
  extends = "../../.." # want "Path outside the repository"
}
-- README.md --
The policy lies in team/shop.

# ---
policy "p" {
  extends = "/etc/release.hcl" # want "Not a relative path"
}

# ---
policy "p" {
  extends = "..\\platform" # want "Not a relative path"
}

# ---
policy "p" {
  extends = "${local.where}/platform" # want "Incorrect value type: .*without variables"
}
locals { where = ".." }

# ---
policy "p" {
  extends = "../platform" # want "No other files here"
}

# ---
policy "p" {
  extends = "../platform"
}
-- ../platform/release.hcl --
policy "platform" {
  extends = "../../company"
}
-- ../../company/release.hcl --
policy "company" {
  extends = "../team/shop" # want "in a circle: \. → ../platform → ../../company → \.\."
}
-- release.hcl --
policy "p" {
  extends = "../platform"
}

# ---
# A mistake of the base is told in the base, and once.
policy "p" {
  extends = "../platform"
  targets = ["github"]
}
-- ../platform/release.hcl --
check "unit" { run = "make } # want "Text without an end"

environment "production" {
  approval "release" { approver = [group.managers] } # want "Unsupported argument: .*Did you mean \"approvers\""
}
group "managers" { github = "acme/managers" }

# ---
# What a base lacks is missing only if nobody says it.
policy "p" {
  extends = "../platform"
  targets = ["github"]
}
environment "production" { # want "Missing required argument: .*\"deploy\""
  approval "release" { timeout = "4h" }
}
-- ../platform/release.hcl --
environment "production" {
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }

# ---
# One layer says a thing once; several layers may say it each.
policy "p" {
  extends = "../platform"
  targets = ["github"]
}
locals { test = "make test" }
check "unit" { run = local.test }
check "unit_2" { run = local.test } # want "Two names that become one"
check "unit" { run = "make" } # want "Defined twice"
environment "production" {
  deploy = "x"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery {
  checks       = [check.unit, check.unit_2, check.unit-2]
  environments = [environment.production]
}
-- ../platform/release.hcl --
locals { test = "make all" }
locals { test = "make everything" } # want "Defined twice"
check "unit" { run = "false" }
check "unit-2" { run = "true" }
