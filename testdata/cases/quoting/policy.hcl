# Text that some CI system would take for its own arrives at the shell as it was written.
policy "quoting" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
check "unit" {
  run = [
    "echo '$${{ github.token }}' \"$$\" 'it'\\''s' \\\\ $${HOME} %%{x}",
    "echo \"$(date)\" '$[ x ]' '##[group]' \"grün ✓\" ': # - %'",
    <<-EOT
      if [ -n "$${CI:-}" ]; then
        printf '%s\n' "two lines: ${release.version}"
      fi
    EOT
    ,
  ]
}
environment "production" {
  deploy = "./deploy.sh"
  env    = { TEXT = "a: 'b' \"c\" $d $$e $${{ g }} \\ ü" }
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
