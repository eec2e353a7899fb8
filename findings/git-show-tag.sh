#!/bin/sh
# Tool: git 2.39.5
# Behaviour: git show -s --format=%H of an annotated tag prints the tag, its author and its message before the formatted line; of a lightweight
#   tag or a branch the line alone. git log -1 --format=%H prints the line for all.
# Expected: -s and a format give the formatted line.
# Matters: a script that reads a commit or its date so works until somebody makes the tag with -a, or signs it; the value then has several lines, which
#   end in an output file of the pipeline.
# Seen:
#   git show -s --format=%s light       base
#   git show -s --format=%s annotated   tag annotated / Tagger: A <a@example.com> / (empty) / why / base
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

# Nothing of the person who runs this is read: no identity, no settings.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com
git --version

git init -q -b main repository
cd repository
git commit -q --allow-empty -m base
git tag light
git tag -a -m why annotated

for tag in light annotated; do
  echo "$tag:"
  git show -s --format=%s $tag
done
[ "$(git show -s --format=%s light)" = base ] || changed "a lightweight tag has more"
[ "$(git show -s --format=%s annotated | head -1)" = "tag annotated" ] || changed "an annotated tag has the line alone"
[ "$(git log -1 --format=%s annotated)" = base ] || changed "git log prints more"

echo "as described"
