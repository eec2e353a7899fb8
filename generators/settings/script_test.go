package settings_test

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
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
	"github":       {"GITHUB_API_URL=@", "GITHUB_TOKEN=" + token, "GITHUB_REPOSITORY=acme/shop", "FETTLE_APP=acme-release"},
	"gitlab":       {"CI_API_V4_URL=@", "GITLAB_TOKEN=" + token, "CI_PROJECT_PATH=acme/shop"},
	"azure":        {"SYSTEM_COLLECTIONURI=@/", "AZURE_DEVOPS_EXT_PAT=" + token, "SYSTEM_TEAMPROJECT=Acme", "BUILD_REPOSITORY_NAME=shop"},
	"gitea":        {"GITEA_SERVER_URL=@", "GITEA_SERVER_TOKEN=" + token, "GITEA_REPOSITORY=acme/shop", "FETTLE_USER=release-bot"},
	"forge-github": {"GITHUB_API_URL=@", "GITHUB_TOKEN=" + token, "GITHUB_REPOSITORY=acme/shop", "FETTLE_ORGANISATION=acme", "FETTLE_TEAM=pipelines"},
	"forge-gitlab": {"CI_API_V4_URL=@", "GITLAB_TOKEN=" + token, "CI_PROJECT_PATH=acme/shop"},
	"jenkins":      {"JENKINS_URL=@", "JENKINS_USER_ID=ann", "JENKINS_API_TOKEN=" + token},
}

// listOf is the list of a host: a CI system's, or that of a repository whose
// pipelines run on Jenkins.
func listOf(t *testing.T, host string) settings.List {
	t.Helper()
	if forge, ok := strings.CutPrefix(host, "forge-"); ok {
		return forgeList(t, forge)
	}
	if host == "gitea" {
		return forgeList(t, host)
	}
	return settings.Lists([]*flow.Plan{compiled(t, root+"/testdata/settings/policy.hcl")}, []string{host})[0]
}

func forgeList(t *testing.T, forge string) settings.List {
	t.Helper()
	src, err := os.ReadFile(root + "/testdata/settings/forge.hcl")
	if err != nil {
		t.Fatal(err)
	}
	all := settings.Lists([]*flow.Plan{planOf(t, strings.Replace(string(src), `"gitea"`, `"`+forge+`"`, 1), ".")}, nil)
	if len(all) != 2 || all[0].Host.Name != "jenkins" || all[1].Host.Name != forge {
		t.Fatalf("the lists are %+v", all)
	}
	return all[1]
}

// long skips what takes minutes in all, and runs where CI or a person asks for it.
func long(t *testing.T) {
	t.Helper()
	if os.Getenv("FETTLE_LONG") == "" {
		t.Skip("it takes long: FETTLE_LONG=yes runs it, as .ci/run does")
	}
}

// slow are the scripts with many settings, each of which starts jq five times
// or more: short tests run parts of them, and FETTLE_LONG all.
var slow = map[string]bool{"github": true, "gitlab": true, "azure": true, "forge-gitlab": true}

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
	for _, target := range []string{"github", "gitlab", "azure", "jenkins", "gitea", "forge-github", "forge-gitlab"} {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, target)
			list := listOf(t, target)
			script := settings.Script(list)
			golden(t, target+".sh", script)
			if slow[target] {
				long(t)
			}
			out, err := execute(t, target, f, script)
			golden(t, target+".calls", []byte(lines(f.writes)))
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
				if x.Outcome != settings.AsItMustBe && x.Setting.Read != "" && target != "jenkins" { // whose script sets nothing
					t.Errorf("%s: %s: %s %s, must be %s", x.Setting.ID, x.Outcome, x.Reason, x.Is, x.Must)
				}
			}
		})
	}
}

func lines(texts []string) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString(t + "\n")
	}
	return b.String()
}

func client(target string, f *fake) *settings.Client {
	c := &settings.Client{Doer: &http.Client{Timeout: 5 * time.Second}, Base: f.URL, Token: token, Known: map[string]string{"repository": "acme/shop", "app": "acme-release", "project": "acme/shop"}}
	switch target {
	case "gitea":
		c.Known = map[string]string{"repository": "acme/shop", "user": "release-bot"}
	case "forge-github":
		c.Known = map[string]string{"repository": "acme/shop", "organisation": "acme", "team": "pipelines"}
	case "azure":
		c.Known = map[string]string{"project": "Acme", "repository": "shop"}
	}
	return c
}

