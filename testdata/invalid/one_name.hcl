# Two names that become one: refused at the second.
environment "production" {
  deploy = "./deploy.sh ${deployment.values.a-b} ${deployment.values.a_b}"
  values = { a-b = "one two", a_b = "2 'y'" } # want "Two names that become one: Value \"a-b\" and value \"a_b\" of one environment both become the variable DEPLOYMENT_VALUE_A_B"
  approval "release" { approvers = [group.managers] }
}

# ---
# Also where no command asks for it, and in another spelling.
environment "production" {
  deploy = "./deploy.sh"
  values = { project = "a", PROJECT = "b" } # want "both become the variable DEPLOYMENT_VALUE_PROJECT"
  approval "release" { approvers = [group.managers] }
}

# ---
environment "production" {
  deploy = "./deploy.sh"
  values = { "a.b" = "a" } # want "Not a name for a deployment value: \"a.b\""
  approval "release" { approvers = [group.managers] }
}

# ---
# One job for two approvals.
environment "prod" {
  tier   = "production"
  deploy = "./deploy.sh"
  approval "eu-release" { approvers = [group.managers] }
}
environment "prod-eu" {
  tier   = "production"
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] } # want "Approval \"eu-release\" of environment \"prod\" and approval \"release\" of environment \"prod-eu\" both become the job \"approve-prod-eu-release\""
}
delivery {
  checks       = [check.unit]
  environments = [environment.production, environment.prod, environment.prod-eu]
}
hotfix {}

# ---
# An environment that is the gate of another: whoever may approve it could deploy.
environment "prod" {
  tier   = "production"
  deploy = "./deploy.sh"
  approval "x" { approvers = [group.managers] } # want "Environment \"prod-approval-x\" and approval \"x\" of environment \"prod\" both become the environment \"prod-approval-x\""
}
environment "prod-approval-x" {
  tier   = "staging"
  deploy = "./deploy.sh"
}
delivery {
  checks       = [check.unit]
  environments = [environment.prod-approval-x, environment.production, environment.prod]
}

# ---
# One artifact for two reports.
check "c" {
  run    = "make"
  report = "c.xml"
}
check "c-deploy-e" {
  run    = "make"
  report = "d.xml"
}
environment "e-check-c-deploy-e" { # want "The report of check \"c-deploy-e\" in the job \"Check c-deploy-e\" and the report of check \"c\" in the job \"Deploy to e-check-c-deploy-e\" both become the artifact"
  deploy = "./deploy.sh"
  verify = [check.c]
}
delivery {
  checks       = [check.unit, check.c-deploy-e]
  environments = [environment.e-check-c-deploy-e, environment.production]
}

# ---
check "unit" {
  run = "make"
  env = { A = "1", a = "2" } # want "In check \"unit\", `env` A and `env` a differ in capitals only, which GitHub and Windows do not tell apart. Give one of them another name"
}

# ---
secret "token" {}
environment "production" {
  deploy  = "./deploy.sh"
  env     = { token = "1" }
  secrets = { TOKEN = secret.token } # want "`env` token and the secret TOKEN differ in capitals only"
  approval "release" { approvers = [group.managers] }
}

# ---
# One name, also where `like` brings it: told once.
secret "token" {}
environment "test" {
  deploy  = "./deploy.sh"
  env     = { LEVEL = "1" }
  secrets = { LEVEL = secret.token } # want "`env` LEVEL and the secret LEVEL both have one name"
}
environment "production" {
  like = environment.test
  approval "release" { approvers = [group.managers] }
}
delivery {
  checks       = [check.unit]
  environments = [environment.test, environment.production]
}

# ---
check "unit" {
  run = "make"
  env = { release_version = "1" } # want "Variable that fettle sets: \"release_version\""
}

# ---
# What a shell would hand on is the other one.
policy "p" {
  targets = ["gitlab"]
  gitlab  = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}
secret "a" {}
secret "b" {}
environment "production" {
  deploy  = "./deploy.sh"
  env     = { B = "text" }
  secrets = { A = secret.a, C = secret.b } # want "In environment \"production\", secret \"b\" is the variable B of the GitLab project, and `env` B would hide it. Give that variable another name, or the secret: gitlab = { name = "
  approval "release" { approvers = [group.managers] }
}

# ---
policy "p" {
  targets = ["gitlab"]
  gitlab  = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}
secret "a" {}
secret "b" {}
environment "production" {
  deploy  = "./deploy.sh"
  secrets = { A = secret.b, B = secret.a } # want "secret \"b\" is the variable B of the GitLab project, and the secret B would hide it" # want "secret \"a\" is the variable A of the GitLab project, and the secret A would hide it"
  approval "release" { approvers = [group.managers] }
}

# ---
policy "p" {
  targets = ["gitlab"]
  gitlab  = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}
