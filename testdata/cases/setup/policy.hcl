# A login before a deployment: by a command on every system, and by each system's own steps. It comes after the approval and before the
# guards; one that fails has begun nothing, and nothing of it sees the token that pushes.
policy "setup" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
agent "desk" {
  os      = "windows"
  github  = { runs_on = ["self-hosted", "Windows"] }
  gitlab  = { tags = ["windows"] }
  azure   = { pool = "Windows" }
  jenkins = { label = "windows" }
}
check "capacity" { run = "./capacity.sh" }
environment "production" {
  setup    = ["./login.sh ${deployment.environment}", "./tool.sh"]
  deploy   = "./deploy.sh ${release.version}"
  requires = [check.capacity]
  github   = { id_token = true }

  native "github" {
    steps = "- run: ./board.sh"
    setup = <<-EOT
      - uses: aws-actions/configure-aws-credentials@7474bc4690e29a8392af63c5b98e7449536d5c3a # v4.3.1
        with:
          role-to-assume: arn:aws:iam::123456789012:role/deploy
          aws-region: eu-central-1
    EOT
  }

  native "gitlab" {
    steps = "- ./board.sh"
    setup = "- . ./ci/login.sh"
  }

  native "azure" { setup = "- task: HelmInstaller@1" }

  native "jenkins" { setup = "tool name: 'helm-4', type: 'com.cloudbees.jenkins.plugins.customtools.CustomTool'" }

  approval "release" { approvers = [group.managers] }
}
environment "kiosk" {
  setup  = "./Connect-Kiosk.ps1"
  deploy = "./Deploy-Kiosk.ps1 ${release.version}"
  agent  = agent.desk

  native "gitlab" { setup = "- ./Login.ps1" }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
committer {
  name   = "Release"
  email  = "release@example.com"
  signed = true
}
delivery {
  environments = [environment.kiosk, environment.production]
}
redeploy {
  environments = [environment.production]
}
