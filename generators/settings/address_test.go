package settings_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/settings"
)

// hostNamed is a host by its name.
func hostNamed(t *testing.T, name string) *settings.Host {
	t.Helper()
	if name == "gitea" {
		return forgeList(t, name).Host
	}
	return settings.Lists([]*flow.Plan{compiled(t, root+"/testdata/settings/policy.hcl")}, []string{name})[0].Host
}

// An address says the path of the repository, and never where a token goes: what
// lies on another host than the one that is asked says nothing.
func TestLocate(t *testing.T) {
	for _, c := range []struct{ host, base, address, want string }{
		{"github", "https://api.github.com", "https://github.com/acme/shop.git", "GITHUB_REPOSITORY=acme/shop"},
		{"github", "https://api.github.com", "https://ann:secret@github.com/acme/shop", "GITHUB_REPOSITORY=acme/shop"},
		{"github", "https://api.github.com", "git@github.com:acme/shop.git", "GITHUB_REPOSITORY=acme/shop"},
		{"github", "https://api.github.com", "ssh://git@github.com:22/acme/shop.git", "GITHUB_REPOSITORY=acme/shop"},
		{"github", "https://api.github.com", "acme/shop", "GITHUB_REPOSITORY=acme/shop"},
		{"github", "https://git.acme.com/api/v3", "git@git.acme.com:acme/shop.git", "GITHUB_REPOSITORY=acme/shop"},
		{"github", "https://git.acme.com/api/v3", "git@github.com:acme/shop.git", ""},
		{"github", "https://api.github.com", "https://gitlab.com/acme/shop.git", ""},
		{"github", "https://api.github.com", "https://github.com.evil.example/acme/shop.git", ""},
		{"github", "https://api.github.com", "https://evil.example/github.com/acme/shop.git", ""},
		{"github", "https://api.github.com", "/srv/git/shop.git", ""},
		{"github", "https://api.github.com", "../shop.git", ""},
		{"github", "https://api.github.com", "file:///srv/git/shop.git", ""},
		{"github", "https://api.github.com", "https://github.com/shop", ""},
		{"github", "https://api.github.com", "https://github.com/acme/../../user", ""},
		{"github", "https://api.github.com", "https://github.com/acme/shop%3Fpage=2", ""},
		{"github", "https://api.github.com", "git@github.com:acme/{app}", ""},
		{"github", "https://api.github.com", "", ""},
		{"gitlab", "https://gitlab.com/api/v4", "git@gitlab.com:acme/group/shop.git", "CI_PROJECT_PATH=acme/group/shop"},
		{"gitlab", "https://acme.com/gitlab/api/v4", "https://acme.com/gitlab/group/shop.git", "CI_PROJECT_PATH=group/shop"},
		{"gitea", "https://git.acme.com/", "ssh://git@git.acme.com:2222/acme/shop.git", "GITEA_REPOSITORY=acme/shop"},
		{"gitea", "https://acme.com/git/", "https://acme.com/git/acme/shop", "GITEA_REPOSITORY=acme/shop"},
		{"gitea", "", "https://git.acme.com/acme/shop", ""},
		{"azure", "", "https://dev.azure.com/acme/Shop/_git/web", "BUILD_REPOSITORY_NAME=web SYSTEM_COLLECTIONURI=https://dev.azure.com/acme SYSTEM_TEAMPROJECT=Shop"},
		{"azure", "", "https://acme@dev.azure.com/acme/Our%20Shop/_git/web", "BUILD_REPOSITORY_NAME=web SYSTEM_COLLECTIONURI=https://dev.azure.com/acme SYSTEM_TEAMPROJECT=Our Shop"},
		{"azure", "", "https://dev.azure.com/acme/_git/shop", "BUILD_REPOSITORY_NAME=shop SYSTEM_COLLECTIONURI=https://dev.azure.com/acme SYSTEM_TEAMPROJECT=shop"},
		{"azure", "", "git@ssh.dev.azure.com:v3/acme/Shop/web", "BUILD_REPOSITORY_NAME=web SYSTEM_COLLECTIONURI=https://dev.azure.com/acme SYSTEM_TEAMPROJECT=Shop"},
		{"azure", "", "https://acme.visualstudio.com/DefaultCollection/Shop/_git/web", "BUILD_REPOSITORY_NAME=web SYSTEM_COLLECTIONURI=https://dev.azure.com/acme SYSTEM_TEAMPROJECT=Shop"},
		{"azure", "https://dev.azure.com/acme/", "Shop/web", "BUILD_REPOSITORY_NAME=web SYSTEM_TEAMPROJECT=Shop"},
		{"azure", "https://dev.azure.com/other", "https://dev.azure.com/acme/Shop/_git/web", ""},
		{"azure", "", "https://github.com/acme/shop", ""},
		{"azure", "", "https://dev.azure.com/acme/Shop", ""},
		{"jenkins", "https://ci.acme.com", "https://github.com/acme/shop", ""},
	} {
		values, why := hostNamed(t, c.host).Locate(c.address, c.base)
		var got []string
		for _, k := range slices.Sorted(maps.Keys(values)) {
			got = append(got, k+"="+values[k])
		}
		if strings.Join(got, " ") != c.want || (why == "") != (c.want != "") || strings.Contains(why, "secret") {
			t.Errorf("%s at %q, %q: %q (%s), want %q", c.host, c.base, c.address, got, why, c.want)
		}
	}
}
