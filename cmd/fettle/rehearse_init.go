package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fettle-ci/fettle/rehearse"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// begin writes the chapters of the story as scenarios, with the states in which
// they end. A file that is there already stays.
func (r *rehearsal) begin() error {
	err := r.in("", func(_ string, w *scenario.World, e *rehearse.Engine) error {
		s := &rehearse.Story{World: w, Engine: e, Plan: r.plan, Now: time.Now(), Tell: func(rehearse.Line) {}, Chapter: r.writeScenario}
		return r.played(s.Play())
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(r.stdout, "Next: read the states that they demand, and run: fettle rehearse rehearsals/*.txt")
	return err
}

func (r *rehearsal) writeScenario(s scenario.Scenario) error {
	name := filepath.Join("rehearsals", s.Name+".txt")
	file := filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		_, err := fmt.Fprintf(r.stdout, "kept   %s, which was there\n", filepath.ToSlash(name))
		return err
	}
	if err := os.WriteFile(file, []byte(s.With(s.State)), 0o644); err != nil {
		return err
	}
	_, err := fmt.Fprintf(r.stdout, "wrote  %s: %s\n", filepath.ToSlash(name), s.About)
	return err
}