// Whatever goes wrong is never taken for fine, and never tells the token.
func TestNothingIsTakenForFine(t *testing.T) {
	for _, target := range []string{"github", "gitlab", "azure", "jenkins", "gitea"} {
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

// A list that cannot be read to its end says nothing, and the token goes nowhere else.
func TestListThatIsCut(t *testing.T) {
	t.Parallel()
	elsewhere := newFake(t, "none")
	for _, next := range []string{elsewhere.URL + "/repos", "@.evil.example/repos", "@/none", "@/repos/acme/shop/rulesets"} {
		f := newFake(t, "github")
		f.endless = strings.Replace(next, "@", f.URL, 1)
		for _, x := range settings.Verify(context.Background(), listOf(t, "github"), client("github", f)) {
			if x.Outcome != settings.NotKnown {
				t.Errorf("%s: %s is %s", next, x.Setting.ID, x.Outcome)
			}
		}
	}
	f := newFake(t, "github")
	f.endless = elsewhere.URL + "/repos"
	out, err := execute(t, "github", f, settings.Script(listOf(t, "github")))
	if err == nil || !strings.Contains(out, "goes on elsewhere") || strings.Contains(lines(f.writes), "rulesets") {
		t.Errorf("%v %q\n%s", err, f.writes, out)
	}
	if len(elsewhere.tokens) > 0 {
		t.Error("the token went elsewhere")
	}
}

// Hosts take what their edition does not have, and leave it as it is: not taken for set.
func TestScriptLooksAgain(t *testing.T) {
	t.Parallel()
	f := newFake(t, "gitlab")
	f.deaf = true
	out, err := execute(t, "gitlab", f, settings.Script(listOf(t, "gitlab")))
	want := "cannot: Protected branch `main`: nobody pushes, changes come by merge request; no forced push. (the host took it, and it is still otherwise)"
	if err == nil || !strings.Contains(out, want) {
		t.Errorf("%v\n%s", err, out)
	}
}

// A pattern of somebody else that opens what is protected is found, where the host lets it.
func TestPatternsThatOpen(t *testing.T) {
	for _, c := range []struct{ host, path, answer, id string }{
		{"gitlab", "/projects/acme%2Fshop/protected_branches", `[{"name": "*", "allow_force_push": false, "push_access_levels": [{"access_level": 30}]}]`, "branches/others"},
		{"gitlab", "/projects/acme%2Fshop/protected_branches", `[{"name": "fettle/*", "allow_force_push": false, "push_access_levels": [{"access_level": 40, "user_id": 3}]}]`, "branches/others"},
		{"gitlab", "/projects/acme%2Fshop/protected_branches", `[{"name": "fettle/*", "allow_force_push": false, "push_access_levels": [{"access_level": 0}], "merge_access_levels": [{"access_level": 40}]}]`, "branches/others"},
		{"gitlab", "/projects/acme%2Fshop/protected_branches", `[{"name": "hot*", "allow_force_push": true, "push_access_levels": [{"access_level": 0}]}]`, "branches/others"},
		{"gitlab", "/projects/acme%2Fshop/protected_tags", `[{"name": "cand*", "create_access_levels": [{"access_level": 40}]}]`, "tags/others"},
		{"gitlab", "/projects/acme%2Fshop/protected_tags", `[{"name": "release/44", "create_access_levels": [{"access_level": 40, "user_id": 3}]}]`, "tags/others"},
		{"gitea", "/api/v1/repos/acme/shop/branch_protections", `[{"rule_name": "main", "priority": 2}, {"rule_name": "ma*", "priority": 1}]`, "branches/order"},
		{"gitea", "/api/v1/repos/acme/shop/tag_protections", `[{"name_pattern": "/.*/", "whitelist_usernames": ["dev"], "whitelist_teams": []}]`, "tags/others"},
	} {
		f := newFake(t, c.host)
		f.answers[c.path] = decode(t, c.answer)
		for _, x := range settings.Verify(context.Background(), listOf(t, c.host), client(c.host, f)) {
			if x.Setting.ID == c.id && x.Outcome != settings.Differs {
				t.Errorf("%s: %s is %s", c.answer, x.Setting.ID, x.Outcome)
			}
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

// Every script is one that shellcheck has nothing to say of, whatever the names
// in it.
func TestShellcheckOfScripts(t *testing.T) {
	t.Parallel()
	plans := map[string]*flow.Plan{"hostile": planOf(t, hostile(t), "."), "claims": compiled(t, root+"/examples/claims/release.hcl")}
	shellcheck(t, plans)
}

// The same of every case.
func TestShellcheckOfAllScripts(t *testing.T) {
	long(t)
	t.Parallel()
	plans := map[string]*flow.Plan{"storefront": compiled(t, root+"/examples/storefront/release.hcl")}
	cases, err := filepath.Glob(root + "/testdata/cases/*/policy.hcl")
	if err != nil || len(cases) == 0 {
		t.Fatal(cases, err)
	}
	for _, path := range cases {
		plans[filepath.Base(filepath.Dir(path))] = compiled(t, path)
	}
	shellcheck(t, plans)
}

func shellcheck(t *testing.T, plans map[string]*flow.Plan) {
	t.Helper()
	tool, err := exec.LookPath("shellcheck")
	if err != nil {
		t.Skip("without shellcheck")
	}
	dir := t.TempDir()
	var files []string
	for name, p := range plans {
		for _, l := range settings.Lists([]*flow.Plan{p}, nil) {
			file := filepath.Join(dir, name+"-"+l.Host.Name+".sh")
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

// hostile is the policy with names that mean something to a shell, to jq, to an
// address or to Markdown.
func hostile(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile(root + "/testdata/settings/policy.hcl")
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer(`"acme/managers"`, `"acme/ma'n$(touch x)\"\\(1)`+"`"+`{a}?#&"`, `"[Acme]\\Managers"`, `"'; rm -rf / #"`).Replace(string(src))
}

// A name reaches the host as it is, and nothing else reads it.
func TestScriptWithHostileNames(t *testing.T) {
	t.Parallel()
	f := newFake(t, "github")
	team := `ma'n$(touch x)"\(1)` + "`{a}?#&"
	f.answers["/orgs/acme/teams/"+strings.ReplaceAll(url.QueryEscape(team), "+", "%20")] = map[string]any{"id": 66}
	list := settings.Lists([]*flow.Plan{planOf(t, hostile(t), ".")}, []string{"github"})[0]
	out, err := execute(t, "github", f, settings.Script(list))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !slices.ContainsFunc(f.writes, func(w string) bool { return strings.Contains(w, `{"type":"Team","id":66}`) }) {
		t.Errorf("the team is not asked for by its name: %q", f.writes)
	}
	if _, err := os.Stat("x"); err == nil {
		t.Error("a name was carried out")
	}
}

// The token is sent, and stands in no list of processes; a host that refuses it
// is told of, and nothing is written.
func TestScriptTellsNoToken(t *testing.T) {
	real, err := exec.LookPath("curl")
	if err != nil {
		t.Skip("without curl")
	}
	dir := t.TempDir()
	calls := filepath.Join(dir, "calls")
	spy := "#!/bin/sh\nprintf '%s\\n' \"$*\" >>'" + calls + "'\nexec '" + real + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(dir, "curl"), []byte(spy), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	for target, sent := range map[string]string{"github": "Bearer " + token, "gitlab": token, "jenkins": "Basic ", "gitea": "Bearer " + token} {
		f := newFake(t, target)
		f.status = map[string]int{"/repos/acme/shop": 403, "/projects/acme%2Fshop": 403, "/pluginManager/api/json": 403, "/api/v1/repos/acme/shop": 403}
		out, err := execute(t, target, f, settings.Script(listOf(t, target)))
		if err == nil || !strings.Contains(out, "the host answered 403") {
			t.Errorf("%s: a refusal is told: %v\n%s", target, err, out)
		}
		if len(f.tokens) == 0 || !strings.HasPrefix(f.tokens[0], sent) {
			t.Errorf("%s: sent %q", target, f.tokens)
		}
		if strings.Contains(out, token) {
			t.Errorf("%s: the token is told", target)
		}
	}
	argv, err := os.ReadFile(calls)
	if err != nil || strings.Contains(string(argv), token) {
		t.Errorf("the token stands in the arguments: %v", err)
	}
}
