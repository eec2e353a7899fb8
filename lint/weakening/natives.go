package weakening

import (
	"github.com/fettle-ci/fettle/flow"
)

// native is what a job has of one system's file.
type native struct {
	flow.Native
	Text string // of its keys and its steps
}

// natives are those of a job, one a system.
func natives(j *flow.Job) []native {
	all := append([]flow.Native(nil), j.Keys...)
	for _, s := range j.Steps {
		if n, ok := s.(flow.Native); ok {
			all = append(all, n)
		}
	}
	var out []native
	for _, n := range all {
		known := false
		for i := range out {
			if out[i].Target == n.Target {
				out[i].Text += "\n" + n.Text
				known = true
			}
		}
		if !known {
			out = append(out, native{n, n.Text})
		}
	}
	return out
}

func nativeFor(j *flow.Job, target string) *native {
	for _, n := range natives(j) {
		if n.Target == target {
			return &n
		}
	}
	return nil
}

// natives: a part of one system's file that was not there. It is outside of what
// fettle guarantees, on a way to production or beside it.
func (c *comparison) natives() {
	seen := map[flow.Native]bool{}
	c.jobs(func(before, now *flow.Job) {
		for _, n := range natives(now) {
			if nativeFor(before, n.Target) == nil && !seen[n.Native] {
				seen[n.Native] = true
				c.report(nativeAdded(c.source(c.now, now), n.Native))
			}
		}
	})
}
