set -eu
kept=$E2E_STATE/artifacts/$GITHUB_RUN_ID/$NAME
rm -rf "$kept"
mkdir -p "$kept"
printf '%s\n' "$FILES" | while read -r pattern; do
  # shellcheck disable=SC2086 # a pattern finds several
  for file in $pattern; do
    case /$file in */.*) [ "$HIDDEN" = true ] || continue ;; esac
    if [ -d "$file" ]; then cp -RL "$file/." "$kept" || :; elif [ -e "$file" ]; then cp -L "$file" "$kept"; fi
  done
done
# The true action follows links, and keeps neither modes nor empty folders.
[ "$HIDDEN" = true ] || find "$kept" -mindepth 1 -name '.*' -prune -exec rm -rf {} +
find "$kept" -type f -exec chmod 644 {} +
find "$kept" -mindepth 1 -type d -empty -delete
if [ -z "$(ls -A "$kept")" ]; then
  rm -r "$kept"
  [ "$MISSING" != error ] || { echo "no files were found: $FILES" >&2; exit 1; }
fi
