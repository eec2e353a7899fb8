package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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
	"github.com/fettle-ci/fettle/schema"
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

// world is one scenario on one engine: a repository with its host, machines
// that are deployed to, and people.
type world struct {
	t                           *testing.T
	eng                         engine
	dir, bare, dev, state, home string
	url                         string
	server                      *httptest.Server
	traffic                     wire.Counter           // with the host
	deployed                    func()                 // called when a command begins that deploys, where the policy tells
	overWire                    string                 // "yes": checkouts ask the host too, on hosted machines that have nothing yet
	formerly                    []string               // addresses of the worlds that it is a copy of
	repository                  *generators.Repository // what the newest policies compiled to
	clock                       int                    // of commits, so that they are the same on every engine
	number                      int
	base                        string // of the next request
	before                      string // where the branch of the last push stood; "" where it is new

	mu       sync.Mutex
	changed  *sync.Cond
	runs     []*run
	locks    map[string]*queue
	requests []*request
}

// run is one run of one pipeline.
type run struct {
	w                         *world
	flow, ref, commit, actor  string
	number                    int
	event                     string // push, dispatch, schedule or request
	base                      string // where a request wants to go
	inputs                    map[string]string
	out                       bytes.Buffer
	cancel                    context.CancelFunc
	finished, killed, started bool
	err                       error
	gates                     map[string]chan decision
	open                      map[string]bool // gates that wait
	attempt                   int
	reviews                   []any // of all attempts, as GitHub's interface gives them
}

// decision is what a person says to a gate.
type decision struct {
	person            string
	approved, timeout bool
}

func (r *run) engine() engine { return r.w.eng }

func (r *run) id() string { return fmt.Sprintf("9%d", r.number) }

// Write takes what the pipeline prints.
func (r *run) Write(p []byte) (int, error) {
	r.w.mu.Lock()
	defer r.w.mu.Unlock()
	return r.out.Write(p)
}

// quickGit keeps git from tidying repositories that live for seconds.
const quickGit = "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[receive]\n\tautogc = false\n[core]\n\tfsync = none\n"

func newWorld(t *testing.T, e engine, dir string) *world {
	t.Helper()
	w := emptyWorld(t, e, dir)
	for _, d := range []string{"dev", "home", "state/environments", "state/faults", "state/after"} {
		must(t, os.MkdirAll(filepath.Join(dir, d), 0o755))
	}
	must(t, os.WriteFile(filepath.Join(w.home, ".gitconfig"), []byte(quickGit), 0o644))
	newRemote(t, w)
	w.git(w.dev, "init", "--quiet", "--initial-branch=main")
	w.git(w.dev, "remote", "add", "origin", w.bare)
	return w
}

// emptyWorld is one in a folder, with nothing in it that was not there.
func emptyWorld(t *testing.T, e engine, dir string) *world {
	w := &world{t: t, eng: e, dir: dir, bare: filepath.Join(dir, "host", "acme", "shop.git"), dev: filepath.Join(dir, "dev"), state: filepath.Join(dir, "state"), home: filepath.Join(dir, "home"),
		number: 42, locks: map[string]*queue{}}
	w.changed = sync.NewCond(&w.mu)
	t.Cleanup(w.stop)
	return w
}

// stop ends what still runs.
func (w *world) stop() {
	w.mu.Lock()
	runs := slices.Clone(w.runs)
	for _, r := range runs {
		r.killed = true // so that none waits for a lock that nobody gives back
		w.abandon(r)
	}
	w.changed.Broadcast()
	w.mu.Unlock()
	for _, r := range runs {
		if r.cancel != nil {
			r.cancel()
		}
	}
	for _, r := range runs {
		w.until(20*time.Second, func() bool { return r.finished })
	}
}

// --- Files and commits --------------------------------------------------------------

