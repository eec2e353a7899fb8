package generators

import (
	"bytes"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/fettle-ci/fettle/flow"
	"github.com/fettle-ci/fettle/generators/gen"
	"github.com/fettle-ci/fettle/generators/script"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
)

// compilation is one call of the compiler, and what is kept of its policies.
type compilation struct {
	targets  []string                // nil: all that a policy names
	take     func(gen.File) gen.File // what is kept of a file
	told     func(done int)
	outlines bool // of policies and plans nothing else is kept

	broken atomic.Bool // a policy is wrong: no file is needed any more
}

// compiled is one policy: what was found in it, and its files by target, which
// count only where no policy is wrong.
type compiled struct {
	result *Result
	judged diag.Diagnostics
	script gen.File
	by     []rendered // in the order of All
}

// rendered is a policy on one target.
type rendered struct {
	on    bool
	files []gen.File
	diags diag.Diagnostics
}

// each compiles every policy, on as many processors as there are, and gives back
// what came of them in the order of the policies.
func (c *compilation) each(ins []schema.Input) []*compiled {
	out := make([]*compiled, len(ins))
	var next, done atomic.Int64
	var running sync.WaitGroup
	var telling sync.Mutex
	work := func() {
		for i := next.Add(1) - 1; i < int64(len(ins)); i = next.Add(1) - 1 {
			out[i] = c.one(ins[i], len(ins) > 1)
			if c.told != nil {
				telling.Lock()
				c.told(int(done.Add(1)))
				telling.Unlock()
			}
		}
	}
	for range min(len(ins), runtime.GOMAXPROCS(0)) - 1 {
		running.Go(work)
	}
	work()
	running.Wait()
	return out
}

// one compiles a policy. Where one before it is wrong, only its own mistakes are
// looked for.
func (c *compilation) one(in schema.Input, several bool) *compiled {
	out := &compiled{}
	out.result, out.judged = judge(in)
	if out.judged.HasErrors() {
		c.broken.Store(true)
	}
	if !c.broken.Load() {
		c.render(out, several)
	}
	if c.outlines {
		out.result = out.result.outline()
	}
	return out
}

// outline is as much of a result as the other policies are compared with, and as
// the files that they share are made of.
func (r *Result) outline() *Result {
	out := &Result{Policy: r.Policy.Outline(), Whole: r.Whole, Off: r.Off}
	if r.Plan != nil {
		out.Plan = r.Plan.Outline()
	}
	return out
}

// render makes the script of a policy, which all targets share, and the files of
// each target.
func (c *compilation) render(out *compiled, several bool) {
	p := out.result.Plan
	p.Shares = p.Shares || several
	out.script = c.keep(script.File(p))
	out.by = make([]rendered, len(All))
	for i, t := range All {
		if !slices.Contains(p.Targets, t.Name) || c.targets != nil && !slices.Contains(c.targets, t.Name) {
			continue
		}
		files, diags := t.Generate(p)
		diags = append(diags, measure(t, p, files)...)
		for k := range files {
			files[k] = c.keep(files[k])
		}
		out.by[i] = rendered{true, files, diags}
	}
}

// keep hands a file on, and keeps what comes back. Where its content is kept, it
// is as large as it must be: what it was rendered into is used for the next file.
func (c *compilation) keep(f gen.File) gen.File {
	kept := c.take(f)
	if kept.Content != nil {
		kept.Content = bytes.Clone(kept.Content)
	}
	gen.Recycle(f.Content)
	return kept
}

// gather puts the files of all policies together, with those that they share.
func (c *compilation) gather(all []*compiled, plans []*flow.Plan) ([]gen.File, diag.Diagnostics) {
	var diags diag.Diagnostics
	var files []gen.File
	for _, one := range all {
		files = append(files, one.script)
	}
	files = append(files, c.keep(attributes(plans)))
	for i, t := range All {
		var on []*flow.Plan
		for k, one := range all {
			if r := one.by[i]; r.on {
				files, diags, on = append(files, r.files...), append(diags, r.diags...), append(on, plans[k])
			}
		}
		if len(on) > 0 && t.Shared != nil {
			for _, f := range t.Shared(on) {
				files = append(files, c.keep(f))
			}
		}
	}
	sort(files)
	if c.targets == nil { // a part of the targets says nothing of the files of the others
		files = append(files, c.keep(list(plans, files)))
	}
	sort(files)
	return files, diags
}

func sort(files []gen.File) {
	slices.SortFunc(files, func(a, b gen.File) int { return strings.Compare(a.Path, b.Path) })
}
