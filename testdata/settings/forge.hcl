# A repository on another host than its pipelines: the mainline, release branches, a hotfix line, tags.
policy "shop" {
  targets          = ["jenkins"]
  forge            = "gitea"
  release_branches = "release-*"
}
check "unit" { run = "make test" }
environment "production" {
  deploy = "./deploy.sh ${release.version}"
  approval "release" { approvers = [group.managers] }
}
group "managers" { jenkins = "managers" }
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
hotfix {
  merge_back { on_conflict = "issue" }
}
