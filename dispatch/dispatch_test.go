package dispatch_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fettle-ci/fettle/dispatch"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/generators/settings"
	"github.com/fettle-ci/fettle/internal/test/host"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

const policy = `policy "minimal" {
  targets = ["github", "gitlab", "azure", "jenkins"]
  active  = "github"
}
check "unit" { run = "make test" }
environment "production" {
  deploy = "./deploy.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "[Acme]\\Managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.unit]
  environments = [environment.production]
}
hotfix {
  incident { pattern = "INC-[0-9]+" }
}
redeploy {}
`

// still is a clock that goes on as somebody waits.
type still struct{ now time.Time }

func (s *still) Now() time.Time { return s.now }

func (s *still) Wait(_ context.Context, d time.Duration) error {
	if s.now = s.now.Add(d); s.now.Hour() > 8 {
		return errors.New("it waits for hours")
	}
	return nil
}

// fixture is a redeployment on a stand-in for a host.
type fixture struct {
	*host.Host
	*dispatch.Session
}

func newFixture(t *testing.T, target string, mode host.Mode) fixture {
	t.Helper()
	result, diags := generators.Compile(schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: []byte(policy)}}}, nil)
	if diags.HasErrors() {
		t.Fatal(diags[0])
	}
	p := result.Plan
	h := host.New(target, mode)
	t.Cleanup(h.Close)
	i := slices.IndexFunc(generators.All, func(g *gen.Target) bool { return g.Name == target })
	f := p.Flow("redeploy")
	fields := gen.Fields(f, map[string]string{"version": "43", "reason": "it's $(gone) & \"x\"", "incident": "INC-7"})
	o := &dispatch.Order{Plan: p, Flow: f, Target: generators.All[i], Branch: "main", Fields: fields}
	of := settings.Of(target)
	values := h.Environment()
	c := &settings.Client{Base: values[of.Base.Name], User: values[of.User.Name], Token: values[of.Token.Name], Known: map[string]string{}, Doer: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	for _, v := range of.Known {
		c.Known[v.As] = values[v.Name]
	}
	return fixture{h, dispatch.New(o, c, &still{time.Date(2026, 11, 30, 3, 0, 0, 0, time.UTC)})}
}

// sent is what each host is sent.
var sent = map[string]string{
	"github": "POST /repos/acme/shop/actions/workflows/redeploy.yml/dispatches application/json\n" +
		`{"inputs":{"environment":"production","incident":"INC-7","reason":"it's $(gone) & \"x\"","version":"43"},"ref":"main","return_run_details":true}`,
	"gitlab": "POST /projects/acme%2Fshop/pipeline application/json\n" +
		`{"inputs":{"environment":"production","flow":"redeploy","incident":"INC-7","reason":"it's $(gone) & \"x\"","version":"43"},"ref":"main"}`,
	"azure": "POST /Acme%20Shop/_apis/pipelines/4/runs?api-version=7.1 application/json\n" +
		`{"resources":{"repositories":{"self":{"refName":"refs/heads/main"}}},"templateParameters":{"environment":"production","incident":"INC-7","reason":"it's $(gone) & \"x\"","version":"43"}}`,
	"jenkins": "POST /job/minimal/job/redeploy/buildWithParameters application/x-www-form-urlencoded\n" +
		"REDEPLOY_ENVIRONMENT=production&REDEPLOY_VERSION=43&RELEASE_INCIDENT=INC-7&RELEASE_REASON=it%27s+%24%28gone%29+%26+%22x%22",
}

// approvers are who is asked, as the host calls them: GitHub says it itself.
var approvers = map[string]string{"github": "managers or kim", "gitlab": "acme/managers", "azure": `[Acme]\Managers`, "jenkins": "managers"}

// A flow is started once, with every field, and followed to its end: its jobs, and the
// approval that it waits for.
func TestStartAndFollow(t *testing.T) {
	t.Parallel()
	for target, want := range sent {
		for _, mode := range []host.Mode{host.Fine, host.Fails, host.Flaky} {
			t.Run(target+" "+string(mode), func(t *testing.T) {
				t.Parallel()
				f := newFixture(t, target, mode)
				if runs, err := f.Active(t.Context()); err != nil || len(runs) != 0 {
					t.Fatal(runs, err)
				}
				run, err := f.Send(t.Context())
				if err != nil || run.ID == "" || !strings.Contains(run.Address, "42") {
					t.Fatalf("%+v %v", run, err)
				}
				if got := f.Posted(); !slices.Equal(got, []string{want}) {
					t.Errorf("%q", got)
				}
				var out bytes.Buffer
				state, err := f.Follow(t.Context(), &out, run)
				if err != nil || !state.Ended || state.Succeeded != (mode != host.Fails) {
					t.Fatalf("%+v %v\n%s", state, err, out.String())
				}
				follows(t, target, mode, out.String())
			})
		}
	}
}

