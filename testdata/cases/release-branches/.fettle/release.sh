# …
RELEASE_BRANCH_PREFIX=release/ RELEASE_BRANCH_SUFFIX=''
# …
# delivered_from: on most systems a person may start a pipeline on any branch.
delivered_from() {
  is_release_branch "$ref" || refuse "'${ref:-${full_ref:-nothing}}' is no release branch." "deliveries come from $RELEASE_BRANCH_PREFIX*$RELEASE_BRANCH_SUFFIX, where releases are prepared." "Start it on a release branch."
}

# …
# merge_back_targets VERSION: "ID BRANCH" of everything that a hotfix is merged back to: the mainline, and the lines of what
# other production environments run, and every open release branch.
merge_back_targets() {
  printf 'mainline %s\n' "$MAINLINE"
  for targets_environment in $PRODUCTION; do
    targets_version=$(environment_value "$targets_environment" version)
    case $targets_version in '' | "$1") continue ;; esac
    printf '%s %s\n' "$targets_version" "$(line_of "$targets_version")"
  done | awk '!seen[$0]++'
  release_branches | while read -r targets_branch; do printf '%s %s\n' "$(printf '%s' "$targets_branch" | tr / -)" "$targets_branch"; done
}

# …
