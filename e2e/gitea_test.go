package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestGitea carries a hotfix home through a real Gitea: the requests and the
// issue are read back by its own interface, and pushes go through its own
// hooks and a protected mainline. It runs at night (make nightly): FETTLE_GITEA
// names the program and FETTLE_GITEA_SOURCE the folder with its templates.
func TestGitea(t *testing.T) {
	program := os.Getenv("FETTLE_GITEA")
	if program == "" {
		t.Skip("FETTLE_GITEA names no program; make nightly builds one")
	}
	g := newGitea(t, program)

	g.deliver("delivery", "main", "43")
	g.fix("hotfix/43", "fix.txt", "Repair the basket")
	g.deliver("hotfix", "hotfix/43", "43.1")
	g.operation("hotfix", "merge-back")
	pulls := g.pulls()
	if len(pulls) != 1 || pulls[0].Head.Ref != "merge-back/43.1" || pulls[0].Base.Ref != "main" || pulls[0].Draft {
		t.Fatalf("the requests are %+v\n%s", pulls, g.log.String())
	}
	g.operation("hotfix", "merge-back")
	if again := g.pulls(); len(again) != 1 || again[0].Number != pulls[0].Number {
		t.Fatalf("run again, the requests are %+v", again)
	}

	// The mainline changes the same line: a draft that describes the conflict, in the same request.
	g.commit("main", "fix.txt", "something else", "Change the same")
	g.git("push", "--quiet", g.withUser("admin"), "HEAD:refs/heads/main")
	g.fix("hotfix/43.1", "fix.txt", "Repair it better")
	g.deliver("hotfix", "hotfix/43.1", "43.2")
	g.operation("hotfix", "merge-back")
	var draft bool
	for _, p := range g.pulls() {
		draft = draft || p.Head.Ref == "merge-back/43.2" && p.Draft && strings.Contains(p.Body, "fix.txt")
	}
	if !draft {
		t.Fatalf("no draft describes the conflict: %+v\n%s", g.pulls(), g.log.String())
	}

	// The same by a policy that wants an issue.
	g.policy("hotfix {", "hotfix {\n  merge_back { on_conflict = \"issue\" }")
	g.fix("hotfix/43.2", "fix.txt", "Repair it again")
	g.deliver("hotfix", "hotfix/43.2", "43.3")
	g.operation("hotfix", "merge-back")
	var issues []struct{ Title, Body string }
	g.api("GET", "/repos/admin/shop/issues?type=issues&state=open", nil, &issues)
	if len(issues) != 1 || !strings.Contains(issues[0].Title, "43.3") {
		t.Fatalf("the issues are %+v\n%s", issues, g.log.String())
	}
}

// giteaHost is a Gitea with one repository, and a clone in which the script runs.
type giteaHost struct {
	*world
	address, admin, bot string            // bot pushes for the pipelines, and may not push to the mainline
	tokens              map[string]string // by user
	work, script        string
	run                 int
	out                 map[string]string
	log                 bytes.Buffer
}

type giteaPull struct {
	Number      int
	Title, Body string
	Draft       bool
	Head, Base  struct{ Ref string }
}

const giteaSettings = `APP_NAME = test
RUN_MODE = prod
RUN_USER = %[4]s
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
WORK_PATH = %[1]s
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = %[2]d
ROOT_URL = http://127.0.0.1:%[2]d/
DISABLE_SSH = true
OFFLINE_MODE = true
STATIC_ROOT_PATH = %[3]s
[database]
DB_TYPE = sqlite3
PATH = %[1]s/gitea.db
[security]
INSTALL_LOCK = true
[repository]
ROOT = %[1]s/repositories
[log]
MODE = file
LEVEL = warn
ROOT_PATH = %[1]s/log
`

