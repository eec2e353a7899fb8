# …
IRREVERSIBLE='migrations/**
**/*.sql' # globs, one a line: what changes there stays changed

# …
# guard_irreversible: what runs, or may run since it began, changed something that putting an older version back does not undo.
guard_irreversible() {
  { environment_value "$1" commit || broken; intents "$1" | cut -d' ' -f2 || broken; } >"$scratch/there"
  : >"$scratch/irreversible"
  while read -r irreversible_commit <&9; do
    irreversible_files "$commit" "$irreversible_commit" >>"$scratch/irreversible" || exit
  done 9<"$scratch/there"
  [ -s "$scratch/irreversible" ] || return 0
  irreversible_now=$(environment_value "$1" version) || broken
  irreversible_next="Repair it going forward: a hotfix on $(line_of "$irreversible_now"), or a delivery with the incident."
  [ -z "$(intents "$1")" ] || irreversible_next="Retry what began, or deploy what contains it. If a person looked and it changed nothing: pipeline Correction, decision settle."
  refuse "between $version and what is in $1 there are changes that cannot be taken back:
# …
# irreversible_files FROM TO: what the commits between touched of what the policy calls irreversible, also where a later one undid it.
irreversible_files() (
  set -f
  IFS='
# …
