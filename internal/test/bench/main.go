// Measures fettle, and writes what it found into docs/performance.md:
//
//	bench script     operations of the release script, on repositories that have released many versions
//	bench compiler   whole processes, beside a bare program that reads HCL and prints files
//	bench functions  the Go benchmarks
//	bench fleets     many policies in one repository
//	bench ledger     what reads the ledger, in a clone of a repository that has released many versions
//	bench peers      other tools on the same work
//
// It is started in the root of the repository.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	parts := map[string]func([]string) error{"script": script, "compiler": compilerPart, "fleets": fleetsPart, "peers": peersPart, "functions": functions, "ledger": ledgerPart}
	if len(os.Args) < 2 || parts[os.Args[1]] == nil {
		log.Fatal("usage: bench script|ledger|compiler|functions|fleets|peers [--page] [OPTION…], from the root of the repository")
	}
	if err := parts[os.Args[1]](os.Args[2:]); err != nil {
		log.Fatal(err)
	}
}

func compilerPart(args []string) error {
	return ofCompiler("compiler", 20, args, func(c *compiler, rounds int) (string, error) { return c.one(rounds) })
}

func fleetsPart(args []string) error {
	return ofCompiler("fleets", 3, args, func(c *compiler, rounds int) (string, error) { return c.fleets([]int{200, 500, 1000}, rounds) })
}

func peersPart(args []string) error {
	return ofCompiler("peers", 7, args, func(c *compiler, rounds int) (string, error) { return c.peers(rounds) })
}

// ofCompiler measures and prints a part, or puts it into the page.
func ofCompiler(name string, rounds int, args []string, do func(*compiler, int) (string, error)) error {
	flags := flag.NewFlagSet(name, flag.ExitOnError)
	page := flags.Bool("page", false, "write it into "+pagePath)
	n := flags.Int("rounds", rounds, "how often each program is run, in turn; medians count")
	_ = flags.Parse(args) // it exits
	dir, err := workplace()
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	c, err := newCompiler(dir)
	if err != nil {
		return err
	}
	text, err := do(c, *n)
	if err != nil {
		return err
	}
	fmt.Print(text)
	if !*page {
		return nil
	}
	return put(name, fmt.Sprintf("go run ./internal/test/bench %s --rounds %d", name, *n), text)
}

// workplace is an empty folder, in memory where there is room.
func workplace() (string, error) {
	in := os.Getenv("TMPDIR")
	if _, err := os.Stat("/dev/shm"); in == "" && err == nil {
		in = "/dev/shm"
	}
	return os.MkdirTemp(in, "fettle-bench-")
}
