package settings_test

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/settings"
)

const token = "s3cr3t-t0k3n"

// environments are where the fakes are, in the variables of each host.
var environments = map[string][]string{
	"github":  {"GITHUB_API_URL=@", "GITHUB_TOKEN=" + token, "GITHUB_REPOSITORY=acme/shop", "FETTLE_APP=acme-release"},
	"gitlab":  {"CI_API_V4_URL=@", "GITLAB_TOKEN=" + token, "CI_PROJECT_PATH=acme/shop"},
	"azure":   {"SYSTEM_COLLECTIONURI=@/", "AZURE_DEVOPS_EXT_PAT=" + token, "SYSTEM_TEAMPROJECT=Acme", "BUILD_REPOSITORY_NAME=shop"},
	"jenkins": {"JENKINS_URL=@", "JENKINS_USER_ID=ann", "JENKINS_API_TOKEN=" + token},
}

func listOf(t *testing.T, target string) settings.List {
	t.Helper()
	return settings.Lists([]*flow.Plan{compiled(t, root+"/testdata/settings/policy.hcl")}, []string{target})[0]
}

// execute runs a script against a fake.
func execute(t *testing.T, target string, f *fake, script []byte) (string, error) {
	t.Helper()
	for _, tool := range []string{"curl", "jq"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("without " + tool)
		}
	}
	cmd := exec.Command("sh", "-s")
	cmd.Stdin = bytes.NewReader(script)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + t.TempDir()}
	for _, e := range environments[target] {
		cmd.Env = append(cmd.Env, strings.Replace(e, "@", f.URL, 1))
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// Each host gets exactly the calls that stand in its file, and none the second
// time; then the comparison finds it as the script left it.
func TestScript(t *testing.T) {
	for _, target := range []string{"github", "gitlab", "azure"} {
		t.Run(target, func(t *testing.T) {
			f := newFake(t, target)
			list := listOf(t, target)
			script := settings.Script(list)
			golden(t, target+".sh", script)
			out, err := execute(t, target, f, script)
			golden(t, target+".calls", []byte(strings.Join(f.writes, "\n")+"\n"))
			golden(t, target+".out", []byte(out))
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			f.writes = nil
			if out, err = execute(t, target, f, script); err != nil || len(f.writes) > 0 {
				t.Errorf("the second time changes nothing: %v %q\n%s", err, f.writes, out)
			}
			if strings.Contains(out, token) {
				t.Error("the token is told")
			}
			for _, x := range settings.Verify(context.Background(), list, client(target, f)) {
				if x.Outcome != settings.AsItMustBe && x.Setting.Read != "" {
					t.Errorf("%s: %s: %s %s, must be %s", x.Setting.ID, x.Outcome, x.Reason, x.Is, x.Must)
				}
			}
		})
	}
}

func client(target string, f *fake) *settings.Client {
	c := &settings.Client{Doer: &http.Client{Timeout: 5 * time.Second}, Base: f.URL, Token: token, Known: map[string]string{"repository": "acme/shop", "app": "acme-release", "project": "acme/shop"}}
	if target == "azure" {
		c.Known = map[string]string{"project": "Acme", "repository": "shop"}
	}
	return c
}

// Whatever goes wrong is never taken for fine, and never tells the token.
func TestNothingIsTakenForFine(t *testing.T) {
	for _, target := range []string{"github", "gitlab", "azure", "jenkins"} {
		for _, status := range []int{203, 302, 401, 403, 404, 429, 500} {
			server := serveStatus(t, status, "{}")
			for _, x := range settings.Verify(context.Background(), listOf(t, target), client(target, server)) {
				if x.Outcome != settings.NotKnown || x.Reason == "" || strings.Contains(x.Reason, token) {
					t.Errorf("%s, %d: %s is %s: %s", target, status, x.Setting.ID, x.Outcome, x.Reason)
				}
			}
		}
		for _, body := range []string{"", "<html>", "[1]", "null", `"x"`, "{"} {
			for _, x := range settings.Verify(context.Background(), listOf(t, target), client(target, serveStatus(t, 200, body))) {
				if x.Outcome == settings.AsItMustBe {
					t.Errorf("%s, %q: %s is %s", target, body, x.Setting.ID, x.Outcome)
				}
			}
		}
	}
}

func serveStatus(t *testing.T, status int, body string) *fake {
	f := newFake(t, "none")
	f.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	})
	return f
}

// A host that does not answer in time is said, without its address.
func TestTimeout(t *testing.T) {
	f := newFake(t, "none")
	ctx, cancel := context.WithTimeout(context.Background(), -time.Second)
	defer cancel()
	for _, x := range settings.Verify(ctx, listOf(t, "github"), client("github", f)) {
		if x.Outcome != settings.NotKnown || strings.Contains(x.Reason, f.URL) {
			t.Errorf("%s: %s %s", x.Setting.ID, x.Outcome, x.Reason)
		}
	}
}

// One setting that differs is found, and what is missing is told from what is hidden.
func TestVerifyDiffers(t *testing.T) {
	f := newFake(t, "github")
	outcomes := map[string]settings.Outcome{}
	for _, x := range settings.Verify(context.Background(), listOf(t, "github"), client("github", f)) {
		outcomes[x.Setting.ID] = x.Outcome
	}
	for id, want := range map[string]settings.Outcome{
		"app/permissions": settings.AsItMustBe, "merge-commits": settings.Missing, "environment/production": settings.Missing, "ruleset/fettle: mainline": settings.Missing,
	} {
		if outcomes[id] != want {
			t.Errorf("%s: %s, want %s", id, outcomes[id], want)
		}
	}
	f.answers["/repos/acme/shop"].(map[string]any)["permissions"] = map[string]any{"admin": false}
	for _, x := range settings.Verify(context.Background(), listOf(t, "github"), client("github", f)) {
		if x.Setting.ID == "environment/production" && x.Outcome != settings.NotKnown {
			t.Errorf("hidden or missing is %s", x.Outcome)
		}
	}
}

// Every script of every case is one that shellcheck has nothing to say of,
// whatever the names in it.
func TestShellcheckOfScripts(t *testing.T) {
	tool, err := exec.LookPath("shellcheck")
	if err != nil {
		t.Skip("without shellcheck")
	}
	dir := t.TempDir()
	src, err := os.ReadFile(root + "/testdata/settings/policy.hcl")
	if err != nil {
		t.Fatal(err)
	}
	hostile := strings.NewReplacer(`"acme/managers"`, `"acme/ma'n$(touch x)\"\\(1)`+"`"+`{a}"`, `"[Acme]\\Managers"`, `"'; rm -rf / #"`).Replace(string(src))
	plans := map[string]*flow.Plan{"hostile": planOf(t, hostile, dir)}
	for name, path := range policies {
		plans[name] = compiled(t, path)
	}
	var files []string
	for name, p := range plans {
		for _, l := range settings.Lists([]*flow.Plan{p}, nil) {
			file := filepath.Join(dir, name+"-"+l.Host.Target+".sh")
			if err := os.WriteFile(file, settings.Script(l), 0o644); err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
	}
	slices.Sort(files)
	if out, err := exec.Command(tool, files...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
