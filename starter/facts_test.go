package starter

import "testing"

// Tags of releases say the pattern and how versions are counted; others do not.
func TestReleases(t *testing.T) {
	for _, tt := range []struct {
		tags                    []string
		pattern, scheme, newest string
	}{
		{[]string{"v1.3.0", "v1.10.0", "v1.4.0", "nightly"}, "v${version}", "semver", "v1.10.0"},
		{[]string{"1.0.0"}, "${version}", "semver", "1.0.0"},
		{[]string{"release-9", "release-10", "v1.0.0"}, "release-${version}", "sequence", "release-10"},
		{[]string{"release/43", "v1.0"}, "release/${version}", "sequence", "release/43"},
		{[]string{"nightly", "2026-11-30", "v1.0"}, "", "", ""},
		{nil, "", "", ""},
	} {
		got := releases(tt.tags)
		if got == nil {
			got = &Releases{}
		}
		if *got != (Releases{tt.pattern, tt.scheme, tt.newest}) {
			t.Errorf("%q: %+v", tt.tags, *got)
		}
	}
}

// The address of a remote says the host, and whose the repository is.
func TestRemote(t *testing.T) {
	for remote, want := range map[string][2]string{
		"git@github.com:corp/shop.git":             {"github.com", "corp"},
		"https://gitlab.example.com/corp/sub/shop": {"gitlab.example.com", "corp"},
		"ssh://git@git.example.com:2222/corp/shop": {"git.example.com", "corp"},
		"git@ssh.dev.azure.com:v3/corp/shop/shop":  {"ssh.dev.azure.com", "corp"},
		"https://corp@dev.azure.com/corp/p/_git/r": {"dev.azure.com", "corp"},
		"../shop":       {"", "acme"},
		"/srv/git/shop": {"", "acme"},
		"":              {"", "acme"},
	} {
		if got := [2]string{host(remote), owner(remote)}; got != want {
			t.Errorf("%q: %q and not %q", remote, got, want)
		}
	}
}
