# A policy whose base a program wrote, in JSON: texts are templates, references are texts, blocks are objects by name.
policy "ledger" {
  extends = "platform"
  active  = "jenkins"
}

environment "production" {
  deploy = "./deploy.sh ${release.version}"
  agent  = agent.builder
}

delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
