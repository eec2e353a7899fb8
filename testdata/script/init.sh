# Makes a repository of each kind, lets fettle begin in it, and looks for what must be in the policy.
set -eu
kind=
begin() { # NAME BRANCH FILE…
  kind=$1 branch=$2
  shift 2
  git init --quiet --initial-branch="$branch" "$kind"
  for file in "$@"; do
    mkdir -p "$kind/$(dirname "$file")"
    : >"$kind/$file"
  done
}
commit() { git -C "$kind" add . && git -C "$kind" -c user.name=Dev -c user.email=dev@example.com commit --quiet --message First; }
has() { # TEXT…
  fettle -C "$kind" init --yes >"$kind.out"
  for text in "$@"; do
    grep -qF -e "$text" "$kind/release.hcl" "$kind.out" || { echo "$kind: no '$text' in"; cat "$kind.out" "$kind/release.hcl"; exit 1; }
  done
  fettle -C "$kind" lint 2>"$kind.lint" || { echo "$kind:"; cat "$kind.lint"; exit 1; }
  fettle -C "$kind" fmt --check
}

begin go main go.mod
git -C go remote add origin git@github.com:acme/shop.git
has 'targets  = ["github"]' 'go test ./...' 'acme/release-managers'

begin node main package.json
echo '{"scripts": {"build": "vite build", "test": "vitest"}}' >node/package.json
git -C node remote add origin https://gitlab.com/group/sub/shop.git
has 'targets  = ["gitlab"]' '["npm ci", "npm test"]' '["npm ci", "npm run build"]' 'gitlab = "group/release-managers"'

begin maven master pom.xml mvnw Jenkinsfile
commit
has 'targets  = ["jenkins"]' 'mainline = "master"' './mvnw -B verify' 'target/surefire-reports/*.xml'

begin gradle main build.gradle.kts gradlew .github/workflows/ci.yml azure-pipelines.yml
has 'targets  = ["github", "azure"]' 'active   = "github"' './gradlew test'

begin python main pyproject.toml
git -C python remote add origin https://dev.azure.com/acme/shop/_git/shop
has 'targets  = ["azure"]' '--junitxml=build/pytest.xml' '[acme]'

begin dotnet main Shop.sln scripts/deploy.sh
has 'dotnet test' './scripts/deploy.sh production ${release.version}'

begin datastage main datastage/Load.isx .gitlab-ci.yml
has 'builtin:mettleci' 'DATASTAGE_PRODUCTION' 'os       = "windows"'

begin monorepo main a/go.mod b/package.json Makefile
printf 'test:\n\ttrue\ndeploy:\n\ttrue\n' >monorepo/Makefile
has 'make test' 'make deploy ENVIRONMENT=production VERSION=${release.version}'

begin tags main go.mod
commit
for tag in v1.3.0 v1.10.0 v1.4.0 nightly; do git -C tags tag "$tag"; done
has 'release        = "v${version}"' 'version  = "semver"' 'This repository has releases (v1.10.0)' 'adopt, version 1.10.0'

begin remoteless trunk README.md
commit
has 'mainline = "trunk"' 'it has to test the commit'

begin cargo main Cargo.toml
has 'cargo test'

begin 9lives main
has 'policy "shop"'
