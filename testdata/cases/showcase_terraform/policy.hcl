# Terraform over several accounts: the same code, account by account, the state of each behind its own lock.
policy "landing_zone" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}

variable "region" {
  type        = string
  default     = "eu-central-1"
  description = "Where the accounts live."

  validation {
    condition = startswith(var.region, "eu-")
    message   = "The data of the accounts stays in Europe."
  }
}

locals {
  accounts = { sandbox = "111111111111", shared = "222222222222", production = "333333333333" }
  terraform = {
    init  = "terraform init -input=false -backend-config=accounts/${deployment.environment}.tfbackend"
    apply = "terraform apply -input=false -auto-approve -var account=${deployment.values.account} -var region=${var.region}"
    plan  = "terraform plan -input=false -detailed-exitcode -var account=${deployment.values.account} -var region=${var.region}"
  }
}

agent "terraform" {
  os        = "linux"
  container = "hashicorp/terraform:1.14@sha256:94dc3ea57721d541aae09b7bf2368c1e20d4c89996ff6df4349d86048877c0e7"
}

group "platform" {
  github  = "acme/platform"
  gitlab  = "acme/platform"
  azure   = "[Acme]\\Platform"
  jenkins = "platform"
}

check "validate" {
  run   = ["terraform fmt -check -recursive", "terraform init -input=false -backend=false", "terraform validate"]
  agent = agent.terraform
}

check "no_drift" {
  run = [local.terraform.init, local.terraform.plan]
}

environment "sandbox" {
  tier   = "development"
  values = { account = local.accounts.sandbox }
  deploy = [local.terraform.init, local.terraform.apply]
  verify = [check.no_drift]
  agent  = agent.terraform
}

environment "shared" {
  like   = environment.sandbox
  tier   = "staging"
  values = { account = local.accounts.shared }
}

environment "production" {
  like   = environment.sandbox
  values = { account = local.accounts.production }

  approval "change" {
    approvers = [group.platform]
  }
}

delivery {
  checks       = [check.validate]
  environments = [environment.sandbox, environment.shared, environment.production]
}

hotfix {}

redeploy {}
