check "unit" { run = script("ci/tset.sh") } # want "Script that is not there: There is no file \"ci/tset.sh\""
check "lint" { run = script() } # want "Script not named"
check "types" { run = ["make types", script("/ci/test.sh")] } # want "Path outside the repository"
check "style" { run = script("ci/my test.sh") } # want "Path that has to be quoted|blanks|letters"
check "smoke" { script = "ci/test.sh" } # want "Script written as an attribute: .*run = script"
check "load" { run = "${script("ci/test.sh")} --quick" } # want "Script where no command stands"
check "late" { run = script("ci/${release.version}.sh") } # want "Value known only later"
-- ci/test.sh --
make test
