package main

import (
	"bytes"
	"flag"
	"fmt"
	"os/exec"
	"strings"
)

// functions runs the Go benchmarks: what a process takes that is there already.
func functions(args []string) error {
	flags := flag.NewFlagSet("functions", flag.ExitOnError)
	page := flags.Bool("page", false, "write it into "+pagePath)
	_ = flags.Parse(args) // it exits
	const command = "go test -run - -bench . -benchmem ./generators ./lint/weakening"
	fields := strings.Fields(command)
	out, err := exec.Command(fields[0], fields[1:]...).Output()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", command, err, out)
	}
	var b bytes.Buffer
	b.WriteString("| benchmark | time | allocations | KiB |\n| --- | --- | --- | --- |\n")
	for line := range strings.Lines(string(out)) {
		var name string
		var n, allocated, allocations int64
		var took float64
		if _, err := fmt.Sscanf(line, "%s %d %f ns/op %d B/op %d allocs/op", &name, &n, &took, &allocated, &allocations); err == nil {
			fmt.Fprintf(&b, "| %s | %.2f ms | %d | %d |\n", strings.TrimPrefix(name, "Benchmark"), took/1e6, allocations, allocated/1024)
		}
	}
	fmt.Print(b.String())
	if !*page {
		return nil
	}
	return put("functions", command, b.String())
}
