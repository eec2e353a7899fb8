package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// variable is one --var or --var-file, as it was written.
type variable struct{ flag, text string }

// variableFlag is a flag that remembers its place among the others: of two
// values for one variable the later one counts.
type variableFlag struct {
	name string
	all  *[]variable
}

func (f variableFlag) String() string { return "" }
func (f variableFlag) Type() string {
	return map[string]string{"--var": "NAME=VALUE", "--var-file": "FILE"}[f.name]
}

func (f variableFlag) Set(text string) error {
	if name, _, ok := strings.Cut(text, "="); f.name == "--var" && (!ok || name == "") {
		return errors.New("write NAME=VALUE")
	}
	*f.all = append(*f.all, variable{f.name, text})
	return nil
}

func (c *command) addVariables(cmd *cobra.Command) {
	cmd.Flags().Var(variableFlag{"--var", &c.variables}, "var", "the value of a variable of the policy; may be given several times")
	cmd.Flags().Var(variableFlag{"--var-file", &c.variables}, "var-file", "a file of values: NAME = VALUE, or JSON; may be given several times")
}

const environmentPrefix = "FETTLE_VAR_"

// assignments are the values of variables: those of the environment, then
// those of the flags in their order.
func (c *command) assignments(environ []string) ([]schema.Assignment, error) {
	var out []schema.Assignment
	for _, e := range slices.Sorted(slices.Values(environ)) {
		key, text, _ := strings.Cut(e, "=")
		if name, ok := strings.CutPrefix(key, environmentPrefix); ok {
			out = append(out, schema.Assignment{Origin: key, Name: name, Text: text, Foreign: true})
		}
	}
	for _, v := range c.variables {
		if v.flag == "--var" {
			name, text, _ := strings.Cut(v.text, "=")
			out = append(out, schema.Assignment{Origin: "--var " + name, Name: name, Text: text})
			continue
		}
		file, err := c.valueFile(v.text)
		if err != nil {
			return nil, err
		}
		out = append(out, schema.Assignment{Origin: file.Name, File: file})
	}
	return out, nil
}

// valueFile reads a file of values, named relative to the directory.
func (c *command) valueFile(name string) (*syntax.Source, error) {
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(c.dir, path)
	}
	src, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage("--var-file: there is no file %s", path)
	}
	return &syntax.Source{Name: filepath.ToSlash(name), Bytes: src}, err
}

// assign gives the values to the policies. Where there are several, not every
// policy has every variable.
func (c *command) assign(ins []schema.Input) error {
	assignments, err := c.assignments(os.Environ())
	for i := range assignments {
		assignments[i].Foreign = assignments[i].Foreign || len(ins) > 1
	}
	for i := range ins {
		ins[i].Assignments = assignments
	}
	return err
}

// misnamed is a name in --var that no policy has: a mistake in the call, and
// not in the policy.
func (c *command) misnamed(repository *generators.Repository, diags diag.Diagnostics) error {
	for _, d := range diags {
		if d.Code == "unknown-variable" && strings.HasPrefix(d.Subject.Filename, "--var ") {
			return usage("%s: %s", d.Subject.Filename, d.Detail)
		}
	}
	if diags.HasErrors() {
		return nil // a policy that cannot be read may have it
	}
	var known []string
	for _, r := range repository.Results {
		for _, v := range r.Policy.Variables {
			known = append(known, v.Label)
		}
	}
	for _, v := range c.variables {
		if name, _, _ := strings.Cut(v.text, "="); v.flag == "--var" && !slices.Contains(known, name) {
			return usage("--var %s: no policy has this variable.%s", name, diag.Suggest(name, known))
		}
	}
	return nil
}
