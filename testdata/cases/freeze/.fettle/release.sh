# …
# Freezes, a window a line: name, first second, first second after it, what delivery, hotfix and redeploy may do, its end, environments.
FREEZES='year-end 1797634800 1798441200 block approve allow 2026-12-28T08:00+01:00 production
year-end 1798455600 1799103600 block approve allow 2027-01-05T00:00+01:00 production'
# …
# guard_freeze ENV: nothing, a version with a second approval, or everything may go. The approval is asked beside the others, by a
# pipeline of its own, so the early look only says so.
guard_freeze() {
  freeze_line=$(frozen "$1") || broken
  # shellcheck disable=SC2086 # the fields of the line are what is wanted
  set -- "$1" $freeze_line
  [ $# -gt 1 ] || return 0
  case $flow in delivery) freeze_may=$3 ;; hotfix) freeze_may=$4 ;; *) freeze_may=$5 ;; esac
  [ "$freeze_may" != allow ] || return 0
  [ "$freeze_may" = approve ] ||
    refuse "$1 is frozen until $6 ($2)." "the policy lets no $flow through while it lasts." "Run this job again afterwards."
  freeze_by=$(sed -n "s/^exception $1 $2 $version $commit $(entry_of "$1") //p" "$scratch/state") || broken
  if [ -n "$freeze_by" ]; then
    freeze_twice=$(approvers | grep -xF -e "$freeze_by" | head -n 1) || broken
    [ -z "$freeze_twice" ] ||
      refuse "$freeze_twice approved $version, and the exception for it too." "a second approval is one by somebody else." "Let somebody else give one of them."
  elif [ -n "${GUARD_EARLY:-}" ]; then
    say "$1 is frozen until $6 ($2): $version needs a second approval. Start the pipeline exception for it."
    summary "- **$1 is frozen** until $6 ($2): start the pipeline *exception* with the version $version"
  else
    refuse "$1 is frozen until $6 ($2), and there is no exception for $version on top of $(environment_value "$1" version)." "in a freeze a second approval lets a version through." "Start the pipeline exception with the version $version; when it is approved, run this job again."
  fi
}

# …
