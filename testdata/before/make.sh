#!/bin/sh
# make.sh FETTLE SCENARIOS >repository.stream: a repository as fettle left it before tags named their entries of the ledger: two deliveries, a hotfix
# of the second and its merge-back, with the generated files of all targets. FETTLE is the program and SCENARIOS the folder testdata/scenarios, both of
# the commit 1287e7e. Twice the same: dates and names are fixed.
set -eu
fettle=$1 scenarios=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/bin"
printf 0 >"$dir/clock"
cat >"$dir/bin/date" <<'DATE'
#!/bin/sh
exec /bin/date -u -d "@$((1772323200 + 60 * $(cat "$CLOCK")))" "$@"
DATE
chmod +x "$dir/bin/date"
export PATH="$dir/bin:$PATH" CLOCK="$dir/clock" HOME="$dir" GIT_CONFIG_NOSYSTEM=1 TZ=UTC
export GIT_AUTHOR_NAME=Dev GIT_AUTHOR_EMAIL=dev@example.com GIT_COMMITTER_NAME=Dev GIT_COMMITTER_EMAIL=dev@example.com

tick() {
  printf '%s' "$(($(cat "$CLOCK") + 1))" >"$CLOCK.next"
  mv "$CLOCK.next" "$CLOCK"
  GIT_AUTHOR_DATE=$(date +%s)' +0000' GIT_COMMITTER_DATE=$(date +%s)' +0000'
  export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
}

# op FLOW RUN OPERATION…: a step of a pipeline, with the script of the mainline, as on GitHub.
op() {
  flow=$1 run=$2
  shift 2
  tick
  git show origin/main:.fettle/release.sh >"$dir/release.sh"
  : >"$dir/step"
  # shellcheck disable=SC2046 # outputs hold no blanks
  env $(awk -F= '{ print "RELEASE_" toupper($1) "=" substr($0, length($1) + 2) }' "$dir/outputs") \
    RELEASE_TARGET=github RELEASE_FLOW="$flow" RELEASE_RUN_ID="9$run" RELEASE_RUN_NUMBER="$run" RELEASE_ACTOR=dev RELEASE_OUTPUT="$dir/step" \
    RELEASE_REF="$(git branch --show-current)" sh "$dir/release.sh" "$@" >&2
  cat "$dir/step" >>"$dir/outputs"
}

# release FLOW RUN: from the push to production.
release() {
  : >"$dir/outputs"
  op "$1" "$2" identify "$1"
  op "$1" "$2" candidate unit
  for operation in begin deployed passed; do op "$1" "$2" "$operation" production; done
}

commit() {
  tick
  git add --all
  git commit --quiet -m "$@"
  git push --quiet origin HEAD
  git fetch --quiet
}

git init --quiet --bare --initial-branch=main "$dir/remote.git"
git init --quiet --initial-branch=main "$dir/work"
cd "$dir/work"
git remote add origin "$dir/remote.git"
sed 's/"TARGET"/"github", "gitlab", "azure", "jenkins"/; s/  forge   = "FORGE"/  active  = "github"\n  forge   = "none"\n  version = "sequence"/' "$scenarios/policy/shop.hcl" >release.hcl
"$fettle" generate >&2
cp "$scenarios"/shop/* .
printf 'reports/\nrelease.env\n.gitlab-ci-local/\ndist/\n' >.gitignore
printf 'First\n' >first.txt
commit First
release delivery 40
printf 'Second\n' >second.txt
commit Second
release delivery 41
git fetch --quiet
git checkout --quiet -b hotfix/41 origin/hotfix/41
printf 'Repair it\n' >repair-it.txt
commit 'Repair it' -m 'Incident: INC1'
release hotfix 42
op hotfix 42 merge-back
git fetch --quiet
git checkout --quiet main
tick
git merge --quiet --no-ff -m 'Merge hotfix 41.1' origin/merge-back/41.1
git push --quiet origin main
git -C "$dir/remote.git" fast-export --all --signed-tags=strip
