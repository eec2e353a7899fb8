package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/fettle-ci/fettle/internal/test/history"
)

// ledgerPart measures what reads the ledger, in a clone of a repository that has
// released many versions: whole processes, beside git log over the same branch.
func ledgerPart(args []string) error {
	flags := flag.NewFlagSet("ledger", flag.ExitOnError)
	page := flags.Bool("page", false, "write it into "+pagePath)
	rounds := flags.Int("rounds", 9, "how often each program is run, in turn; medians count")
	versions := flags.Int("versions", 2000, "how many versions the repository has seen")
	into := flags.String("into", "", "only make the clone, in this folder")
	_ = flags.Parse(args) // it exits
	if *into != "" {
		return makeClone(*into, *versions)
	}
	dir, err := workplace()
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	// In a process of its own: what this one has used at the most would count as the memory of all that it starts.
	if out, err := exec.Command(os.Args[0], "ledger", "--into", dir, "--versions", fmt.Sprint(*versions)).CombinedOutput(); err != nil {
		return fmt.Errorf("the clone: %w\n%s", err, out)
	}
	clone := filepath.Join(dir, "clone")
	fettle := filepath.Join(dir, "fettle")
	if out, err := exec.Command("go", "build", "-o", fettle, "./cmd/fettle").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	programs := []program{{name: "`git log` of the ledger", dir: clone, args: []string{"git", "log", "origin/fettle/ledger"}}}
	last := fmt.Sprint(1000 + *versions)
	for _, call := range []string{"ledger list", "ledger list --max 0", "ledger list --json", "ledger show " + last, "ledger verify", "advise", "advise --all"} {
		programs = append(programs, program{name: "`fettle " + call + "`", dir: clone, args: append([]string{fettle}, strings.Fields(call)...)})
	}
	if *versions > 300 {
		programs = programs[:len(programs)-1] // all former versions are for a person who waits
	}
	samples, err := inTurn(programs, *rounds)
	if err != nil {
		return err
	}
	text, err := ledgerTable(dir, programs, samples)
	if err != nil {
		return err
	}
	fmt.Print(text)
	if !*page {
		return nil
	}
	return put("ledger", fmt.Sprintf("go run ./internal/test/bench ledger --rounds %d --versions %d", *rounds, *versions), text)
}

func ledgerTable(dir string, programs []program, samples [][]sample) (string, error) {
	var b strings.Builder
	b.WriteString("| command | wall time | processor time | of `git log` | memory | git processes | all programs |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	for i, p := range programs {
		git, all, err := countPrograms(dir, p)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %.1f | %s | %d | %d |\n", p.name, ms(median(of(samples[i], wall))), ms(median(of(samples[i], processor))), times(samples[i], samples[0]), mib(median(of(samples[i], memory))), git, all)
	}
	return b.String(), nil
}

// makeClone makes a clone of a repository with as many versions, with its policy.
func makeClone(dir string, versions int) error {
	place, err := history.NewPlace(filepath.Join(dir, "place"))
	if err != nil {
		return err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	made, err := place.Make(history.Size{Versions: versions}, filepath.Join(cache, "fettle", "histories"))
	if err != nil {
		return err
	}
	clone := filepath.Join(dir, "clone")
	if out, err := exec.Command("git", "clone", "--quiet", "--no-checkout", made, clone).CombinedOutput(); err != nil {
		return fmt.Errorf("git clone: %w\n%s", err, out)
	}
	policy, err := os.ReadFile("internal/test/history/policy.hcl")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(clone, "release.hcl"), policy, 0o644)
}

// countPrograms counts the programs that one starts: those of git, and all that the
// release script uses.
func countPrograms(dir string, p program) (git, all int, err error) {
	bin, log := filepath.Join(dir, "bin"), filepath.Join(dir, "started")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return 0, 0, err
	}
	for _, name := range strings.Fields("git awk sed grep cut sort date mktemp rm mkdir tail head cat cp mv tr wc paste sh") {
		real, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		shim := fmt.Sprintf("#!%s\necho %s >>%s\nexec %s \"$@\"\n", "/bin/sh", name, log, real)
		if err := os.WriteFile(filepath.Join(bin, name), []byte(shim), 0o755); err != nil {
			return 0, 0, err
		}
	}
	_ = os.Remove(log) // there is none at first
	p.env = []string{"PATH=" + bin + ":" + os.Getenv("PATH")}
	if p.args[0] == "git" {
		p.args = append([]string{filepath.Join(bin, "git")}, p.args[1:]...)
	}
	if _, err := p.run(); err != nil {
		return 0, 0, err
	}
	content, err := os.ReadFile(log)
	for name := range strings.FieldsSeq(string(content)) {
		all++
		if name == "git" {
			git++
		}
	}
	return git, all, err
}