func newGitea(t *testing.T, program string) *giteaHost {
	t.Helper()
	dir := t.TempDir()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	user := os.Getenv("USER")
	if user == "" {
		user = "root"
	}
	config := filepath.Join(dir, "app.ini")
	must(t, os.WriteFile(config, fmt.Appendf(nil, giteaSettings, dir, port, os.Getenv("FETTLE_GITEA_SOURCE"), user), 0o600))
	g := &giteaHost{world: emptyWorld(t, jenkins{}, dir), address: fmt.Sprintf("http://127.0.0.1:%d", port), run: 42, out: map[string]string{}}
	g.work = g.Dev
	must(t, os.MkdirAll(g.Home, 0o755))
	must(t, os.MkdirAll(g.work, 0o755))
	gitea := func(args ...string) *exec.Cmd {
		c := exec.Command(program, append(args, "--config", config)...)
		c.Env = append(os.Environ(), "HOME="+g.Home, "USER="+user, "GITEA_WORK_DIR="+dir)
		c.Stdout, c.Stderr = &g.log, &g.log
		return c
	}
	if err := gitea("migrate").Run(); err != nil {
		t.Fatalf("gitea migrate: %v\n%s", err, g.log.String())
	}
	server := gitea("web")
	must(t, server.Start())
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	for _, name := range []string{"admin", "bot", "dev"} {
		c := gitea("admin", "user", "create", "--username", name, "--password", "Password-1", "--email", name+"@example.com", "--must-change-password=false", fmt.Sprintf("--admin=%t", name == "admin"))
		if err := c.Run(); err != nil {
			t.Fatalf("gitea admin user create: %v\n%s", err, g.log.String())
		}
	}
	ready := false
	for range 300 {
		if r, err := http.Get(g.address + "/api/v1/version"); err == nil {
			r.Body.Close()
			ready = r.StatusCode == http.StatusOK
		}
		if ready {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if !ready {
		t.Fatalf("gitea does not answer\n%s", g.log.String())
	}
	g.tokens = map[string]string{"admin": g.tokenWith("admin", "test", "all"), "bot": g.tokenWith("bot", "test", "all"), "dev": g.tokenWith("dev", "test", "all")}
	g.admin, g.bot = g.tokens["admin"], g.tokens["bot"]
	g.api("POST", "/user/repos", map[string]any{"name": "shop", "default_branch": "main"}, nil)
	g.git("init", "--quiet", "--initial-branch=main")
	g.git("remote", "add", "origin", g.address+"/admin/shop.git")
	g.policy()
	g.git("add", "--all")
	g.git("commit", "--quiet", "-m", "First")
	g.git("push", "--quiet", g.withUser("admin"), "HEAD:refs/heads/main")
	g.api("PUT", "/repos/admin/shop/collaborators/bot", map[string]any{"permission": "write"}, nil)
	g.api("POST", "/repos/admin/shop/branch_protections", map[string]any{"rule_name": "main", "enable_push": true, "enable_push_whitelist": true, "push_whitelist_usernames": []string{"admin"}}, nil)
	return g
}

// policy writes the script of the scenarios' policy.
func (g *giteaHost) policy(replace ...string) {
	g.t.Helper()
	changes := map[string]string{}
	for i := 0; i+1 < len(replace); i += 2 {
		changes[replace[i]] = replace[i+1]
	}
	g.install("shop", changes)
	g.script = filepath.Join(g.Dir, "release.sh")
	script, err := os.ReadFile(filepath.Join(g.work, ".fettle/release.sh"))
	must(g.t, err)
	must(g.t, os.WriteFile(g.script, script, 0o755))
	if len(replace) > 0 {
		g.git("checkout", "--quiet", "--force", "HEAD", "--", ".")
	}
}

func (g *giteaHost) git(args ...string) string {
	g.t.Helper()
	return g.world.git(g.work, args...)
}

func (g *giteaHost) withUser(name string) string {
	secret := g.tokens[name]
	return strings.Replace(g.address, "://", "://"+name+":"+secret+"@", 1) + "/admin/shop.git"
}

func (g *giteaHost) tokenWith(user, name, scope string) string {
	g.t.Helper()
	var token struct{ SHA1 string }
	g.request("POST", "/users/"+user+"/tokens", map[string]any{"name": name, "scopes": []string{scope}}, &token, func(r *http.Request) { r.SetBasicAuth(user, "Password-1") })
	return token.SHA1
}

func (g *giteaHost) api(method, path string, body, answer any) {
	g.t.Helper()
	g.request(method, path, body, answer, func(r *http.Request) { r.Header.Set("Authorization", "token "+g.admin) })
}

func (g *giteaHost) request(method, path string, body, answer any, sign func(*http.Request)) {
	g.t.Helper()
	payload, _ := json.Marshal(body)
	r, err := http.NewRequest(method, g.address+"/api/v1"+path, bytes.NewReader(payload))
	must(g.t, err)
	r.Header.Set("Content-Type", "application/json")
	sign(r)
	response, err := http.DefaultClient.Do(r)
	must(g.t, err)
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	if response.StatusCode >= 300 {
		g.t.Fatalf("%s %s: %s\n%s", method, path, response.Status, text)
	}
	if answer != nil {
		must(g.t, json.Unmarshal(text, answer))
	}
}

func (g *giteaHost) pulls() []giteaPull {
	g.t.Helper()
	var out []giteaPull
	g.api("GET", "/repos/admin/shop/pulls?state=open", nil, &out)
	return out
}

func (g *giteaHost) checkout(branch string) {
	g.git("fetch", "--quiet", "origin")
	g.git("checkout", "--quiet", "--force", "-B", branch, "origin/"+branch)
}

func (g *giteaHost) commit(branch, file, text, subject string) {
	g.t.Helper()
	g.checkout(branch)
	g.write(file, text+"\n")
	g.git("add", "--all")
	g.git("commit", "--quiet", "-m", subject, "-m", "Incident: INC1")
}

// fix commits to a line as a person does.
func (g *giteaHost) fix(line, file, subject string) {
	g.t.Helper()
	g.commit(line, file, subject, subject)
	g.git("push", "--quiet", g.withUser("admin"), "HEAD:refs/heads/"+line)
}

// deliver carries a run out, by the operations of the script.
func (g *giteaHost) deliver(flow, branch, version string) {
	g.t.Helper()
	g.checkout(branch)
	g.run++
	g.out = map[string]string{"ref": branch}
	must(g.t, os.MkdirAll(filepath.Join(g.work, "reports"), 0o755))
	must(g.t, os.WriteFile(filepath.Join(g.work, "reports/unit.xml"), []byte(`<testsuite tests="1" failures="0"><testcase name="a"/></testsuite>`), 0o644))
	for _, args := range [][]string{{"identify", flow}, {"evidence", "unit", "reports/unit.xml"}, {"candidate", "unit"}, {"begin", "production"}, {"deployed", "production"}, {"passed", "production"}} {
		g.operation(flow, args...)
	}
	if g.out["version"] != version {
		g.t.Fatalf("the version is %s, and should be %s", g.out["version"], version)
	}
}

func (g *giteaHost) operation(flow string, args ...string) {
	g.t.Helper()
	output := filepath.Join(g.Dir, "output")
	_ = os.Remove(output)
	c := exec.Command("sh", append([]string{g.script}, args...)...)
	c.Dir = g.work
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + g.Home, "GIT_CONFIG_NOSYSTEM=1", "RELEASE_TARGET=jenkins", "RELEASE_FLOW=" + flow, "RELEASE_OUTPUT=" + output,
		fmt.Sprintf("RELEASE_RUN_ID=run-%d", g.run), fmt.Sprintf("RELEASE_RUN_NUMBER=%d", g.run), "RELEASE_ACTOR=dev", "FETTLE_TOKEN=" + g.bot, "FETTLE_FORGE_URL=" + g.address + "/admin/shop"}
	for k, v := range g.out {
		c.Env = append(c.Env, "RELEASE_"+strings.ToUpper(k)+"="+v)
	}
	out, err := c.CombinedOutput()
	g.log.Write(out)
	if err != nil {
		g.t.Fatalf("%s %v: %v\n%s", flow, args, err, out)
	}
	if bytes.Contains(out, []byte(g.bot)) {
		g.t.Fatalf("the token is in what %v says", args)
	}
	text, _ := os.ReadFile(output)
	for line := range strings.Lines(string(text)) {
		k, v, _ := strings.Cut(strings.TrimSpace(line), "=")
		g.out[k] = v
	}
}
