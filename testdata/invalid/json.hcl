# The whole policy.
# A policy that a program wrote is told its mistakes where they stand.
policy "p" {
  extends = "../platform"
  targets = ["github"]
}
check "unit" { run = "make test" }
-- ../platform/release.hcl.json --
{
  "//": "What the platform's generator writes.",
  "format_version": 2, "//": "# want 'Unknown version of the format'",
  "check": {
    "lint": {
      "run": "make ${relase.version}", "//": "# want 'Unknown value: There is nothing called .relase.'",
      "rum": "make", "//": "# want 'Unsupported argument: check .lint. has no attribute .rum.'",
      "env": { "A": "two\nlines ${upper(release.version)}" }, "//": "# want 'upper.. would need it now'"
    },
    "Late": { "run": "make late" }, "//": "# want 'Name that not every system takes'"
  },
  "environment": {
    "production": {
      "deploy": "./deploy.sh ${FOO:-x}", "//": "# want 'Shell expansion in a template'",
      "verify": ["${check.lint}"],
      "requires": "check.lint", "//": "# want 'Incorrect value type'",
      "approval": { "release": { "approvers": ["group.managers"], "minimum": "two" } }, "//": "# want 'Incorrect value type'"
    }
  },
  "group": { "managers": { "github": "acme/managers" } },
  "hotfix": [{ }, { }], "//": "# want 'Defined twice'",
  "delivery": { "environments": ["environment.production"] }
}

# ---
policy "p" {
  extends = "../platform"
}
-- ../platform/release.hcl.json --
{
  "check": # want "Not JSON"
}

# ---
policy "p" {
  extends = "../platform"
}
-- ../platform/release.hcl.json --
[1] # want "Not JSON: .*something follows"

# ---
policy "p" {
  extends = "../platform"
}
-- ../platform/release.hcl.json --
{ "check": "unit", "//": "# want 'Incorrect value type: .check. is an object by name'",
  "delivery": 3, "//": "# want 'Incorrect value type: .delivery. is an object'"
}

# ---
policy "p" {
  extends = "../platform"
}
-- ../platform/release.hcl.json --
{ "check": { "unit": { "run": "make", "run": "make test" } }, "//": "# want 'Defined twice'"
}
