# A Windows agent: commands in cmd, PowerShell and pwsh, one a step.
policy "windows" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "jenkins"
}
agent "build" {
  os      = "windows"
  github  = { runs_on = ["self-hosted", "Windows"] }
  gitlab  = { tags = ["windows"] }
  azure   = { pool = "Windows" }
  jenkins = { label = "windows" }
}
check "unit" {
  run   = ["call restore.cmd", "test.cmd /v %CD% ${release.version}"]
  agent = agent.build
  shell = "cmd"
}
environment "production" {
  deploy = ".\\deploy.ps1 -Version \"${release.version}\""
  after  = ["Write-Host 'done'", ".\\tell.ps1"]
  agent  = agent.build
  shell  = "powershell"

  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