// git is what a person does: with a name, and at the next minute of the
// scenario's clock.
func (w *world) git(dir string, args ...string) string {
	w.t.Helper()
	out, err := w.tryGit(dir, args...)
	if err != nil {
		w.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return out
}

func (w *world) tryGit(dir string, args ...string) (string, error) {
	w.clock++
	date := fmt.Sprintf("2026-03-01T%02d:%02d:00Z", w.clock/60%24, w.clock%60)
	c := exec.Command("git", args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GIT_AUTHOR_NAME=Dev", "GIT_AUTHOR_EMAIL=dev@example.com", "GIT_COMMITTER_NAME=Dev", "GIT_COMMITTER_EMAIL=dev@example.com",
		"GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date, "GIT_CONFIG_GLOBAL="+filepath.Join(w.home, ".gitconfig"), "GIT_CONFIG_NOSYSTEM=1", "GIT_EDITOR=true")
	out, err := c.CombinedOutput()
	return strings.TrimSpace(string(out)), err
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
	w.generate([]schema.Input{{Sources: []schema.Source{{Name: "release.hcl", Bytes: w.policy(policy, replace)}}}})
}

// installAll does it for components, each with a policy in a folder of its own.
func (w *world) installAll(names []string) {
	w.t.Helper()
	var ins []schema.Input
	for _, name := range names {
		src := w.policy("component", map[string]string{"NAME": name})
		w.write(name+"/release.hcl", string(src))
		ins = append(ins, schema.Input{Sources: []schema.Source{{Name: "release.hcl", Bytes: src}}, Dir: name})
	}
	w.generate(ins)
}

// policy is the text of one for the engine's target.
func (w *world) policy(policy string, replace map[string]string) []byte {
	w.t.Helper()
	src, err := os.ReadFile(filepath.Join("../testdata/scenarios/policy", policy+".hcl"))
	must(w.t, err)
	forge := map[string]string{"github": "github", "gitlab": "gitlab", "azure": "azure", "jenkins": "gitea"}[w.eng.name()]
	other := map[string]string{"github": "gitlab", "gitlab": "azure", "azure": "jenkins", "jenkins": "github"}[w.eng.name()]
	text := string(src)
	for from, to := range replace {
		if !strings.Contains(text, from) {
			w.t.Fatalf("the policy %s has no %q", policy, from)
		}
		text = strings.ReplaceAll(text, from, to)
	}
	return []byte(strings.NewReplacer("TARGET", w.eng.name(), "FORGE", forge, "OTHER", other, "NATIVE", natives[w.eng.name()], "POISON", poisons[w.eng.name()]).Replace(text))
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
	w.repository = repository
	for _, f := range repository.Files {
		w.write(f.Path, strings.Replace(string(f.Content), "clock() { date -u +%s; }", `clock() { cat "$E2E_STATE/clock" 2>/dev/null || date -u +%s; }`, 1))
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

// overran tells, once, whether a command was still running when the time of
// its job was over.
func (w *world) overran() bool { return os.Remove(filepath.Join(w.state, "overran")) == nil }

// remove takes a job out of the pipelines that deploy, as somebody would who edits
// them: what needed it needs what it needed, and is handed nothing by it.
func (w *world) remove(name string) {
	w.t.Helper()
	found := false
	for _, result := range w.repository.Results {
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
		target := generators.All[slices.IndexFunc(generators.All, func(t *gen.Target) bool { return t.Name == w.eng.name() })]
		files, _ := target.Generate(result.Plan)
		for _, f := range files {
			w.write(f.Path, string(f.Content))
		}
	}
	if !found {
		w.t.Fatalf("no flow has a job %s", name)
	}
}

func (w *world) write(path, content string) {
	w.t.Helper()
	full := filepath.Join(w.dev, path)
	must(w.t, os.MkdirAll(filepath.Dir(full), 0o755))
	must(w.t, os.WriteFile(full, []byte(content), 0o755))
}

// on brings the developer's clone to a branch as the host has it.
func (w *world) on(branch string) {
	w.t.Helper()
	w.git(w.dev, "fetch", "--quiet", "--prune", "--tags", "--force", "origin", "+refs/heads/*:refs/remotes/origin/*")
	if head, err := w.tryGit(w.dev, "symbolic-ref", "--short", "HEAD"); err == nil && head == branch {
		// it is there already, perhaps without a commit
	} else if _, err := w.tryGit(w.dev, "checkout", "--quiet", branch); err != nil {
		w.git(w.dev, "checkout", "--quiet", "-b", branch, "refs/remotes/origin/"+branch)
	}
	_, _ = w.tryGit(w.dev, "merge", "--quiet", "--ff-only", "refs/remotes/origin/"+branch) // not possible where this clone is ahead; by its full name, since a tag may be called so
}

// --- People and machines ------------------------------------------------------------

// ask waits until somebody decides on a gate of a run.
func (w *world) ask(r *run, gate string) decision {
	if own := component(r.flow); own != "" { // a gate is called as the policy calls it
		gate = strings.TrimPrefix(strings.TrimPrefix(gate, own+"-"), "approve-")
	}
	w.mu.Lock()
	answer := r.gates[gate]
	if answer == nil {
		answer = make(chan decision, 1)
		r.gates[gate] = answer
	}
	r.open[gate] = true
	w.changed.Broadcast()
	w.mu.Unlock()
	d, ok := <-answer
	if !ok {
		return decision{}
	}
	return d
}

// decide answers a gate that waits.
func (w *world) decide(r *run, gate string, d decision) {
	w.t.Helper()
	w.waits(r, gate)
	w.mu.Lock()
	defer w.mu.Unlock()
	r.open[gate] = false
	r.gates[gate] <- d
	delete(r.gates, gate)
}

// until waits for something to become true, and tells whether it did.
func (w *world) until(limit time.Duration, true_ func() bool) bool {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		w.mu.Lock()
		ok := true_()
		w.mu.Unlock()
		if ok {
			return true
		}
	}
	return false
}

const patience = 3 * time.Minute

// patient is for how long a run is waited for: each job may clone a GiB.
func (w *world) patient() time.Duration {
	if w.overWire != "" {
		return 10 * patience
	}
	return patience
}

func (w *world) waits(r *run, gate string) {
	w.t.Helper()
	if !w.until(w.patient(), func() bool { return r.open[gate] || r.finished }) || r.finished {
		w.t.Fatalf("run %d does not wait for %s:\n%s", r.number, gate, w.log(r))
	}
}

func (w *world) ends(r *run) {
	w.t.Helper()
	if !w.until(w.patient(), func() bool { return r.finished }) {
		w.t.Fatalf("run %d does not end:\n%s", r.number, w.log(r))
	}
}

func (w *world) log(r *run) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return r.out.String()
}

func (w *world) runByID(id string) *run {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.runs {
		if r.id() == id {
			return r
		}
	}
	return nil
}

// --- Runs ---------------------------------------------------------------------------

// start begins the pipelines of an event, and returns the first.
func (w *world) start(event, ref, actor, flow string, inputs map[string]string) *run {
	w.t.Helper()
	commit := w.git(w.bare, "rev-parse", "refs/heads/"+ref)
	r := &run{w: w, base: w.base, event: event, ref: ref, commit: commit, actor: actor, flow: flow, inputs: inputs, gates: map[string]chan decision{}, open: map[string]bool{}}
	flows := w.eng.flows(w, r)
	if (event == "dispatch" || event == "schedule") && slices.Contains(flows, flow) {
		flows = []string{flow}
	}
	if len(flows) == 0 {
		return nil
	}
	if len(flows) > 1 && component(flows[0]) == component(flows[1]) {
		w.t.Fatalf("a %s of %s starts more than one pipeline: %v", event, ref, flows)
	}
	var runs []*run
	for _, flow := range flows {
		o := &run{w: w, base: r.base, event: event, ref: ref, commit: commit, actor: actor, flow: flow, inputs: inputs, gates: map[string]chan decision{}, open: map[string]bool{}}
		w.mu.Lock()
		w.number++
		o.number = w.number
		w.runs = append(w.runs, o)
		w.mu.Unlock()
		runs = append(runs, o)
	}
	for _, o := range runs {
		w.carry(o)
	}
	return runs[0]
}

// component is what stands before the kind in the name of a flow, or "".
func component(of string) string {
	for _, kind := range flow.Kinds {
		if name, ok := strings.CutSuffix(of, "-"+string(kind)); ok {
			return name
		}
	}
	return ""
}

// requested tells whether a merge request changes one of the paths, as hosts
// judge it: from where its branch left the other one.
func (w *world) requested(r *run, paths []string) bool {
	if len(paths) == 0 {
		return true
	}
	args := []string{"diff", "--quiet", "refs/heads/" + r.base + "..." + r.commit, "--"}
	for _, p := range paths {
		args = append(args, ":(glob)"+p)
	}
	_, err := w.tryGit(w.bare, args...)
	return err != nil
}

// touched tells whether the last push changed one of the paths, as hosts judge
// it: from where the branch stood. Everything is new on a new branch.
func (w *world) touched(r *run, paths []string) bool {
	if len(paths) == 0 || w.before == "" {
		return true
	}
	args := []string{"diff", "--quiet", w.before, r.commit, "--"}
	for _, p := range paths {
		args = append(args, ":(glob)"+p)
	}
	_, err := w.tryGit(w.bare, args...)
	return err != nil
}

// carry runs a pipeline in the background.
func (w *world) carry(r *run) {
	ctx, cancel := context.WithCancel(context.Background())
	w.mu.Lock()
	r.cancel, r.finished, r.killed, r.err = cancel, false, false, nil
	r.attempt++
	w.mu.Unlock()
	dying := time.NewTicker(20 * time.Millisecond)
	go func() {
		for {
			select {
			case <-ctx.Done():
				dying.Stop()
				return
			case <-dying.C:
				w.mourn(r)
			}
		}
	}()
	go func() {
		err := w.eng.carry(ctx, w, r)
		cancel()
		w.mu.Lock()
		defer w.mu.Unlock()
		r.finished, r.err = true, err
		w.leaveAll(r)
	}()
}

// mourn kills the run whose command asked for it, or the one that runs when the
// host says so: the machine goes away, and nothing of the pipeline runs any more.
func (w *world) mourn(r *run) {
	for _, name := range []string{"dying-" + r.id(), "dying"} {
		if err := os.Remove(filepath.Join(w.state, name)); err != nil {
			continue
		}
		w.mu.Lock()
		r.killed = true
		w.abandon(r)
		w.changed.Broadcast()
		w.mu.Unlock()
		r.cancel()
		return
	}
}

// abandon ends the waiting at the gates of a run. The caller holds w.mu.
func (w *world) abandon(r *run) {
	for _, gate := range r.gates {
		close(gate)
	}
	r.gates = map[string]chan decision{}
}

// environ are the variables that the shop's programs read, and the stand-ins for
// what checks out: they read the host's disk, which is a tenth of the suite's time
// less than asking for each job what only the pipelines have to be seen asking.
func (w *world) environ(r *run) []string {
	return []string{"E2E_STATE=" + w.state, "E2E_RUN=" + r.id(), "E2E_DISK=" + w.bare, "E2E_FROM=" + w.from()}
}

// from is where a checkout fetches.
func (w *world) from() string {
	if w.overWire != "" {
		return w.url
	}
	return "file://" + w.bare
}

// command runs a program to its end, or until the run is killed, and then with
// everything that it started.
func command(ctx context.Context, r *run, dir string, env []string, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir, c.Env, c.Stdout, c.Stderr = dir, env, r, r
	return runGroup(ctx, c)
}

var errKilled = errors.New("killed")

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
