package lint

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/eval"
)

// Command is something that the policy has run, with where and with what.
type Command struct {
	Of     string // what messages call it: check "unit"
	Run    schema.Command
	Runner schema.Runner
}

// Commands are those of the policy, in the order in which things happen.
func Commands(p *schema.Policy) []Command {
	var out []Command
	if p.VersionRun.Set {
		out = append(out, Command{Of: "version_run", Run: p.VersionRun})
	}
	if b := p.Build; b != nil {
		out = append(out, Command{"build", b.Run, b.Runner})
		if b.Store != nil {
			out = append(out, Command{"build", b.Store.Put, b.Runner}, Command{"build", b.Store.Get, b.Runner})
		}
	}
	for _, c := range p.Checks {
		out = append(out, Command{"check \"" + c.Block + "\"", c.Run, c.Runner})
	}
	for _, e := range p.Environments {
		name := "environment \"" + e.Label + "\""
		for _, run := range []schema.Command{e.Setup, e.Deploy, e.After} {
			if run.Set {
				out = append(out, Command{name, run, e.Runner})
			}
		}
	}
	for _, n := range p.Notifies {
		out = append(out, Command{"notify \"" + n.Label + "\"", n.Run, n.Runner})
	}
	return out
}

// DistinctCommands are those of the policy with each text, and each value of a
// variable, at the first block that has it: what `like` brings to another
// environment, or a matrix to each check, is one mistake.
func DistinctCommands(p *schema.Policy) []Command {
	seen := map[string]bool{}
	known := func(t eval.Text) bool {
		key := t.Range.String() + Literal(t)
		before := seen[key]
		seen[key] = true
		return before && t.Range.Filename != ""
	}
	out := Commands(p)
	for i, c := range out {
		out[i].Run.Texts = slices.DeleteFunc(slices.Clone(c.Run.Texts), known)
		out[i].Runner.Env = slices.DeleteFunc(slices.Clone(c.Runner.Env), func(e schema.Env) bool { return known(e.Text) })
	}
	return out
}

// Literal is what a text says by itself: a run-time value in it is a blank mark.
func Literal(t eval.Text) string {
	var b strings.Builder
	literal(&b, t.Segs)
	return b.String()
}

func literal(b *strings.Builder, segs []eval.Seg) {
	for _, s := range segs {
		switch {
		case s.Word != nil:
			literal(b, s.Word)
		case s.Ref != "":
			b.WriteString("${}")
		default:
			b.WriteString(s.Lit)
		}
	}
}

// FindingAt is the place of a finding in a text: its own, or that of the command.
func (c Command) FindingAt(t eval.Text) hcl.Range {
	if t.Range.Filename == "" {
		return c.Run.Range
	}
	return t.Range
}
