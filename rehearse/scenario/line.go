package scenario

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/generators/gen"
)

// Line carries one line out.
func (w *World) Line(line string) error {
	if line = strings.TrimSpace(line); idle(line) {
		return nil
	}
	f := Words(line)
	if n, err := strconv.Atoi(f[0]); err == nil {
		return w.ofRun(n, f[1:])
	}
	if verb, ok := verbs[f[0]]; ok {
		if len(f)-1 < verb.least {
			return fmt.Errorf("it is written: %s", verb.usage)
		}
		return verb.do(w, f)
	}
	if w.More != nil {
		if known, err := w.More(f); known || err != nil {
			return err
		}
	}
	if len(f) == 3 && f[1] == "runs" {
		if err := w.isNamed("environment", f[0]); err != nil {
			return err
		}
		if version, _, _ := strings.Cut(w.RunsIn(f[0]), " "); version != f[2] {
			return fmt.Errorf("%s runs %s", f[0], orNothing(version))
		}
		return nil
	}
	return fmt.Errorf("%q begins no line of a scenario; docs/rehearse.md lists them", f[0])
}

func orNothing(version string) string {
	if version == "" {
		return "nothing"
	}
	return version
}

// verb is what a line begins with: how many words must follow, and how it is written.
type verb struct {
	least int
	usage string
	do    func(w *World, f []string) error
}

var verbs = language()

func language() map[string]verb {
	return map[string]verb{
		"only":      {1, "only ENGINE…", func(*World, []string) error { return nil }},
		"commit":    {2, `commit BRANCH "Subject" [FILE=TEXT]… [empty] [body=TEXT]`, (*World).commits},
		"submodule": {2, `submodule BRANCH "Subject"`, (*World).history},
		"branch":    {2, "branch NAME FROM", (*World).history},
		"merge":     {2, `merge BRANCH FROM [squash "Subject" [FILE=TEXT]…]`, (*World).history},
		"pick":      {2, `pick BRANCH "Subject"`, (*World).history},
		"revert":    {2, `revert BRANCH "Subject"`, (*World).history},
		"push":      {1, "push BRANCH [quietly | as PERSON]", (*World).push},
		"dispatch":  {1, "dispatch FLOW [INPUT=VALUE]… [as=PERSON]", (*World).dispatch},
		"schedule":  {1, "schedule NAME", (*World).schedule},
		"request":   {2, "request BRANCH FLOW [BASE]", (*World).request},
		"break":     {2, "break check NAME | setup ENVIRONMENT | deploy ENVIRONMENT | host ENVIRONMENT", (*World).breaks},
		"overrun":   {2, "overrun check NAME", (*World).breaks},
		"lose":      {2, "lose report NAME", (*World).breaks},
		"spoil":     {2, "spoil report NAME [cut | suite | skipped]", (*World).breaks},
		"kill":      {2, `kill before|after ENVIRONMENT | push "ENTRY OR REF"`, (*World).kills},
		"mend":      {0, "mend", (*World).mend},
		"clock":     {1, "clock 2026-10-24T22:00:00Z", (*World).setClock},
		"tamper":    {0, "tamper", (*World).tamper},
		"ledger":    {2, `ledger "ENTRY" says "TRAILER: VALUE"…`, (*World).ledger},
		"remote":    {1, "remote ARGUMENTS OF GIT", (*World).remote},
		"nothing":   {3, "nothing runs in ENVIRONMENT", (*World).nothing},
	}
}

func (w *World) dispatch(f []string) error {
	inputs := map[string]string{}
	for _, in := range f[2:] {
		k, v, _ := strings.Cut(in, "=")
		if branch, ok := strings.CutPrefix(v, "HEAD-OF-"); ok {
			commit, err := w.TryGit(w.Bare, "rev-parse", branch)
			if err != nil {
				return fmt.Errorf("the host has no branch %s", branch)
			}
			v = commit
		}
		inputs[k] = v
	}
	actor := "dev"
	if person, ok := inputs["as"]; ok {
		actor = person
		delete(inputs, "as")
	}
	_, err := w.Start(Event{Kind: "dispatch", Ref: w.Mainline, Actor: actor, Flow: f[1], Inputs: inputs})
	return err
}

func (w *World) schedule(f []string) error {
	_, err := w.Start(Event{Kind: "schedule", Ref: w.Mainline, Actor: "dev", Flow: "schedule-" + f[1]})
	return err
}

func (w *World) request(f []string) error {
	w.Base = w.Mainline
	if len(f) > 3 {
		w.Base = f[3]
	}
	_, err := w.Start(Event{Kind: "request", Ref: f[1], Actor: "dev", Flow: f[2]})
	return err
}

// Namer is an engine that knows what its policy has of a kind: environment or check.
type Namer interface{ Names(kind string) []string }

// isNamed refuses a name that the policy does not have.
func (w *World) isNamed(kind, name string) error {
	n, ok := w.Engine.(Namer)
	if !ok || slices.Contains(n.Names(kind), name) {
		return nil
	}
	return fmt.Errorf("there is no %s %q; the policy has %s", kind, name, strings.Join(n.Names(kind), ", "))
}

