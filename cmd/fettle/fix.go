package main

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

// maxFixes bounds how many repairs one call makes.
const maxFixes = 1000

// fix repairs what has one obvious repair, one after the other, and compiles
// after each. All or nothing: when one does not hold, no file is written.
func (c *command) fix(diff bool) error {
	ins, err := c.inputs(false)
	if err != nil {
		return err
	}
	if err := c.assign(ins); err != nil {
		return err
	}
	var before []schema.Source
	for i := range ins {
		ins[i].Sources = slices.Clone(ins[i].Sources)
		before = append(before, ins[i].Sources...)
	}
	if err := c.repairAll(ins); err != nil {
		return err
	}
	var changed []change
	for _, in := range ins {
		for _, s := range in.Sources {
			i := slices.IndexFunc(before, func(b schema.Source) bool { return b.Name == s.Name })
			if !bytes.Equal(before[i].Bytes, s.Bytes) {
				changed = append(changed, change{sign: '~', path: s.Name, old: before[i].Bytes, new: s.Bytes})
			}
		}
	}
	return c.fmtTell(changed, formatting{diff: diff})
}

// repairAll repairs the sources of the policies until nothing is left to repair.
func (c *command) repairAll(ins []schema.Input) error {
	_, diags := generators.CompileAll(ins, c.targets)
	for range maxFixes {
		d := repairOne(ins, diags)
		if d == nil {
			return nil
		}
		_, after := generators.CompileAll(ins, c.targets)
		if len(after) >= len(diags) {
			return fmt.Errorf("the repair of %s in %s, line %d, would leave something else: nothing is written", d.Code, d.Subject.Filename, d.Subject.Start.Line)
		}
		diags = after
	}
	return nil
}

// repairOne makes the first repair that can be made, and returns what it is for.
func repairOne(ins []schema.Input, diags diag.Diagnostics) *diag.Diagnostic {
	for _, d := range diags {
		if d.Fix == nil {
			continue
		}
		for _, in := range ins {
			for i, s := range in.Sources {
				if repaired, ok := schema.Repair(s, d.Fix); ok {
					in.Sources[i] = repaired
					return d
				}
			}
		}
	}
	return nil
}
