package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

const pagePath = "docs/performance.md"

// put writes a part of the page, between the marks of its name, with how it was
// measured.
func put(name, command, text string) error {
	content, err := os.ReadFile(pagePath)
	if err != nil {
		return err
	}
	begin, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->\n"
	head, rest, ok := strings.Cut(string(content), begin)
	_, tail, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return fmt.Errorf("%s has no place for %s", pagePath, name)
	}
	return os.WriteFile(pagePath, []byte(head+begin+text+"\n"+measureNote(command)+end+tail), 0o644)
}

// measureNote says when and on what: a figure without that says nothing.
func measureNote(command string) string {
	return fmt.Sprintf("Measured on %s with `%s`: %d cores of %s, %s, Git %s, at the commit %s.\n", time.Now().UTC().Format("2 January 2006"), command, runtime.NumCPU(), model(), runtime.Version(),
		strings.TrimPrefix(output("git", "version"), "git version "), revision())
}

// revision is the commit that is measured, and whether something was changed
// since, but for the page itself.
func revision() string {
	changed := ""
	if output("git", "status", "--porcelain", "--", ".", ":(exclude)"+pagePath) != "" {
		changed = ", with changes"
	}
	return output("git", "rev-parse", "--short", "HEAD") + changed
}

func output(args ...string) string {
	out, err := exec.Command(args[0], args[1:]...).Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

// model is the processor's, where the system tells it.
func model() string {
	content, _ := os.ReadFile("/proc/cpuinfo") // only Linux has it
	for line := range strings.Lines(string(content)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimSpace(strings.TrimLeft(name, "\t :"))
		}
	}
	return runtime.GOARCH
}