// kinds are what is broken, by the word before its name.
var kinds = map[string]string{"check": "check", "report": "check", "setup": "environment", "deploy": "environment", "host": "environment", "before": "environment", "after": "environment"}

func (w *World) breaks(f []string) error {
	kind, known := kinds[f[1]]
	if !known {
		return fmt.Errorf("nothing of %q is broken; it is check, report, setup, deploy, host, before or after", f[1])
	}
	if err := w.isNamed(kind, f[2]); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.faults(), strings.Join(f, "-")), nil, 0o644)
}

func (w *World) kills(f []string) error {
	if f[1] != "push" {
		return w.breaks(f)
	}
	hook := strings.ReplaceAll(dying, "STATE", gen.Shell(w.State))
	return errors.Join(
		os.WriteFile(filepath.Join(w.Bare, "hooks", "post-receive"), []byte(hook), 0o755),
		os.WriteFile(filepath.Join(w.faults(), "kill-push"), []byte(f[2]), 0o644))
}

func (w *World) mend([]string) error {
	if err := os.Rename(w.Bare+".away", w.Bare); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return errors.Join(os.RemoveAll(w.faults()), os.Mkdir(w.faults(), 0o755), os.RemoveAll(filepath.Join(w.State, "host-is-away")))
}

func (w *World) setClock(f []string) error {
	now, err := time.Parse(time.RFC3339, f[1])
	if err != nil {
		return fmt.Errorf("%q is no time such as 2026-10-24T22:00:00Z", f[1])
	}
	return os.WriteFile(filepath.Join(w.State, "clock"), fmt.Appendln(nil, now.Unix()), 0o644)
}

func (w *World) ledger(f []string) error {
	entry, err := w.TryGit(w.Bare, "log", "-1", "--fixed-strings", "--grep="+f[1], "--format=%B", "refs/heads/"+w.Branch)
	if err != nil || entry == "" {
		return fmt.Errorf("the ledger has no entry %q", f[1])
	}
	for _, line := range f[min(3, len(f)):] {
		if !strings.Contains(entry+"\n", "\n"+line+"\n") {
			return fmt.Errorf("the entry does not say %q:\n%s", line, entry)
		}
	}
	return nil
}

func (w *World) remote(f []string) error {
	out, err := w.TryGit(w.Bare, f[1:]...)
	if err != nil {
		return fmt.Errorf("git %s: %w\n%s", strings.Join(f[1:], " "), err, out)
	}
	return nil
}

func (w *World) nothing(f []string) error {
	if err := w.isNamed("environment", f[len(f)-1]); err != nil {
		return err
	}
	if got := w.RunsIn(f[len(f)-1]); got != "" {
		return fmt.Errorf("%s runs %s", f[len(f)-1], got)
	}
	return nil
}

// ofRun is a line that begins with the number of a run.
func (w *World) ofRun(number int, f []string) error {
	all := w.Runs()
	i := slices.IndexFunc(all, func(r *Run) bool { return r.Number == number })
	if i < 0 {
		return fmt.Errorf("there is no run %d; the first is %d", number, w.First)
	}
	if len(f) == 0 {
		return fmt.Errorf("it does not say what of run %d", number)
	}
	r := all[i]
	gate := "production/release"
	if i := slices.Index(f, "for"); i > 0 && i+1 < len(f) {
		gate, f = f[i+1], f[:i]
	}
	switch strings.Join(f[:min(2, len(f))], " ") {
	case "approved by":
		return w.Decide(r, gate, Decision{Person: word(f, 2), Approved: true})
	case "refused by":
		return w.Decide(r, gate, Decision{Person: word(f, 2)})
	case "times out":
		return w.Decide(r, gate, Decision{Timeout: true})
	case "is run":
		if err := w.ends(r); err != nil {
			return err
		}
		w.Carry(r)
		return nil
	case "is killed":
		if err := w.ends(r); err != nil {
			return err
		}
		if !r.Killed {
			return w.with(r, "run %d was not killed", number)
		}
		return nil
	}
	return w.outcome(r, gate, f)
}

func word(f []string, i int) string {
	if i < len(f) {
		return f[i]
	}
	return ""
}

// outcome is what a run must come to.
func (w *World) outcome(r *Run, gate string, f []string) error {
	switch f[0] {
	case "waits":
		return w.waits(r, append(f, gate)[1])
	case "succeeds", "fails", "prints":
		if err := w.ends(r); err != nil {
			return err
		}
	default:
		return fmt.Errorf("of a run is said: waits GATE, approved by, refused by, times out, succeeds, fails, prints, is killed, is run again; not %q", f[0])
	}
	switch text := word(f, 1); {
	case f[0] == "succeeds" && r.Err != nil:
		return w.with(r, "run %d failed: %v", r.Number, r.Err)
	case f[0] == "fails" && r.Err == nil:
		return w.with(r, "run %d succeeded", r.Number)
	case f[0] != "succeeds" && !strings.Contains(r.Log(), text):
		return w.with(r, "run %d (%v) does not say %q", r.Number, r.Err, text)
	}
	return nil
}
