package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// The page for the night is followed on engines, from a broken production to each of the
// three answers: its commands are taken from it, with the numbers of this repository.
// gh is a program that writes down how it is called; the world starts what it says.
func TestOnCall(t *testing.T) {
	t.Parallel()
	if os.Getenv("FETTLE_E2E") == "" {
		t.Skip("make e2e follows the page for the night")
	}
	page := newOnCallPage(t)
	for _, e := range []engine{newRehearsed(), github{}, gitlab{}} {
		t.Run(e.name(), func(t *testing.T) {
			t.Parallel()
			if missing := e.missing(); missing != "" && os.Getenv("FETTLE_E2E") == "required" {
				t.Fatalf("%s is not installed", missing)
			} else if missing != "" {
				t.Skipf("%s is not installed", missing)
			}
			w := newWorld(t, e, t.TempDir())
			for _, line := range []string{"policy shop", `commit main "First"`, "push main", "43 approved by lead", "43 succeeds",
				`commit main "Lose orders"`, "push main", "44 approved by lead", "44 succeeds"} {
				w.line(t, "the evening before", line)
			}
			must(t, w.EverythingEnds())
			for name, answer := range map[string]func(*testing.T, *world){"redeploy": page.redeploy, "hotfix": page.hotfix, "fix forward": page.forward} {
				t.Run(name, func(t *testing.T) {
					c := w.copy(t, t.TempDir())
					page.looks(t, c)
					answer(t, c)
				})
			}
		})
	}
}

// onCallPage are the commands of docs/on-call.md.
type onCallPage struct{ look, gh, begin, push string }

func newOnCallPage(t *testing.T) onCallPage {
	t.Helper()
	src, err := os.ReadFile("../docs/on-call.md")
	must(t, err)
	text := strings.NewReplacer("43", "44", "42", "43").Replace(string(src)) // the first version here is 43
	blocks := regexp.MustCompile("(?s)\n```sh\n(.*?)```").FindAllStringSubmatch(text, -1)
	gh := regexp.MustCompile("`(gh workflow run [^`]*)`").FindStringSubmatch(text)
	if len(blocks) != 2 || gh == nil {
		t.Fatalf("the page has %d blocks of commands, and %q", len(blocks), gh)
	}
	begin, push, ok := strings.Cut(blocks[1][1], "# repair it, with nothing else in it\n")
	if !ok {
		t.Fatalf("the page says nowhere where the repair is made:\n%s", blocks[1][1])
	}
	return onCallPage{blocks[0][1], gh[1], begin, push}
}

// types is what a person types into a shell, in their clone.
func (p onCallPage) types(t *testing.T, w *world, commands string) string {
	t.Helper()
	bin := filepath.Join(w.Home, "bin")
	must(t, os.MkdirAll(bin, 0o755))
	must(t, os.WriteFile(filepath.Join(bin, "gh"), []byte("#!/bin/sh\nprintf '%s\\n' \"$@\" >\"$HOME/gh\"\n"), 0o755))
	c := exec.CommandContext(t.Context(), "sh", "-euc", strings.ReplaceAll(commands, "/tmp/", w.Home+"/"))
	c.Dir = w.Dev
	c.Env = []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "HOME=" + w.Home, "GIT_CONFIG_GLOBAL=" + filepath.Join(w.Home, ".gitconfig"), "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=Dev", "GIT_AUTHOR_EMAIL=dev@example.com", "GIT_COMMITTER_NAME=Dev", "GIT_COMMITTER_EMAIL=dev@example.com"}
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s\n%v\n%s", commands, err, out)
	}
	return string(out)
}

// looks is the first part of the page: what runs, and which answers are open.
func (p onCallPage) looks(t *testing.T, w *world) {
	t.Helper()
	out := p.types(t, w, p.look)
	for _, want := range []string{"production", "44", "43"} {
		if !strings.Contains(out, want) {
			t.Errorf("status does not say %s:\n%s", want, out)
		}
	}
	out = p.types(t, w, "sh /tmp/release.sh advise")
	for _, want := range []string{"redeploy 43 (", "hotfix on hotfix/44 ("} {
		if !regexp.MustCompile(regexp.QuoteMeta(want) + `[0-9a-f]+\): open`).MatchString(out) {
			t.Errorf("advise does not say that %s) is open:\n%s", want, out)
		}
	}
}

// others is what the mainline has that may not go tonight.
func (w *world) others(t *testing.T) {
	t.Helper()
	w.line(t, "others", `commit main "Not for tonight"`)
	w.line(t, "others", "push main quietly")
}

func (p onCallPage) redeploy(t *testing.T, w *world) {
	w.others(t)
	p.types(t, w, p.gh)
	said, err := os.ReadFile(filepath.Join(w.Home, "gh"))
	must(t, err)
	args := strings.Split(strings.TrimSpace(string(said)), "\n")
	event := scenario.Event{Kind: "dispatch", Actor: "dev", Inputs: map[string]string{}}
	event.Flow = strings.TrimSuffix(args[2], ".yml")
	for i := 3; i+1 < len(args); i += 2 {
		name, value, _ := strings.Cut(args[i+1], "=")
		if args[i] == "--ref" {
			event.Ref = args[i+1]
		} else {
			event.Inputs[name] = value
		}
	}
	_, err = w.Start(event)
	must(t, err)
	for _, line := range []string{"45 approved by lead", "45 succeeds", `45 prints "Leaves production, commits: 1"`, "production runs 43",
		`ledger "production: 43 begins" says "Reason: 44 loses orders" "Incident: INC-7"`} {
		w.line(t, "redeploy", line)
	}
	p.morning(t, w, "Withdrawn from production: what 44 brought")
}

func (p onCallPage) hotfix(t *testing.T, w *world) {
	w.others(t)
	p.types(t, w, p.begin)
	must(t, os.WriteFile(filepath.Join(w.Dev, "repair.txt"), []byte("found\n"), 0o644))
	p.types(t, w, "git add repair.txt") // a file that is there needs none
	p.types(t, w, p.push)
	for _, line := range []string{"push hotfix/44", "45 approved by lead", "45 succeeds", "production runs 44.1"} {
		w.line(t, "hotfix", line)
	}
	p.morning(t, w, "44.1")
}

func (p onCallPage) forward(t *testing.T, w *world) {
	for _, line := range []string{`commit main "Do not lose orders" body="Incident: INC-7"`, "push main quietly", "dispatch delivery incident=INC-7", "45 approved by lead", "45 succeeds",
		"production runs 45"} {
		w.line(t, "fix forward", line)
	}
}

// morning is what status still lists.
func (p onCallPage) morning(t *testing.T, w *world, left string) {
	t.Helper()
	if out := p.types(t, w, p.look); !strings.Contains(out, left) {
		t.Errorf("status does not say what is left, %q:\n%s", left, out)
	}
}
