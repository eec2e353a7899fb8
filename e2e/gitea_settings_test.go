package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/settings"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// TestGiteaSettings sets a real Gitea by the script, and asks it by the
// comparison. It runs where TestGitea does.
func TestGiteaSettings(t *testing.T) {
	program := os.Getenv("FETTLE_GITEA")
	if program == "" {
		t.Skip("FETTLE_GITEA names no program; make nightly builds one")
	}
	g := newGitea(t, program)
	g.api("PUT", "/repos/admin/shop/collaborators/dev", map[string]any{"permission": "write"}, nil)
	list := giteaList(t)

	g.demand(g.settle(list, "FETTLE_DRY_RUN=yes"), "would set: Branch protection `main`", "0 failed")
	g.outcomes(list, g.admin, map[string]settings.Outcome{
		"user": settings.AsItMustBe, "default-branch": settings.AsItMustBe, "merge-requests": settings.AsItMustBe, "branch/main": settings.Differs, "branches/order": settings.AsItMustBe,
		"tags/others": settings.AsItMustBe,
	}, settings.Missing)
	g.demand(g.settle(list), "set: Branch protection `main`", "set: Tag protection `release/*`", "by hand: Branch protection `main`: status checks are required", "1 left to do by hand, 0 failed")
	g.api("PATCH", "/repos/admin/shop/branch_protections/main", map[string]any{"enable_status_check": true, "status_check_contexts": []string{"shop/*"}}, nil)
	g.demand(g.settle(list), "0 changed, 0 left to do by hand, 0 failed")
	g.outcomes(list, g.admin, nil, settings.AsItMustBe)
	g.record(list, g.admin, "gitea-set.json")

	g.holds()
	g.breaks(list)

	// Who may not see is not told that nothing is there.
	g.record(list, g.bot, "gitea-hidden.json")
	g.outcomes(list, g.bot, map[string]settings.Outcome{"user": settings.AsItMustBe, "default-branch": settings.AsItMustBe, "merge-requests": settings.AsItMustBe}, settings.NotKnown)
	g.outcomes(list, g.tokenWith("admin", "poor", "read:user"), nil, settings.NotKnown)
}

func giteaList(t *testing.T) settings.List {
	t.Helper()
	src, err := os.ReadFile("../testdata/settings/forge.hcl")
	must(t, err)
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: src}}}, nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	lists := settings.Lists([]*flow.Plan{result.Plan}, nil)
	return lists[slices.IndexFunc(lists, func(l settings.List) bool { return l.Host.Name == "gitea" })]
}

// holds tries what the settings forbid, and what they must not.
func (g *giteaHost) holds() {
	g.t.Helper()
	g.deliver("delivery", "main", "43") // the ledger, a candidate and a release tag are made
	g.checkout("main")
	head := strings.TrimSpace(g.git("rev-parse", "HEAD"))
	g.git("fetch", "--quiet", "origin", "fettle/ledger")
	ledger := strings.TrimSpace(g.git("rev-parse", "FETCH_HEAD"))
	g.git("commit", "--quiet", "--allow-empty", "-m", "Not reviewed")
	for _, try := range []struct {
		who, what string
		may       bool
	}{
		{"admin", "HEAD:refs/heads/main", false},
		{"bot", "HEAD:refs/heads/main", false},
		{"dev", "HEAD:refs/heads/main", false},
		{"dev", "HEAD:refs/heads/hotfix/43", true},
		{"dev", "+" + head + ":refs/heads/hotfix/43", false},
		{"dev", ":refs/heads/hotfix/43", false},
		{"dev", ledger + "^:refs/heads/fettle/ledger", false},
		{"bot", "+" + ledger + "^:refs/heads/fettle/ledger", false},
		{"bot", ":refs/heads/fettle/ledger", false},
		{"admin", ":refs/heads/fettle/ledger", false},
		{"dev", "HEAD:refs/tags/candidate/99", false},
		{"admin", "+HEAD:refs/tags/candidate/43", false},
		{"bot", "HEAD:refs/tags/candidate/99", true},
		{"dev", "HEAD:refs/heads/release-1", false},
		{"bot", "HEAD:refs/heads/release-1", false},
	} {
		c := exec.Command("git", "push", "--quiet", g.withUser(try.who), try.what)
		c.Dir, c.Env = g.work, []string{"PATH=" + os.Getenv("PATH"), "HOME=" + g.Home, "GIT_CONFIG_NOSYSTEM=1"}
		out, err := c.CombinedOutput()
		if (err == nil) != try.may {
			g.t.Errorf("%s pushes %s: %v\n%s", try.who, try.what, err, out)
		}
	}
}

