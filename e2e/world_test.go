package e2e

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/internal/test/wire"
	"github.com/fettle-ci/fettle/rehearse/scenario"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// engine runs the generated files of one target. What its system would do
// around them (approvals, locks, queues, triggers) it asks the world for.
type engine interface {
	// name of the target.
	name() string
	// missing says what has to be installed, or "".
	missing() string
	// flows are the pipelines that an event starts, by what the generated
	// files of the checked out commit say.
	flows(w *world, r *run) []string
	// carry runs one pipeline to its end. Its error is a failed pipeline.
	carry(ctx context.Context, w *world, r *run) error
	// gate is "ENVIRONMENT/LABEL", from what the engine calls an approval.
	gate(name string) string
}

// world is one scenario on one engine: that of package scenario, whose host
// answers over http, with the shop's programs.
type world struct {
	*scenario.World
	t          *testing.T
	eng        engine
	url        string
	server     *httptest.Server
	forge      *scenario.Forge
	traffic    wire.Counter           // with the host
	deployed   func()                 // called when a command begins that deploys, where the policy tells
	overWire   string                 // "yes": checkouts ask the host too, on hosted machines that have nothing yet
	checked    string                 // where the fettle that looks at the policy is had; "" where none does
	formerly   []string               // addresses of the worlds that it is a copy of
	ins        []schema.Input         // the newest policies
	repository *generators.Repository // what they compiled to

	mu      sync.Mutex
	reviews map[*run][]any // of GitHub
}

type run = scenario.Run

// adapter is the engine as its world knows it.
type adapter struct{ w *world }

func (a adapter) Name() string { return a.w.eng.name() }

func (a adapter) Flows(_ *scenario.World, r *run) ([]string, error) {
	return a.w.eng.flows(a.w, r), nil
}

func (a adapter) Carry(ctx context.Context, _ *scenario.World, r *run) error {
	return a.w.eng.carry(ctx, a.w, r)
}

// chooser is an engine whose host does not take the first that came.
type chooser interface {
	next(w *world, name string, q *scenario.Queue) *run
}

func (a adapter) Next(name string, q *scenario.Queue) *run {
	if c, ok := a.w.eng.(chooser); ok {
		return c.next(a.w, name, q)
	}
	return q.Waiting[0]
}

const patience = 3 * time.Minute

// config is what the world is made with. A job that asks the host may clone a GiB.
func (w *world) config(dir string) scenario.Config {
	git, err := exec.LookPath("git")
	must(w.t, err)
	return scenario.Config{Dir: dir, Engine: adapter{w}, Git: git, Env: os.Environ(), Begin: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Patience: patience, More: w.more}
}

func newWorld(t *testing.T, e engine, dir string) *world {
	t.Helper()
	w := emptyWorld(t, e, dir)
	inner, err := scenario.New(t.Context(), w.config(dir))
	must(t, err)
	w.World = inner
	serve(t, w)
	return w
}

// emptyWorld is one in a folder, with nothing in it that was not there.
func emptyWorld(t *testing.T, e engine, dir string) *world {
	w := &world{t: t, eng: e, reviews: map[*run][]any{}}
	w.World = scenario.Empty(t.Context(), w.config(dir))
	t.Cleanup(func() { w.Stop() })
	return w
}

