policy "p" {
  targets     = ["github"]
  version_run = "./version ${release.version}" # want "not known where version_run runs. Nothing of a release"
}

# ---
merge_request { checks = [check.mr] }
check "mr" { run = "echo ${release.base}" } # want "release.base is not known where a merge request runs. Known there: run.id, run.url."

# ---
environment "hotfix-dev" { deploy = "./deploy.sh ${incident}" } # want "incident is not known where environment \"hotfix-dev\" runs."
hotfix {
  mirror = environment.hotfix-dev
}

# ---
notify "chat" {
  on  = [failure, waiting]
  run = "./notify.sh ${run.failure}" # want "run.failure is not known where a notification on waiting runs."
}

# ---
build {
  run      = "make WHY=${run.failure}" # want "run.failure is not known where the build runs."
  artifact = "dist/"
}
