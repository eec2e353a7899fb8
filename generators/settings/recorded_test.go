package settings_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/generators/settings"
)

// recorded are the answers of a real Gitea, by path; the test of that name in
// e2e writes them. What was not asked then is not asked now.
type recorded struct {
	t       *testing.T
	answers map[string]struct {
		Status int
		Body   json.RawMessage
	}
}

func replay(t *testing.T, name string) *settings.Client {
	t.Helper()
	text, err := os.ReadFile(root + "/testdata/settings/" + name)
	if err != nil {
		t.Fatal(err)
	}
	r := recorded{t: t}
	if err := json.Unmarshal(text, &r.answers); err != nil || len(r.answers) == 0 {
		t.Fatal(name, err)
	}
	return &settings.Client{Doer: r, Base: "https://git.example.com", Token: token, Known: map[string]string{"repository": "admin/shop", "user": "bot"}}
}

func (r recorded) Do(q *http.Request) (*http.Response, error) {
	path := strings.TrimPrefix(q.URL.String(), "https://git.example.com")
	a, ok := r.answers[path]
	if !ok {
		r.t.Errorf("%s %s is not recorded", q.Method, path)
		a.Status = http.StatusTeapot
	}
	return &http.Response{StatusCode: a.Status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(a.Body))}, nil
}

func TestRecordedGitea(t *testing.T) {
	told := map[string]bool{"user": true, "default-branch": true, "merge-requests": true} // who may write is told these
	for _, f := range settings.Verify(context.Background(), listOf(t, "gitea"), replay(t, "gitea-set.json")) {
		if f.Outcome != settings.AsItMustBe {
			t.Errorf("%s: %s %s %s", f.Setting.ID, f.Outcome, f.Is, f.Reason)
		}
	}
	for _, f := range settings.Verify(context.Background(), listOf(t, "gitea"), replay(t, "gitea-hidden.json")) {
		if (f.Outcome == settings.AsItMustBe) != told[f.Setting.ID] || f.Outcome != settings.AsItMustBe && f.Outcome != settings.NotKnown {
			t.Errorf("%s: %s %s %s", f.Setting.ID, f.Outcome, f.Is, f.Reason)
		}
	}
}