func follows(t *testing.T, target string, mode host.Mode, out string) {
	t.Helper()
	by := "waiting for approval by " + approvers[target] + " within 24h, and not by who started it: https://"
	end := ": succeeded\n"
	if mode == host.Fails {
		end = ": failed\n"
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	last := lines[len(lines)-1]
	if n := strings.Count(out, by); n != 1 || !strings.Contains(out, end) || !strings.Contains(last, "The run has ended: ") || !strings.HasPrefix(out, "03:00:") {
		t.Errorf("%d times %q\n%s", n, by, out)
	}
	if want := 7; len(lines) != want { // each job begins and ends, and the run ends
		t.Errorf("%d lines and not %d:\n%s", len(lines), want, out)
	}
}

// What is shown before holds no credential, and is what is sent.
func TestPreview(t *testing.T) {
	t.Parallel()
	for target, want := range sent {
		f := newFixture(t, target, host.Fine)
		line, body, _ := strings.Cut(want, "\n")
		path := strings.Replace(strings.Fields(line)[1], "/pipelines/4/", "/pipelines/{pipeline}/", 1)
		got := f.Preview()
		if strings.Contains(got, host.Token) || !strings.HasPrefix(got, "POST "+f.URL+path+"\n") || !strings.HasSuffix(got, "\n\n"+body+"\n") || len(f.Tokens()) > 0 {
			t.Errorf("%s:\n%s", target, got)
		}
	}
}

// A flow that runs is found, and no other one is taken for it.
func TestActive(t *testing.T) {
	t.Parallel()
	for target := range sent {
		f := newFixture(t, target, host.Running)
		runs, err := f.Active(t.Context())
		if err != nil || len(runs) == 0 || !strings.Contains(runs[0].Address, "31") {
			t.Errorf("%s: %+v %v", target, runs, err)
		}
	}
}

// A run that GitHub does not name is found among those that are new; of two, none is
// taken for it.
func TestNameless(t *testing.T) {
	t.Parallel()
	for mode, id := range map[host.Mode]string{host.Nameless: "42", host.Several: ""} {
		f := newFixture(t, "github", mode)
		if _, err := f.Active(t.Context()); err != nil {
			t.Fatal(err)
		}
		run, err := f.Send(t.Context())
		if err != nil || run.ID != id || (run.Note != "") != (id == "") {
			t.Errorf("%s: %+v %v", mode, run, err)
		}
		if id == "" && !strings.Contains(run.Note, "runs/42, https://github.com/acme/shop/actions/runs/43") {
			t.Error(run.Note)
		}
	}
}

// What a host does not do is said with what to do, and never with the token.
func TestHostsThatDoNot(t *testing.T) {
	t.Parallel()
	tests := []struct {
		mode        host.Mode
		found, next string
	}{
		{host.Forbidden, "answered 403 and says: Resource not accessible by personal access token …", "a token that is valid and has"},
		{host.Missing, "answered 404 and says: 404 Project Not Found: it has no such place, or hides it from the token", "Look at "},
		{host.Silent, "did not answer at 127.0.0.1:", "start this again"},
		{host.Elsewhere, "answered 302 and names another address, where the token is not sent", "must be the address that answers itself"},
		{host.Page, "answered 203", "a token that is valid and has"},
	}
	for target := range sent {
		for _, tt := range tests {
			f := newFixture(t, target, tt.mode)
			_, err := f.Active(t.Context())
			says(t, target+" "+string(tt.mode), err, tt.found, tt.next)
			if tt.mode == host.Elsewhere && len(f.Tokens()) != 1 {
				t.Errorf("%s: the token was sent %d times", target, len(f.Tokens()))
			}
		}
	}
}

// A start that is not answered may have happened; one that is refused has not.
func TestStartsThatDoNot(t *testing.T) {
	t.Parallel()
	for target := range sent {
		for _, mode := range []host.Mode{host.Deaf, host.Bad} {
			f := newFixture(t, target, mode)
			if _, err := f.Active(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, err := f.Send(t.Context())
			var e *dispatch.Error
			if !errors.As(err, &e) || e.Unknown != (mode == host.Deaf) {
				t.Fatalf("%s %s: %v", target, mode, err)
			}
			if mode == host.Deaf {
				says(t, target, err, "did not answer", "Look whether it runs, before it is started again: ")
			} else {
				says(t, target, err, "answered 400 and says: flow input: `redeploy` cannot be used", "the generated files on main")
			}
			if len(f.Posted()) != 1 {
				t.Errorf("%s %s: sent %d times", target, mode, len(f.Posted()))
			}
		}
	}
}

func says(t *testing.T, name string, err error, found, next string) {
	t.Helper()
	text := fmt.Sprint(err)
	if !strings.Contains(text, found) || !strings.Contains(text, next) || strings.Contains(text, host.Token) || strings.ContainsRune(text, '\x1b') {
		t.Errorf("%s: %s\nand not %q, %q", name, text, found, next)
	}
}

// Without the plugin that shows stages, Jenkins is followed to the end of the build.
func TestWithoutStages(t *testing.T) {
	t.Parallel()
	f := newFixture(t, "jenkins", host.Unstaged)
	run, err := f.Send(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if state, err := f.Follow(t.Context(), &out, run); err != nil || !state.Succeeded || strings.Count(out.String(), "pipeline-rest-api is missing") != 1 {
		t.Errorf("%+v %v\n%s", state, err, out.String())
	}
}

// A host that no longer answers ends the following, after some looks.
func TestFollowGivesUp(t *testing.T) {
	t.Parallel()
	f := newFixture(t, "github", host.Fine)
	f.Close()
	if _, err := f.Follow(t.Context(), &bytes.Buffer{}, dispatch.Run{ID: "42"}); err == nil || !strings.Contains(err.Error(), "did not answer") {
		t.Error(err)
	}
}
