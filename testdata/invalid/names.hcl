names { hotfix_branch = "hotfix" } # want "Name that git or a host refuses"

# ---
names { release = "rel ${version}" } # want "Name that git or a host refuses"

# ---
names { release = "v1${version}" } # want "Name that git or a host refuses.*two ways"

# ---
names { release = "${version}/${version}" } # want "Name that git or a host refuses.*2 times"

# ---
names { candidate = "release/${version}" } # want "Names that cannot stand side by side"

# ---
names { ledger = "hotfix" } # want "Names that cannot stand side by side"

# ---
policy "p" {
  targets = ["github"]
  mainline = "merge-back" # want "Names that cannot stand side by side"
}

# ---
policy "p" {
  targets = ["github"]
  former_mainlines = ["main"] # want "Names that cannot stand side by side"
}

# ---
policy "p" {
  targets = ["github"]
  former_mainlines = ["old master"] # want "Name that git or a host refuses"
}

# ---
names { release = "rel..${version}" } # want "Name that git or a host refuses"

# ---
policy "p" {
  component = "Pay_API" # want "Bad name of a component: \"Pay_API\" becomes part of tags"
  targets   = ["github"]
}

# ---
# A name that could be read in two ways: a dot behind the version, and versions that may hold letters.
policy "p" {
  targets     = ["github"]
  version_run = "./version.sh"
}
hotfix {}
names {
  candidate        = "ci-${version}"
  hotfix_candidate = "ci-hf-${version}" # want "could be read as ci-\$\{version\} with a version that begins with hf-"
  release          = "prod.${version}.x" # want "a dot behind it"
}

# ---
policy "p" {
  targets = ["github"]
  release_branches = "release" # want "holds one star"
}

# ---
policy "p" {
  targets = ["github"]
  release_branches = "release/*/*" # want "holds one star"
}

# ---
policy "p" {
  targets = ["github"]
  release_branches = "release /*" # want "no name that git and every host take"
}

# ---
policy "p" {
  targets = ["github"]
  release_branches = "hotfix/*" # want "\"release_branches\" and \"hotfix_branch\""
}

# ---
policy "p" {
  targets = ["github"]
  mainline = "release/main"
  release_branches = "release/*" # want "\"release_branches\" and \"mainline\""
}

# ---
policy "p" {
  targets = ["github"]
  release_branches = "*" # want "\"release_branches\" and \"mainline\"" # want "and \"ledger\"" # want "and \"hotfix_branch\"" # want "and \"merge-back\""
}

# ---
delivery {
  from = "release/*" # want "Say in the policy what release branches are called"
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
policy "p" {
  targets = ["github"]
  release_branches = "release/*"
}
delivery {
  from = "releases/*" # want "Write the mainline, \"main\", or the release branches, \"release/\*\""
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
# A tag of a hotfix that would be called as one of another kind.
names {
  candidate        = "ci-${version}"
  hotfix_candidate = "hf-${version}"
  hotfix_release   = "ci-${version}" # want "\"hotfix_release\" and \"candidate\": both are called ci-\*"
}

# ---
names {
  hotfix_candidate = "release/${version}" # want "\"hotfix_candidate\" and \"release\": both are called release/\*"
  hotfix_release   = "prod/${version}"
}

# ---
names { hotfix_release = "candidate/${version}" } # want "Names that cannot stand side by side"

# ---
# A push to the ledger, or to the mainline, would start the hotfix flow.
names { ledger = "hotfix/ledger" } # want "\"hotfix_branch\" and \"ledger\": one matches the pattern of the other|\"ledger\" and \"hotfix_branch\": one matches"

# ---
policy "p" {
  targets          = ["github"]
  mainline         = "hf-main"
  former_mainlines = ["hf-old"] # want "one matches the pattern of the other"
}
names { hotfix_branch = "hf-${version}" } # want "one matches the pattern of the other"

# ---
# Names that begin alike are no mistake.
policy "p" {
  targets          = ["github"]
  mainline         = "main"
  former_mainlines = ["main-old"]
}
names { ledger = "hotfix-ledger" }

# ---
committer {
  name  = "Releases <ci>" # want "Nobody that git could name: \"Releases <ci>\" is no name"
  email = "releases"      # want "Nobody that git could name: \"releases\" is no email"
}
