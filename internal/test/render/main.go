// Writes what the policies of all cases become: render CASES INTO. A test starts
// it in a copy of another revision, to show what has changed since.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/syntax"
)

func main() {
	cases, err := filepath.Glob(filepath.Join(os.Args[1], "*"))
	check(err)
	for _, dir := range cases {
		ins := inputs(dir)
		if len(ins) == 0 {
			continue // the digests
		}
		repository, diags := generators.CompileAll(ins, nil)
		if diags.HasErrors() {
			log.Fatalf("%s: %s: %s", dir, diags[0].Subject, diags[0].Detail)
		}
		for _, f := range repository.Files {
			path := filepath.Join(os.Args[2], filepath.Base(dir), filepath.FromSlash(f.Path))
			check(os.MkdirAll(filepath.Dir(path), 0o755))
			check(os.WriteFile(path, f.Content, 0o644))
		}
	}
}

// inputs are the policies of a case: its own, or one in each of its folders.
func inputs(dir string) []schema.Input {
	own, err := filepath.Glob(filepath.Join(dir, "*.hcl"))
	check(err)
	below, err := filepath.Glob(filepath.Join(dir, "*", "policy.hcl"))
	check(err)
	var ins []schema.Input
	for _, path := range append(own, below...) {
		src, err := os.ReadFile(path)
		check(err)
		name, err := filepath.Rel(dir, path)
		check(err)
		ins = append(ins, schema.Input{Sources: []syntax.Source{{Name: filepath.ToSlash(name), Bytes: src}}, Files: os.DirFS(dir), Dir: filepath.ToSlash(filepath.Dir(name)), Base: "."})
	}
	return ins
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
