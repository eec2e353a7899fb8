package script_test

import (
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators/script"
)

// pushRules is a hook of the host that takes entries of the ledger and
// merge-backs as GitLab's push rules do: by the account that pushes, and signed.
const pushRules = `#!/bin/sh
while read -r old new ref; do
  case $ref in refs/heads/fettle/ledger | refs/heads/merge-back/*) ;; *) continue ;; esac
  for c in $(git rev-list "$new" --not --all); do
    [ "$(git log -1 --format='%ce %cn' "$c")" = 'bot@example.com Release pipelines' ] || { echo "GitLab: You cannot push commits for another committer"; exit 1; }
    git -c gpg.ssh.allowedSignersFile=SIGNERS verify-commit "$c" 2>/dev/null || { echo 'GitLab: Commit must be signed'; exit 1; }
  done
done
`

// signing is a host with those rules, and the key that it knows, as it may stand in
// a secret: on one line.
func signing(t *testing.T, c script.Committer) (h *host, key string) {
	t.Helper()
	if _, err := exec.LookPath("ssh-keygen"); err != nil {
		t.Skip("ssh-keygen is not installed")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "key")
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	public, err := os.ReadFile(file + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "signers"), "bot@example.com "+string(public), 0o644)
	s := settings()
	s.Committer = c
	h = newHost(t, s)
	write(t, filepath.Join(h.remote, "hooks", "pre-receive"), strings.ReplaceAll(pushRules, "SIGNERS", filepath.Join(dir, "signers")), 0o755)
	private, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	h.asked["FETTLE_SIGNING_KEY"] = base64.StdEncoding.EncodeToString(private)
	return h, string(private)
}

func TestSignedCommits(t *testing.T) {
	t.Parallel()
	h, private := signing(t, script.Committer{Name: "Release pipelines", Email: "bot@example.com", Signed: true})
	// What the machine is set to is not what the policy says.
	h.asked["GIT_COMMITTER_NAME"], h.asked["GIT_COMMITTER_EMAIL"] = "agent", "agent@example.com"
	h.release("delivery")
	h.fixOn("hotfix/43", "app.txt")
	h.asked["FETTLE_SIGNING_KEY"] = private // on several lines, as some hosts keep it
	h.release("hotfix")
	h.ok("hotfix", "merge-back")
	if !strings.Contains(h.refs(), "refs/heads/merge-back/") {
		t.Error("nothing was merged back")
	}
	if left, _ := filepath.Glob(filepath.Join(h.work, ".git", "fettle-tmp", "*", "signing")); len(left) > 0 {
		t.Errorf("the key is left in %s", left)
	}
}

// Without the block the host refuses the first entry; without a key the script says what is missing.
func TestUnsignedCommits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, key, want string
		committer       script.Committer
	}{
		{"no committer", "", "pre-receive hook declined", script.Committer{}},
		{"not signed", "", "pre-receive hook declined", script.Committer{Name: "Release pipelines", Email: "bot@example.com"}},
		{"no key", "", "FETTLE_SIGNING_KEY is empty", script.Committer{Name: "Release pipelines", Email: "bot@example.com", Signed: true}},
		{"no key at all", "$(FETTLE_SIGNING_KEY)", "neither a private key nor one in Base64", script.Committer{Name: "Release pipelines", Email: "bot@example.com", Signed: true}},
		{"something else", "bm90IGEga2V5Cg==", "could not sign", script.Committer{Name: "Release pipelines", Email: "bot@example.com", Signed: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, _ := signing(t, c.committer)
			h.asked["FETTLE_SIGNING_KEY"] = c.key
			if said, code := h.op("delivery", "identify", "delivery"); code == 0 || !strings.Contains(said, c.want) {
				t.Errorf("exit %d: %s", code, said)
			}
		})
	}
}
