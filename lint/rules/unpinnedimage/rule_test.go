package unpinnedimage

import (
	"testing"

	"github.com/fettle-ci/fettle/internal/test/linttest"
)

func TestExamples(t *testing.T) { linttest.Examples(t, Rule) }

func TestUntagged(t *testing.T) {
	for image, want := range map[string]string{
		"debian": "debian", "debian:12": "debian",
		"registry.example.com:5000/acme/build": "registry.example.com:5000/acme/build", "registry.example.com:5000/acme/build:2": "registry.example.com:5000/acme/build",
	} {
		if got := withoutTag(image); got != want {
			t.Errorf("%s is %s without its tag", image, got)
		}
	}
}
