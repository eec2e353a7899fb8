build {
  run      = ["make", "git push --tags"] # want "A command of build pushes with --tags"
  artifact = "dist/"
}
check "unit" {
  run = "make test || true" # want "\"unit\" is required, and its commands succeed whatever happens"
}
check "style" {
  run = ["cleanup || true", "make style"]
}
check "informs" {
  run      = "make informs || true"
  required = false
}
check "login" {
  run = "curl https://bot:hunter2@example.com" # want "A command of check \"login\" holds what has the form of a secret"
  env = {
    API_TOKEN  = "abc"                                      # want "API_TOKEN of check \"login\" has its value in the policy"
    TOKEN_FILE = "/run/token"
    ADDRESS    = "ghp_abcdefghijklmnopqrstuvwxyz0123456789" # want "ADDRESS of check \"login\""
  }
}
environment "production" {
  deploy = "git push origin +HEAD:live" # want "environment \"production\" pushes with .HEAD:live" # want "`deploy` of \"production\" names neither it nor the version"
  after  = "git push origin HEAD:docs-f"
  approval "release" { # want "Only \"alice\" can give the approval \"release\"" # want "waits for the approval \"release\" of \"production\" for up to 2d"
    approvers = [group.managers]
    timeout   = "48h"
  }
}
group "managers" { github = "alice" }
delivery {
  checks       = [check.unit, check.style, check.informs, check.login]
  environments = [environment.production]
}
hotfix {}
lint "HF023" { severity = "warning" }

# ---
# A policy that asks for the rules that are off otherwise.
build {
  run      = "make"
  artifact = "dist/" # want "A redeployment takes \"dist/\" from the run that made it"
}
check "unit" {
  run    = "make"
  report = "build/*.xml"
}
check "style" { run = "make style" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" {
    approvers = [group.managers] # want "Group \"managers\" alone gives the approval \"release\""
  }
}
hotfix { # want "may name any text as its incident" # want "Delivery has a check with a report, and hotfix has none"
  checks = [check.style]
  waive {
    check  = check.unit
    reason = "Takes six hours"
  }
  merge_back { # want "needs somebody who sees to it, and a time"
    owner = group.managers
  }
}
redeploy {} # want "names no files whose changes it cannot take back"
lint "HF022" { severity = "warning" }
lint "HF033" { severity = "warning" }
lint "HF042" { severity = "error" }
lint "HF043" { severity = "warning" }
lint "HF075" { severity = "warning" }
lint "HF078" { severity = "error" }

# ---
hotfix {} # want "no redeployment is offered"
lint "HF078" { severity = "error" }

# ---
# A review that comes late, a freeze that is over, and what is not pinned.
check "unit" {
  run   = "make"
  agent = agent.builder
  native "github" {
    steps = "- uses: acme/login@v2\n- uses: ./own\n- name: pinned\n  uses: acme/setup@c5195efecf7bdfc987ee8bae7a71cb8b11521c00\n- uses: 'acme/two@main'" # want "native part of check \"unit\" uses acme/login@v2" # want "uses acme/two@main"
  }
}
agent "builder" { # want "On GitLab the agent \"builder\" runs in \"debian:12\""
  github = { runs_on = ["ubuntu-24.04"] }
  gitlab = { image = "debian:12" }
}
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] } # want "Who wrote a version may approve it for \"production\". Add to one"
}
freeze "year_end" { # want "The freeze \"year_end\" ended on 2020-01-05 and holds nothing back"
  from = "2019-12-19"
  to   = "2020-01-04"
}
freeze "now" {
  from = "2025-12-19"
  to   = "2026-01-04"
}
break_glass {
  approvers = [group.managers]
  may_skip  = [approval]
  review    = "3d" # want "A break glass is reviewed within 3d"
}
notify "all" {
  on  = [break_glass]
  run = "./tell.sh"
}
lint "HF021" { severity = "warning" }
lint "HF073" { severity = "warning" }

# ---
# Jenkins cannot tell who wrote a version; the files of a store do not expire.
policy "p" { targets = ["jenkins"] }
agent "linux" { jenkins = { label = "linux" } }
agent "operations" { jenkins = { label = "linux" } }
build {
  run      = "make"
  artifact = "dist/"
  agent    = agent.linux
  store {
    put = "./put.sh"
    get = "./get.sh"
  }
}
environment "production" {
  deploy = "./deploy.sh"
  agent  = agent.linux
  approval "release" { approvers = [group.managers] } # want "jenkins cannot compare the two"
}
redeploy {}
lint "HF021" { severity = "warning" }
lint "HF042" { severity = "warning" }

# ---
# A strategy for conflicts, a waiver without a reason.
hotfix {
  waive { # want "waive needs \"reason\""
    check = check.unit
  }
  merge_back {
    on_conflict = "theirs" # want "\"theirs\" is not something that \"on_conflict\" can be"
  }
}

# ---
# A break glass of nobody.
break_glass { # want "break_glass needs \"approvers\""
  may_skip = [approval]
}

# ---
# One check waived twice.
check "load" { run = "make load" }
delivery {
  checks       = [check.unit, check.load]
  environments = [environment.production]
}
hotfix {
  waive {
    check  = check.load
    reason = "Hours"
  }
  waive {
    check  = check.load # want "another waiver leaves it out already"
    reason = "A day"
  }
}

# ---
# A group that a target does not know is one mistake, however many approvals name it.
policy "p" {
  targets = ["github", "gitlab"]
  active  = "github"
}
check "load" { run = "make load" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] } # want "Group .managers. does not say who it is on gitlab"
}
group "managers" {
  github = "acme/managers"
}
delivery {
  checks       = [check.unit, check.load]
  environments = [environment.production]
}
freeze "year_end" {
  from      = "2026-12-19"
  to        = "2027-01-04"
  delivery  = "approve"
  approvers = [group.managers]
}

# ---
# Numbers that are none, and codes in the place of numbers.
check "load" { run = "make load" }
delivery {
  checks       = [check.unit, check.load]
  environments = [environment.production]
}
lint "HF999" { severity = "error" }                # want "There is no rule .HF999.. docs/rules.md"
lint "hf079" { severity = "error" }                # want "Did you mean .HF079."
lint "container-not-pined" { severity = "error" }  # want "Did you mean .container-not-pinned."

# ---
environment "production" {
  deploy = ["./deploy.sh", "git push --tags"] # want "A command of environment \"production\" pushes with --tags"
  env    = { API_TOKEN = "abc" } # want "The variable API_TOKEN of environment \"production\""

  approval "release" {
    approvers = [group.managers]
  }
}
environment "staging" {
  like = environment.production
}
delivery {
  checks       = [check.unit]
  environments = [environment.staging, environment.production]
}

# ---
build {
  run      = "make dist"
  artifact = "dist/"
}
environment "a" { deploy = "make deploy" } # want "`deploy` of \"a\" names neither it nor the version"
environment "b" { deploy = "rsync -a dist/ host:/srv" }
environment "c" { deploy = "make deploy VERSION=$RELEASE_VERSION" }
environment "d" { deploy = "./deploy.sh d" }
environment "e" { deploy = ["make prepare", "make deploy COMMIT=${release.commit}"] }
environment "f" { like = environment.a }
environment "g" {
  deploy = "make deploy"
  env    = { TAG = "v${release.version}" }
}
delivery {
  checks       = [check.unit]
  environments = [environment.a, environment.b, environment.c, environment.d, environment.e, environment.f, environment.g, environment.production]
}