environment "production" {
  deploy = "./deploy.sh"
  env    = { vault_token = "${release.version}" }
  gitlab = { id_tokens = { VAULT_TOKEN = "https://vault.example.com" } } # want "`env` vault_token and the token VAULT_TOKEN differ in capitals only"
  approval "release" { approvers = [group.managers] }
}

# ---
# Names of secrets, by the grammar of each system.
policy "p" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
secret "github-key" {} # want "Name that a secret cannot have: On GitHub secret \"github-key\" is called \"GITHUB_KEY\": names that begin with GITHUB_ are GitHub's.* such as github = { name = \"MY_GITHUB_KEY\" }"
secret "release-key" {} # want "On GitLab secret \"release-key\" is called \"RELEASE_KEY\"" # want "On Azure secret \"release-key\" is called \"RELEASE_KEY\""
secret "secret-key" {} # want "On Azure secret \"secret-key\" is called \"SECRET_KEY\": Azure hides variables that begin with"
secret "fettle" { # want "On Jenkins secret \"fettle\" is called \"fettle\": that is the credential that pushes"
  gitlab = { name = "FETTLE_TOKEN" } # want "On GitLab secret \"fettle\" is called \"FETTLE_TOKEN\""
}
secret "key" {
  github  = { name = "deploy-key" } # want "On GitHub secret \"key\" is called \"deploy-key\": GitHub takes letters, digits and _, and no digit first. Write the name that it has there, such as github = { name = \"DEPLOY_KEY\" }"
  gitlab  = { name = "1KEY" } # want "GitLab takes letters, digits and _.* such as gitlab = { name = \"MY_1KEY\" }"
  azure   = { group = "g", name = "a key" } # want "Azure takes letters"
  jenkins = { credential = "deploy key" } # want "Jenkins takes a text without blanks.* such as jenkins = { credential = \"deploy-key\" }"
}
check "unit" {
  run     = "make"
  secrets = { A = secret.github-key, B = secret.release-key, C = secret.secret-key, D = secret.fettle, E = secret.key }
}

# ---
# A name that fettle makes of a label, and that another secret has.
secret "token" {
  github = { name = "deploy_token" }
}
secret "deploy-token" {} # want "Secret \"token\" and secret \"deploy-token\" are both the GitHub secret \"DEPLOY_TOKEN\". Give one of them another name \(github = { name = .* }\), or, where they are meant to be one, write the name in both"
check "unit" {
  run     = "make"
  secrets = { A = secret.token, B = secret.deploy-token }
}

# ---
# Two groups of Azure with a variable of one name.
policy "p" {
  targets = ["azure"]
}
secret "dev" {
  azure = { group = "DEV", name = "Password" }
}
secret "prod" { # want "Secret \"dev\" and secret \"prod\" are variables called \"password\" of two groups, and the job \"Deploy to production\" reads both groups"
  azure = { group = "PROD", name = "password" }
}
environment "production" {
  deploy  = "./deploy.sh"
  secrets = { FROM = secret.dev, TO = secret.prod }
  approval "release" { approvers = [group.managers] }
}

# ---
# GitHub takes 99 characters.
environment "production-of-the-european-subsidiary" {
  tier   = "production"
  deploy = "./deploy.sh"
  approval "everything-that-the-committee-for-changes-looks-at-before-it" { approvers = [group.managers] } # want "becomes the job \"approve-production-of-.*\", of 106 characters, and GitHub takes 99"
}
delivery {
  checks       = [check.unit]
  environments = [environment.production, environment.production-of-the-european-subsidiary]
}

# ---
# A folder of .fettle that is taken.
policy "p" {
  component = "artifact" # want "Component without a folder"
  targets   = ["github"]
}

# ---
# The root file of GitLab among generated files.
policy "p" {
  targets = ["gitlab"]
  gitlab  = { root = ".github/workflows/delivery.yml", image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" } # want "No place for a root file"
}

# ---
# The whole policy. A file of two policies.
policy "shop" {
  targets = ["github"]
}
schedule "delivery" {
  cron   = "0 3 * * *"
  checks = [check.unit]
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
-- ../nightly/policy.hcl --
policy "nightly" {
  component = "schedule"
  targets   = ["github"]
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { github = "acme/managers" }
delivery { # want "The flow schedule-delivery of policy \"shop\" and the flow delivery of policy \"nightly\" both become the file \"schedule-delivery\""
  checks       = [check.unit]
  environments = [environment.production]
}

# ---
# The whole policy. A stage of GitLab of two policies.
policy "shop" {
  targets = ["gitlab"]
  gitlab  = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { gitlab = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
-- ../release/policy.hcl --
policy "other" { # want "Policy \"shop\" and policy \"other\" both become the stage \"release\""
  component = "release"
  targets   = ["gitlab"]
  gitlab    = { image = "registry.example.com/acme/build@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}
check "unit" { run = "make" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" { gitlab = "acme/managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
