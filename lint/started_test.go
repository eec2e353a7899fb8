package lint

import (
	"slices"
	"testing"
)

func TestStarted(t *testing.T) {
	for text, want := range map[string][]string{
		"./deploy.sh ${}":                         {"deploy.sh"},
		"A=1 B='2' ./ci/deploy.sh && sh ci/x.sh":  {"ci/deploy.sh", "ci/x.sh"},
		`.\ci\deploy.ps1 -Version "${}"`:          {"ci/deploy.ps1"},
		"pwsh -NoProfile -File ./ci/a.ps1":        {"ci/a.ps1"},
		`"./ci/a.sh" x`:                           {"ci/a.sh"},
		"if ./ci/a.sh; then ops/b.py; fi":         {"ci/a.sh", "ops/b.py"},
		"make test\n./a.sh | tee log":             {"a.sh"},
		"cd app && ./run.sh":                      nil,
		"./a.sh; cd app; ./run.sh":                {"a.sh"},
		"python -m pytest tests/a.py":             nil,
		"sh -c './a.sh'":                          nil,
		"/usr/bin/deploy.sh":                      nil,
		"../deploy.sh":                            nil,
		"~/deploy.sh":                             nil,
		"./${}/deploy.sh":                         nil,
		"$HOME/deploy.sh":                         nil,
		"kubectl apply -f k8s/deploy.yml":         nil,
		`ssh host "cd /srv && ./restart.sh"`:      nil,
		"ssh host 'true; ./restart.sh'":           nil,
		"docker run ${} ./entry.sh":               nil,
		"docker run ${IMAGE} ./entry.sh":          nil,
		"echo $(date) ./entry.sh":                 nil,
		"(./a.sh) && { ./b.sh; }":                 {"a.sh", "b.sh"},
		"# don't; ./x.sh\n./a.sh":                 {"a.sh"},
		"cat <<EOF\n./a.sh\nEOF":                  nil,
		"echo ./deploy.sh":                        nil,
		"python manage.py migrate":                {"manage.py"},
		"bash deploy":                             nil,
		"docker run -v ./a.sh:/a.sh image ./b.sh": nil,
	} {
		if got := StartedFiles(text); !slices.Equal(got, want) {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestStartsFile(t *testing.T) {
	for text, want := range map[string]bool{"cd k8s && ./apply.sh": true, "make deploy": false, `ssh host "./deploy.sh"`: false} {
		if got := StartsFile(text); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}