// breaks changes one setting after the other: each is found, and what a script
// sets is set again.
func (g *giteaHost) breaks(list settings.List) {
	g.t.Helper()
	repo := "/repos/admin/shop"
	var tags []struct {
		ID          int
		NamePattern string `json:"name_pattern"`
	}
	g.api("GET", repo+"/tag_protections", nil, &tags)
	for _, b := range []struct {
		id, method, path string
		body             any
		found            settings.Outcome
		undo             string // what a person takes away; "" where the script sets it again
	}{
		{"branch/main", "PATCH", repo + "/branch_protections/main", map[string]any{"enable_push": true}, settings.Differs, ""},
		{"branch/main", "PATCH", repo + "/branch_protections/main", map[string]any{"block_admin_merge_override": false}, settings.Differs, ""},
		{"branch/fettle/ledger", "PATCH", repo + "/branch_protections/fettle%2Fledger", map[string]any{"push_whitelist_usernames": []string{"bot", "dev"}}, settings.Differs, ""},
		{"branch/fettle/ledger", "PATCH", repo + "/branch_protections/fettle%2Fledger", map[string]any{"enable_force_push": true}, settings.Differs, ""},
		{"branch/fettle/ledger", "DELETE", repo + "/branch_protections/fettle%2Fledger", nil, settings.Missing, ""},
		{"branch/hotfix/*", "DELETE", repo + "/branch_protections/hotfix%2F%2A", nil, settings.Missing, ""},
		{"branch/release-*", "PATCH", repo + "/branch_protections/release-%2A", map[string]any{"push_whitelist_usernames": []string{"bot"}}, settings.Differs, ""},
		{"tag/" + tags[0].NamePattern, "PATCH", repo + "/tag_protections/" + strconv.Itoa(tags[0].ID), map[string]any{"whitelist_usernames": []string{"bot", "dev"}}, settings.Differs, ""},
		{"tag/" + tags[0].NamePattern, "DELETE", repo + "/tag_protections/" + strconv.Itoa(tags[0].ID), nil, settings.Missing, ""},
		{"merge-requests", "PATCH", repo, map[string]any{"allow_merge_commits": false}, settings.Differs, ""},
		{"merge-requests", "PATCH", repo, map[string]any{"has_issues": false}, settings.Differs, ""},
		{"user", "PUT", repo + "/collaborators/bot", map[string]any{"permission": "admin"}, settings.Differs, ""},
		{"user", "DELETE", repo + "/collaborators/bot", nil, settings.Differs, ""},
		{"branches/order", "POST", repo + "/branch_protections", map[string]any{"rule_name": "fettle/**", "priority": 1}, settings.Differs, repo + "/branch_protections/fettle%2F%2A%2A"},
		{"tags/others", "POST", repo + "/tag_protections", map[string]any{"name_pattern": "candidate/4*", "whitelist_usernames": []string{"dev"}}, settings.Differs, repo + "/tag_protections/"},
	} {
		var made struct{ ID int }
		var answer any
		if b.method == "POST" {
			answer = &made
		}
		g.api(b.method, b.path, b.body, answer)
		found := map[string]settings.Outcome{b.id: b.found}
		if b.id == "user" && b.method == "DELETE" { // lists show those alone who may write
			for _, id := range []string{"branch/fettle/ledger", "tag/candidate/*", "tag/release/*"} {
				found[id] = settings.Differs
			}
		}
		g.outcomes(list, g.admin, found, settings.AsItMustBe)
		switch {
		case b.undo == "":
			g.demand(g.settle(list), "1 changed, 0 left to do by hand, 0 failed")
		case strings.HasSuffix(b.undo, "/"):
			g.api("DELETE", b.undo+strconv.Itoa(made.ID), nil, nil)
		default:
			g.api("DELETE", b.undo, nil, nil)
		}
	}
	g.outcomes(list, g.admin, nil, settings.AsItMustBe)
}

// settle runs the script.
func (g *giteaHost) settle(list settings.List, env ...string) string {
	g.t.Helper()
	c := exec.Command("sh", "-s")
	c.Stdin = bytes.NewReader(settings.Script(list))
	c.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + g.Home, "GITEA_SERVER_URL=" + g.address, "GITEA_SERVER_TOKEN=" + g.admin, "GITEA_REPOSITORY=admin/shop", "FETTLE_USER=bot"}, env...)
	out, err := c.CombinedOutput()
	if err != nil || bytes.Contains(out, []byte(g.admin)) {
		g.t.Fatalf("the script: %v\n%s", err, out)
	}
	return string(out)
}

func (g *giteaHost) demand(out string, texts ...string) {
	g.t.Helper()
	for _, text := range texts {
		if !strings.Contains(out, text) {
			g.t.Fatalf("%q is not said:\n%s", text, out)
		}
	}
}

// record keeps what Gitea answers, for the tests that run without one.
func (g *giteaHost) record(list settings.List, token, name string) {
	g.t.Helper()
	if os.Getenv("UPDATE") == "" {
		return
	}
	r := &recorder{base: g.address, Answers: map[string]recorded{}}
	settings.Verify(context.Background(), list, &settings.Client{Doer: r, Base: g.address, Token: token, Known: map[string]string{"repository": "admin/shop", "user": "bot"}})
	text, err := json.MarshalIndent(r.Answers, "", "  ")
	must(g.t, err)
	must(g.t, os.WriteFile("../testdata/settings/"+name, append(bytes.ReplaceAll(text, []byte(g.address), []byte("https://git.example.com")), '\n'), 0o644))
}

type recorded struct {
	Status int             `json:"status"`
	Body   json.RawMessage `json:"body"`
}

// recorder is a Doer that keeps the answers, by path.
type recorder struct {
	base    string
	Answers map[string]recorded
}

func (r *recorder) Do(q *http.Request) (*http.Response, error) {
	response, err := http.DefaultClient.Do(q)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	r.Answers[strings.TrimPrefix(q.URL.String(), r.base)] = recorded{response.StatusCode, body}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, err
}

// outcomes compares, and demands one outcome of all settings but some.
func (g *giteaHost) outcomes(list settings.List, token string, some map[string]settings.Outcome, others settings.Outcome) {
	g.t.Helper()
	client := &settings.Client{Doer: http.DefaultClient, Base: g.address, Token: token, Known: map[string]string{"repository": "admin/shop", "user": "bot"}}
	for _, f := range settings.Verify(context.Background(), list, client) {
		want, ok := some[f.Setting.ID]
		if !ok {
			want = others
		}
		if f.Outcome != want {
			g.t.Errorf("%s: %s (%s, is %s, must %s), and should be: %s", f.Setting.ID, f.Outcome, f.Reason, f.Is, f.Must, want)
		}
	}
}
