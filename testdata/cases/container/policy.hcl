# The jobs of an agent run in one image, pinned by its digest, on every system; what only git is asked for runs on the machine.
policy "container" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
agent "toolchain" {
  container = "registry.example.com/acme/toolchain:1.4@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  gitlab    = { tags = ["docker"] }
  azure     = { pool = "Linux", demands = ["docker"] }
  jenkins   = { label = "docker" }
}
build {
  run      = "make dist"
  artifact = "dist/"
  agent    = agent.toolchain
}
check "unit" {
  run    = "make test"
  report = "report.xml"
  agent  = agent.toolchain
}
check "style" {
  run      = "make style"
  required = false
  agent    = agent.toolchain
}
environment "production" {
  deploy = "./deploy.sh ${release.version}"
  agent  = agent.toolchain
  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.unit, check.style]
  environments = [environment.production]
}