// git is what a person does.
func (w *world) git(dir string, args ...string) string {
	w.t.Helper()
	out, err := w.TryGit(dir, args...)
	if err != nil {
		w.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return out
}

// natives are one native step on each target.
var natives = map[string]string{
	"github": "- run: ./check.sh board", "gitlab": "- ./check.sh board", "azure": "- bash: ./check.sh board", "jenkins": "sh label: 'Tell the board', script: './check.sh board'",
}

// poisons are native steps that set what would steer the steps after them.
var poisons = map[string]string{
	"github": "- run: NATIVE=yes && . ./poison.sh", "gitlab": "- NATIVE=yes && . ./poison.sh", "azure": "- bash: NATIVE=yes && . ./poison.sh", "jenkins": "sh label: 'Poison', script: 'NATIVE=yes && . ./poison.sh'",
}

// install generates the pipelines of a policy into the developer's clone,
// beside the programs that its commands call.
func (w *world) install(policy string, replace map[string]string) {
	w.t.Helper()
	src := w.policy(policy, replace)
	if policy == "checked" {
		src = w.pinned(src)
		w.write("release.hcl", string(src)) // which fettle compares with the files
	}
	w.generate([]schema.Input{{Sources: []syntax.Source{{Name: "release.hcl", Bytes: src}}}})
}

// installAll does it for components, each with a policy in a folder of its own.
func (w *world) installAll(names []string) {
	w.t.Helper()
	var ins []schema.Input
	for _, name := range names {
		src := w.policy("component", map[string]string{"NAME": name})
		w.write(name+"/release.hcl", string(src))
		ins = append(ins, schema.Input{Sources: []syntax.Source{{Name: "release.hcl", Bytes: src}}, Dir: name})
	}
	w.generate(ins)
}

// forges are where requests are made, and others a second system.
var forges = map[string]string{"github": "github", "gitlab": "gitlab", "azure": "azure", "jenkins": "gitea"}
var others = map[string]string{"github": "gitlab", "gitlab": "azure", "azure": "jenkins", "jenkins": "github"}

// target is the CI system whose files are generated.
func (w *world) target() string {
	if e, ok := w.eng.(*rehearsed); ok {
		return e.Target
	}
	return w.eng.name()
}

// policy is the text of one for the engine's target.
func (w *world) policy(policy string, replace map[string]string) []byte {
	w.t.Helper()
	src, err := os.ReadFile(filepath.Join("../testdata/scenarios/policy", policy+".hcl"))
	must(w.t, err)
	text := string(src)
	for from, to := range replace {
		if !strings.Contains(text, from) {
			w.t.Fatalf("the policy %s has no %q", policy, from)
		}
		text = strings.ReplaceAll(text, from, to)
	}
	target := w.target()
	return []byte(strings.NewReplacer("TARGET", target, "FORGE", forges[target], "OTHER", others[target], "NATIVE", natives[target], "POISON", poisons[target]).Replace(text))
}

// generate writes the files of all policies, and the programs that they call.
func (w *world) generate(ins []schema.Input) {
	w.t.Helper()
	repository, diags := generators.CompileAll(ins, nil)
	for _, d := range diags {
		if d.Code == "image-unsaid" {
			continue // the engine of GitLab runs jobs on this machine
		}
		w.t.Fatalf("%s: %s: %s", d.Subject, d.Summary, d.Detail)
	}
	w.ins, w.repository = ins, repository
	w.writePlans(repository)
	for _, f := range repository.Files {
		w.write(f.Path, w.withClock(string(f.Content)))
	}
	programs, err := filepath.Glob("../testdata/scenarios/shop/*")
	must(w.t, err)
	for _, p := range programs {
		content, err := os.ReadFile(p)
		must(w.t, err)
		w.write(filepath.Base(p), string(content))
	}
	w.write(".gitignore", "reports/\nleftovers/\nrelease.env\n.gitlab-ci-local/\ndist/\n")
}

// withClock lets a release script read the scenario's clock. The engine of fettle
// rehearse leaves it as it is: its machines have a date of their own.
func (w *world) withClock(text string) string {
	if _, ok := w.eng.(*rehearsed); ok || w.checked != "" {
		return text
	}
	return strings.Replace(text, "clock() { date -u +%s; }", `clock() { cat "$E2E_STATE/clock" 2>/dev/null || date -u +%s; }`, 1)
}

// overran tells, once, whether a command was still running when the time of
// its job was over.
func (w *world) overran() bool { return os.Remove(filepath.Join(w.State, "overran")) == nil }

// remove takes a job out of the pipelines that deploy, as somebody would who edits
// them: what needed it needs what it needed, and is handed nothing by it.
func (w *world) remove(name string) {
	w.t.Helper()
	found := false
	repository, _ := generators.CompileAll(w.ins, nil) // others have the plans of before
	for _, result := range repository.Results {
		for _, f := range result.Plan.Flows {
			i := slices.IndexFunc(f.Jobs, func(j *flow.Job) bool { return j.Name == name })
			if i < 0 || f.Kind == flow.MergeRequest {
				continue
			}
			found = true
			gone := f.Jobs[i]
			f.Jobs = slices.Delete(f.Jobs, i, i+1)
			for _, j := range f.Jobs {
				if slices.Contains(j.Needs, gone) {
					j.Needs = append(slices.DeleteFunc(slices.Clone(j.Needs), func(n *flow.Job) bool { return n == gone }), gone.Needs...)
				}
				j.Inputs = slices.DeleteFunc(j.Inputs, func(d flow.Datum) bool { return d.From == gone })
			}
		}
		target := generators.All[slices.IndexFunc(generators.All, func(t *gen.Target) bool { return t.Name == w.target() })]
		files, _ := target.Generate(result.Plan)
		for _, f := range files {
			w.write(f.Path, string(f.Content))
		}
	}
	if !found {
		w.t.Fatalf("no flow has a job %s", name)
	}
	w.writePlans(repository)
}

func (w *world) write(path, content string) {
	w.t.Helper()
	must(w.t, w.Write(path, content))
}

// environ are the variables that the shop's programs read, and the stand-ins for
// what checks out: they read the host's disk, which is a tenth of the suite's time
// less than asking for each job what only the pipelines have to be seen asking.
func (w *world) environ(r *run) []string {
	return []string{"E2E_STATE=" + w.State, "E2E_RUN=" + r.ID(), "E2E_DISK=" + w.Bare, "E2E_FROM=" + w.from()}
}

// from is where a checkout fetches.
func (w *world) from() string {
	if w.overWire != "" {
		return w.readable("job")
	}
	return "file://" + w.Bare
}

// readable is the address of the repository with a credential that reads it.
func (w *world) readable(user string) string {
	return strings.Replace(w.url, "://", "://"+user+":"+readToken+"@", 1)
}

// command runs a program to its end, or until the run is killed, and then with
// everything that it started.
func command(ctx context.Context, r *run, dir string, env []string, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir, c.Env, c.Stdout, c.Stderr = dir, env, r, r
	return scenario.RunGroup(ctx, c)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
