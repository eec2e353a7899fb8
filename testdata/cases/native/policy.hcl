# Native steps and keys, as they are: before the commands of a build or a check, after a deployment that was recorded.
policy "native" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
check "unit" {
  run = "make test"
  native "github" {
    steps = <<-EOT
      - uses: actions/setup-go@4b73464bb391d4059bd26b0524d20df3927bd417 # v6.3.0
        with:
          go-version-file: go.mod
      - run: |
          echo "$${{ runner.os }}"
    EOT
    keys  = "services: { db: { image: \"postgres:17\" } }"
  }
  native "gitlab" {
    steps = "- apt-get install --yes make"
    keys  = <<-EOT
      cache:
        key: go
        paths: [.cache/]
    EOT
  }
  native "azure" {
    steps = "- task: GoTool@0\n  inputs:\n    version: \"1.26\""
    keys  = "workspace: { clean: outputs }"
  }
  native "jenkins" {
    steps = "tool name: 'go-1.26', type: 'go'\nscript {\n    echo \"$${BRANCH_NAME}\"\n}"
  }
}
environment "production" {
  deploy = "./deploy.sh ${release.version}"
  native "github" { steps = "- name: Tell the board\n  uses: ./.github/actions/board" }
  native "azure" { steps = "- bash: ./board.sh" }
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
