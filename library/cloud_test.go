package library_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// stub is a program that notes how it is called, and answers as AWS does where
// credentials are asked for.
const stub = `#!/bin/sh
printf '%s' "${0##*/}" >>"$CALLS"
for a in "$@"; do printf ' [%s]' "$a" >>"$CALLS"; done
echo >>"$CALLS"
case "$1 $2" in "sts assume-role-with-web-identity") printf 'AKIA\tsecret-key\tsession-token\n' ;; esac
`

// cloud runs the lines of a call, one shell each as in a pipeline, in a folder
// of its own, with programs that note their calls.
type cloud struct {
	t   *testing.T
	dir string
	env []string
}

func newCloud(t *testing.T, env ...string) *cloud {
	t.Helper()
	dir := t.TempDir()
	bin := filepath.Join(dir, "bin")
	if err := os.Mkdir(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"aws", "az", "gcloud", "kubectl"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(stub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	env = append(env, "CALLS="+filepath.Join(dir, "calls"), "PATH="+bin+":"+os.Getenv("PATH"), "AWS_SHARED_CREDENTIALS_FILE=.login/aws", "AZURE_CONFIG_DIR=.login/azure", "CLOUDSDK_CONFIG=.login/gcp", "KUBECONFIG=.login/kube/config")
	return &cloud{t, dir, env}
}

// run carries a call out in a shell and gives what was printed.
func (c *cloud) run(shell, call string) (string, error) {
	c.t.Helper()
	flags := map[string][]string{"sh": {"-ec"}, "bash": {"-euo", "pipefail", "-c"}}[shell]
	var all strings.Builder
	for _, line := range lines(c.t, call, shell, "linux") {
		command := exec.Command(shell, append(flags, line)...)
		command.Dir, command.Env = c.dir, c.env
		out, err := command.CombinedOutput()
		all.Write(out)
		if err != nil {
			return all.String(), err
		}
	}
	return all.String(), nil
}

func (c *cloud) file(name string) string {
	c.t.Helper()
	content, err := os.ReadFile(filepath.Join(c.dir, name))
	if err != nil {
		c.t.Fatal(err)
	}
	return string(content)
}

// GitHub is asked for the token, with the credential of the job and for one audience.
func TestTokenOfGitHub(t *testing.T) {
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "bearer of-the-job" || r.URL.Query().Get("api-version") != "2.0" {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		fmt.Fprintf(w, `{"count":1, "value" : "token-for-%s"}`, r.URL.Query().Get("audience"))
	}))
	defer host.Close()
	for _, shell := range []string{"sh", "bash"} {
		c := newCloud(t, "ACTIONS_ID_TOKEN_REQUEST_URL="+host.URL+"/?api-version=2.0", "ACTIONS_ID_TOKEN_REQUEST_TOKEN=of-the-job")
		out, err := c.run(shell, `cloud::aws_login({ role = "arn:aws:iam::123456789012:role/deploy" })`)
		if err != nil || strings.Contains(out, "token") || strings.Contains(out, "secret-key") {
			t.Fatalf("%s: %v: %s", shell, err, out)
		}
		if got := c.file(".login/id-token"); strings.TrimSpace(got) != "token-for-sts.amazonaws.com" {
			t.Errorf("%s: the token is %q", shell, got)
		}
		if got := c.file(".login/aws"); got != "[default]\naws_access_key_id = AKIA\naws_secret_access_key = secret-key\naws_session_token = session-token\n" {
			t.Errorf("%s: %s", shell, got)
		}
		if info, err := os.Stat(filepath.Join(c.dir, ".login/aws")); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: others can read the credentials: %v", shell, err)
		}
	}
	refused := newCloud(t, "ACTIONS_ID_TOKEN_REQUEST_URL="+host.URL+"/?api-version=2.0", "ACTIONS_ID_TOKEN_REQUEST_TOKEN=another")
	if out, err := refused.run("sh", `cloud::id_token({ audience = "x" })`); err == nil {
		t.Errorf("a refused token is no failure: %s", out)
	}
}

// A variable has it elsewhere; without any the message says what to write.
func TestTokenOfAVariable(t *testing.T) {
	c := newCloud(t, "ID_TOKEN=of-gitlab")
	for _, call := range []string{
		`cloud::azure_login({ client = "c", tenant = "t", subscription = "s" })`,
		`cloud::gcp_login({ provider = "projects/1/locations/global/workloadIdentityPools/p/providers/ci", service_account = "deploy@shop.iam.gserviceaccount.com" })`,
		`cloud::kubernetes_login({ server = "https://k8s.example.com:6443", certificate_authority = "ci/ca.pem", audience = "k8s", namespace = "shop" })`,
	} {
		if out, err := c.run("bash", call); err != nil {
			t.Fatalf("%s: %v: %s", call, err, out)
		}
	}
	want := `az [login] [--service-principal] [--output] [none] [--federated-token] [of-gitlab] [--username] [c] [--tenant] [t]
az [account] [set] [--subscription] [s]
gcloud [iam] [workload-identity-pools] [create-cred-config] [projects/1/locations/global/workloadIdentityPools/p/providers/ci] [--credential-source-file] [DIR/.login/id-token] [--output-file] [.login/gcp.json] [--service-account] [deploy@shop.iam.gserviceaccount.com]
gcloud [auth] [login] [--quiet] [--cred-file] [.login/gcp.json]
kubectl [config] [set-cluster] [deployment] [--server] [https://k8s.example.com:6443] [--certificate-authority] [ci/ca.pem] [--embed-certs]
kubectl [config] [set] [users.deployment.tokenFile] [DIR/.login/id-token]
kubectl [config] [set-context] [deployment] [--cluster] [deployment] [--user] [deployment] [--namespace] [shop]
kubectl [config] [use-context] [deployment]
kubectl [auth] [whoami]
`
	if got := strings.ReplaceAll(c.file("calls"), c.dir, "DIR"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	out, err := newCloud(t).run("sh", `cloud::aws_login({ role = "r" })`)
	if err == nil || !strings.Contains(out, "There is no OpenID token. Write github = { id_token = true }") {
		t.Errorf("%v: %s", err, out)
	}
}
