check "unit" { run = script("ci/tset.sh") } # want "Script that is not there: There is no file \"ci/tset.sh\""
check "lint" { run = script() } # want "Script not named"
check "types" { run = ["make types", script("/ci/test.sh")] } # want "Path outside the repository"
check "style" { run = script("ci/my test.sh") } # want "Path that has to be quoted|blanks|letters"
check "smoke" { script = "ci/test.sh" } # want "Script written as an attribute: .*run = script"
check "load" { run = "${script("ci/test.sh")} --quick" } # want "Script where no command stands"
check "late" { run = script("ci/${release.version}.sh") } # want "Value known only later"
-- ci/test.sh --
make test

# ---
# Scripts that a working tree does not have, and what nobody can know.
policy "p" {
  targets     = ["github"]
  version_run = "ci/version.sh" # want "A command of version_run starts ci/version.sh, and there is no such file"
}
build {
  run      = ["./ci/biuld.sh", "make tools", "./gradlew build"] # want "A command of build starts ci/biuld.sh"
  artifact = "dist/"
  store {
    put = "./ci/put.sh"
    get = "./ci/get.sh" # want "A command of build starts ci/get.sh"
  }
}
check "unit" {
  run = ["make test", "cd app && ./run.sh", "curl -so get.sh https://example.com", "sh get.sh", "vendor/tool/run.sh", "make app", "./app"]
}
environment "staging" {
  deploy = ["./dist/install.sh", "sh ci/deploy.sh ${release.version}", "sh -c './nothing.sh'"]
  after  = ["bash ./ci/after.sh"] # want "A command of environment \"staging\" starts ci/after.sh"
}
environment "production" {
  like = environment.staging

  approval "release" {
    approvers = [group.managers]
  }
}
delivery {
  checks       = [check.unit]
  environments = [environment.staging, environment.production]
}
notify "chat" {
  on  = [failure]
  run = "./ci/tell.sh" # want "A command of notify \"chat\" starts ci/tell.sh"
}
-- .git --
-- .gitmodules --
[submodule "tool"]
	path = vendor/tool
	url = ../tool
-- ci/put.sh --
-- ci/deploy.sh --
