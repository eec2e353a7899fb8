package gitlab_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gitlab"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// approvalScript is what the approve job of the smallest case runs.
func approvalScript(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile("../../testdata/cases/minimal/policy.hcl")
	if err != nil {
		t.Fatal(err)
	}
	policy, _ := schema.Parse(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: src}}})
	plan, diags := flow.Lower(policy)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	files, _ := gitlab.Target.Generate(plan)
	for _, f := range files {
		var jobs map[string]yaml.Node
		if filepath.Base(f.Path) != "delivery.yml" || yaml.Unmarshal(f.Content, &jobs) != nil {
			continue
		}
		var j struct{ Script []string }
		node := jobs["approve-production-release"]
		if err := node.Decode(&j); err != nil {
			t.Fatal(err)
		}
		return strings.Join(j.Script, "\n")
	}
	t.Fatal("there is no delivery")
	return ""
}

// The approve job goes on only where GitLab names who may start it, or does not let
// the token look.
func TestApprovalAsksWhoMay(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed")
	}
	script := approvalScript(t)
	for _, c := range []struct {
		name, token, answer string
		code                int
		says                string
		approved            bool
	}{
		{"protected", "secret", `{"name": "production-approval-release", "deploy_access_levels": [{"id": 1, "group_id": 7}], "approval_rules": []}`, 200, "", true},
		{"for nobody", "secret", `{"name":"production-approval-release","deploy_access_levels":[],"approval_rules":[]}`, 200, "allows nobody to deploy", false},
		{"not protected", "secret", `{"message":"404 Not found"}`, 404, "is not protected, so everybody who may push to this branch could approve. Protect it for acme/managers", false},
		{"the token may not look", "secret", `{"message":"403 Forbidden"}`, 403, "nobody looked", true},
		{"GitLab is ill", "secret", `oops`, 502, "(answer: 502). Start this job again", false},
		{"no token", "", ``, 200, "There is no FETTLE_TOKEN", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/api/v4/projects/42/protected_environments/production-approval-release" || r.Header.Get("PRIVATE-TOKEN") != "secret" {
					t.Errorf("asked for %s by %q", r.URL, r.Header.Get("PRIVATE-TOKEN"))
				}
				rw.WriteHeader(c.code)
				fmt.Fprint(rw, c.answer)
			}))
			defer server.Close()
			job := exec.Command("sh", "-euc", script)
			job.Dir = t.TempDir()
			job.Env = []string{"PATH=" + os.Getenv("PATH"), "GITLAB_USER_LOGIN=lead", "RELEASE_REQUESTER=dev", fmt.Sprintf("RELEASE_ASKED_AT=%d", time.Now().Unix()),
				"CI_API_V4_URL=" + server.URL + "/api/v4", "CI_PROJECT_ID=42", "FETTLE_TOKEN=" + c.token}
			said, err := job.CombinedOutput()
			if (err == nil) != c.approved || !strings.Contains(string(said), c.says) {
				t.Errorf("approved: %v, and not %v; it says %q", err == nil, c.approved, said)
			}
			if _, err := os.Stat(filepath.Join(job.Dir, "release.env")); (err == nil) != c.approved {
				t.Error("the name of the approver is handed on, or not, against that")
			}
			if strings.Contains(string(said), "secret") {
				t.Error("the token is in the log")
			}
		})
	}
}
