package main

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

// program is something that is run as a whole process, from its start to its end.
type program struct {
	name string
	dir  string
	args []string
	env  []string
}

// sample is what one run took, with everything that the program started.
type sample struct {
	processor, wall time.Duration
	memory          int64 // bytes, at the most
}

func (p program) run() (sample, error) {
	c := exec.Command(p.args[0], p.args[1:]...)
	c.Dir, c.Env = p.dir, append(os.Environ(), p.env...)
	var said strings.Builder
	c.Stderr = &said
	begin := time.Now()
	err := c.Run()
	s := sample{wall: time.Since(begin)}
	if err != nil {
		return s, fmt.Errorf("%s: %v: %w\n%s", p.name, p.args, err, said.String())
	}
	s.processor = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	s.memory = c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
	return s, nil
}

// inTurn runs all programs one after the other, some times: what else the machine
// does concerns all of them. A first turn is not counted.
func inTurn(programs []program, rounds int) ([][]sample, error) {
	out := make([][]sample, len(programs))
	for round := range rounds + 1 {
		for i, p := range programs {
			s, err := p.run()
			if err != nil {
				return nil, err
			}
			if round > 0 {
				out[i] = append(out[i], s)
			}
		}
	}
	return out, nil
}

func median[T ~int64 | ~float64](all []T) T {
	sorted := slices.Clone(all)
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}

func of[T any](all []sample, field func(sample) T) []T {
	var out []T
	for _, s := range all {
		out = append(out, field(s))
	}
	return out
}

func processor(s sample) time.Duration { return s.processor }
func wall(s sample) time.Duration      { return s.wall }
func memory(s sample) int64            { return s.memory }

// times is the median of the ratios, each of one round.
func times(all, reference []sample) float64 {
	var out []float64
	for i := range all {
		out = append(out, float64(all[i].processor)/float64(reference[i].processor))
	}
	return median(out)
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

func mib(n int64) string { return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20)) }
