// Measures fettle: bench script measures the operations of the release script on
// repositories that have released many versions.
package main

import (
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 2 || os.Args[1] != "script" {
		log.Fatal("usage: bench script [--versions 2,200,2000] [--times 5] [--local] [--script FILE] [--only TEXT] [--list]")
	}
	check(script(os.Args[2:]))
}

// workplace is an empty folder, in memory where there is room.
func workplace() (string, error) {
	in := os.Getenv("TMPDIR")
	if _, err := os.Stat("/dev/shm"); in == "" && err == nil {
		in = "/dev/shm"
	}
	return os.MkdirTemp(in, "fettle-bench-")
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
