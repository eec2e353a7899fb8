package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/fettle-ci/fettle/rehearse"
	"github.com/fettle-ci/fettle/rehearse/scenario"
)

// outcome is what a scenario came to.
type outcome struct {
	Name   string `json:"name"`
	About  string `json:"about"`
	Passed bool   `json:"passed"`
	Text   string `json:"text,omitempty"`  // why it failed
	State  string `json:"state,omitempty"` // where none was demanded
}

// scenarios carries each file out.
func (r *rehearsal) scenarios(files []string) error {
	var out []outcome
	for _, file := range files {
		path := file
		if !filepath.IsAbs(path) {
			path = filepath.Join(r.dir, path)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return usage("%s cannot be read: %v", file, errors.Unwrap(err))
		}
		o, err := r.scenario(scenario.Read(file, string(text)), path)
		if err != nil {
			return err
		}
		out = append(out, o)
		if r.format == "text" {
			r.tellOutcome(o)
		}
	}
	if err := r.printOutcomes(out); err != nil {
		return err
	}
	for _, o := range out {
		if !o.Passed {
			return exit(exitFindings)
		}
	}
	return nil
}

// scenario carries one out, in a world of its own.
func (r *rehearsal) scenario(s scenario.Scenario, path string) (outcome, error) {
	o := outcome{Name: s.Name, About: s.About}
	err := r.in(strings.TrimSuffix(filepath.Base(s.Name), ".txt"), func(_ string, w *scenario.World, _ *rehearse.Engine) error {
		err := w.Play(s, 0)
		if r.ctx.Err() != nil {
			return r.interrupted()
		}
		if err != nil {
			o.Text = err.Error()
			return nil
		}
		return r.compare(s, w, path, &o)
	})
	return o, err
}

// compare is the end of a scenario: its state is the one that it demands, or it
// demands none, or the one that is written.
func (r *rehearsal) compare(s scenario.Scenario, w *scenario.World, path string, o *outcome) error {
	state, err := w.Print()
	switch {
	case err != nil:
		return err
	case r.update:
		err = os.WriteFile(path, []byte(s.With(state)), 0o644)
	case !s.Stated:
		o.State = state
	case state != s.State:
		o.Text = "the state is\n" + state + "and must be\n" + s.State
	}
	o.Passed = err == nil && o.Text == ""
	return err
}

func (r *rehearsal) tellOutcome(o outcome) {
	if !o.Passed {
		fmt.Fprintf(r.stdout, "failed  %s: %s\n%s\n", o.Name, o.About, o.Text)
		return
	}
	fmt.Fprintf(r.stdout, "passed  %s: %s\n", o.Name, o.About)
	if o.State != "" {
		fmt.Fprintf(r.stdout, "It demands no state. At its end it is (--update writes it into the file):\n\nstate\n%s", o.State)
	}
}

// printOutcomes prints all of them for programs.
func (r *rehearsal) printOutcomes(all []outcome) error {
	switch r.format {
	case "json":
		e := json.NewEncoder(r.stdout)
		e.SetIndent("", "  ")
		return e.Encode(all)
	case "junit":
		return r.printSuite(all)
	default:
		return nil
	}
}

type suite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Cases    []suiteCase `xml:"testcase"`
}

type suiteCase struct {
	Name    string   `xml:"name,attr"`
	Class   string   `xml:"classname,attr"`
	Failure *failure `xml:"failure"`
}

type failure struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

func (r *rehearsal) printSuite(all []outcome) error {
	s := suite{Name: "fettle rehearse", Tests: len(all)}
	for _, o := range all {
		c := suiteCase{Name: o.About, Class: o.Name}
		if !o.Passed {
			first, _, _ := strings.Cut(o.Text, "\n")
			c.Failure = &failure{first, o.Text}
			s.Failures++
		}
		s.Cases = append(s.Cases, c)
	}
	out, err := xml.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.stdout, "%s%s\n", xml.Header, out)
	return err
}
