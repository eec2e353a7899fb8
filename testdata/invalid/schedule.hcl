schedule "a" {
  cron   = "0 3 * *" # want "it has 4 fields"
  checks = [check.unit]
}
schedule "b" {
  cron   = "0 3 * * MON" # want "\"MON\" is no day of the week: .*0 to 6"
  checks = [check.unit]
}
schedule "c" {
  cron   = "H 3 * * *" # want "\"H\" is no minute"
  checks = [check.unit]
}
schedule "d" {
  cron   = "0 3 1 * 1" # want "leave one of them"
  checks = [check.unit]
}
schedule "e" {
  cron   = "0 3 31 2,4 *" # want "it would never run"
  checks = [check.unit]
}
schedule "f" {
  cron   = "*/4 * * * *" # want "less than 5 minutes"
  checks = [check.unit]
}
schedule "g" {
  cron   = "0,58 * * * *" # want "less than 5 minutes"
  checks = [check.unit]
}
schedule "h" {
  cron   = "0 3 * * */9" # want "is no step of the day of the week"
  checks = [check.unit]
}
schedule "i" {
  cron   = "0 7-3 * * *" # want "is no hour"
  checks = []            # want "Empty list"
}

# ---
check "smoke" {
  run = "./smoke.sh ${deployment.url}" # want "No deployment at this point"
}
check "note" {
  run = "./note.sh ${release.version}" # want "Value not known here: .*a schedule"
}
schedule "nightly" {
  cron   = "0 3 * * *"
  checks = [check.smoke, check.note]
}
