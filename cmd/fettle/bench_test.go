package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// One policy for four targets, as a user runs it: the whole process, from its
// start to its end, on a disk where nothing changes. CONTRIBUTING.md says what
// the aim is, and how far away. Nothing is demanded here, for a machine under
// load has its own truth.
func BenchmarkProcess(b *testing.B) {
	dir := b.TempDir()
	binary := filepath.Join(dir, "fettle")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // as make builds it
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	policy, err := os.ReadFile("../../examples/claims/release.hcl")
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "release.hcl"), policy, 0o644); err != nil {
		b.Fatal(err)
	}
	var processor float64
	var memory int64
	for b.Loop() {
		c := exec.Command(binary, "-C", dir, "generate")
		if out, err := c.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		processor += float64(c.ProcessState.UserTime()+c.ProcessState.SystemTime()) / 1e6
		memory = max(memory, c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
	}
	b.ReportMetric(processor/float64(b.N), "cpu-ms/op")
	b.ReportMetric(float64(memory)/1024, "MiB-max")
}
