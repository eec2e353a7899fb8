set -eu
kept=$E2E_STATE/artifacts/$GITHUB_RUN_ID/$NAME
rm -rf "$kept"
mkdir -p "$kept"
printf '%s\n' "$FILES" | while read -r pattern; do
  # shellcheck disable=SC2086 # a pattern finds several
  for file in $pattern; do
    if [ -d "$file" ]; then cp -R "$file/." "$kept"; elif [ -e "$file" ]; then cp "$file" "$kept"; fi
  done
done
if [ -z "$(ls -A "$kept")" ]; then
  rm -r "$kept"
  [ "$MISSING" != error ] || { echo "no files were found: $FILES" >&2; exit 1; }
fi
