package schema

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// layerText is one layer of a policy that says a few things, and may lock them.
func layerText(rt *rapid.T, name string, locks bool) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	some := func(label string) bool { return rapid.Bool().Draw(rt, name+" "+label) }
	say(`check "a" {`)
	if some("timeout of a") {
		say(`  timeout = "%dm"`, rapid.IntRange(1, 60).Draw(rt, name+" minutes"))
	}
	say("}")
	say(`environment "production" {`)
	if some("approval") {
		say(`  approval "release" {`)
		if some("minimum") {
			say("    minimum = %d", rapid.IntRange(1, 4).Draw(rt, name+" minimum"))
		}
		if some("hours") {
			say(`    timeout = "%dh"`, rapid.IntRange(1, 9).Draw(rt, name+" hours"))
		}
		if some("approvers") {
			say("    approvers = [%s]", strings.Join(subset(rt, name, "group.g", "group.h", "group.i"), ", "))
		}
		if locks && some("lock approval") {
			say("    locked = %s", rapid.SampledFrom([]string{"true", "[minimum]", "[timeout, approvers]"}).Draw(rt, name+" lock"))
		}
		say("  }")
	}
	say("}")
	if some("delivery") {
		say("delivery {")
		say("  checks = [%s]", strings.Join(subset(rt, name, "check.a", "check.b", "check.c"), ", "))
		if locks && some("lock checks") {
			say("  locked = [checks]")
		}
		say("}")
	}
	return b.String()
}

func subset(rt *rapid.T, name string, of ...string) []string {
	var out []string
	for _, x := range of {
		if rapid.Bool().Draw(rt, name+" "+x) {
			out = append(out, x)
		}
	}
	return append(out, of[0])[:max(1, len(out))]
}

func layerOf(text string) *syntax.Node {
	d := newDecoder(newLoader(Input{}))
	top, _ := d.layer([]syntax.Source{{Name: "layer.hcl", Bytes: []byte(text)}})
	return top
}

// written is a node as text, with what each attribute was before.
func written(n *syntax.Node) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(n.Attributes)) {
		fmt.Fprintf(&b, "%s=%v", name, n.Attributes[name].SrcRange)
		for _, f := range n.Former[name] {
			fmt.Fprintf(&b, "<%v", f.SrcRange)
		}
		b.WriteString(";")
	}
	for _, c := range n.Blocks {
		fmt.Fprintf(&b, "%s{%s}", c.Title(), written(c))
	}
	return b.String()
}

// How layers are put together does not depend on where one begins, and a layer
// over itself is that layer.
func TestMergeIsAssociative(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a, b, c := layerOf(layerText(rt, "a", false)), layerOf(layerText(rt, "b", false)), layerOf(layerText(rt, "c", false))
		left, right := written(merge(merge(a, b), c)), written(merge(a, merge(b, c)))
		if left != right {
			rt.Fatalf("(ab)c %s\na(bc) %s", left, right)
		}
		twice := merge(a, a)
		forget(twice)
		if written(twice) != written(a) {
			rt.Fatalf("a %s\naa %s", written(a), written(twice))
		}
	})
}

func forget(n *syntax.Node) {
	n.Former = nil
	for _, b := range n.Blocks {
		forget(b)
	}
}

// gates are what the layers say, as numbers that grow with strength.
type gates struct {
	minimum   int
	timeout   time.Duration
	check     time.Duration
	approvers []string
	checks    []string
}

func gatesOf(p *Policy) gates {
	out := gates{minimum: 1, timeout: approvalTimeout, check: p.Checks[0].Timeout.V}
	for _, e := range p.Environments {
		for _, a := range e.Approvals {
			out.minimum, out.timeout = a.Minimum.V, a.Timeout.V
			for _, g := range a.Approvers {
				out.approvers = append(out.approvers, g.To.Label)
			}
		}
	}
	if p.Delivery != nil {
		for _, c := range p.Delivery.Checks {
			out.checks = append(out.checks, c.To.Label)
		}
	}
	return out
}

const whatAllHave = `
check "b" { run = "b" }
check "c" { run = "c" }
group "g" { github = "g" }
group "h" { github = "h" }
group "i" { github = "i" }
`

// Where nothing is reported, what a base locks is at least as strong in the
// policy as it was in the base.
func TestLocksHold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		base, middle, near := layerText(rt, "base", true), layerText(rt, "middle", false), layerText(rt, "near", false)
		parse := func(layers ...string) (*Policy, bool) {
			files := fstest.MapFS{}
			for i, text := range layers {
				extends := fmt.Sprintf("policy \"p\" { extends = \"l%d.hcl\" }\n", i+1)
				if i == len(layers)-1 {
					extends = whatAllHave
				}
				files[fmt.Sprintf("l%d.hcl", i)] = &fstest.MapFile{Data: []byte(extends + text)}
			}
			p, diags := Parse(Input{Sources: []syntax.Source{{Name: "l0.hcl", Bytes: files["l0.hcl"].Data}}, Files: files})
			return p, !slices.ContainsFunc(diags, isLocked)
		}
		alone, _ := parse(base)
		all, held := parse(near, middle, base)
		if !held {
			return
		}
		checkGates(rt, base, gatesOf(alone), gatesOf(all))
	})
}

func checkGates(rt *rapid.T, base string, was, now gates) {
	whole := strings.Contains(base, "locked = true")
	if (whole || strings.Contains(base, "[minimum]")) && now.minimum < was.minimum {
		rt.Fatalf("the minimum falls from %d to %d", was.minimum, now.minimum)
	}
	if (whole || strings.Contains(base, "[timeout, approvers]")) && now.timeout > was.timeout {
		rt.Fatalf("the timeout rises from %v to %v", was.timeout, now.timeout)
	}
	if (whole || strings.Contains(base, "[timeout, approvers]")) && was.approvers != nil && !subsetOf(was.approvers, now.approvers) {
		rt.Fatalf("approvers %v became %v", was.approvers, now.approvers)
	}
	if !strings.Contains(base, "[checks]") {
		return
	}
	if !subsetOf(was.checks, now.checks) {
		rt.Fatalf("checks %v became %v", was.checks, now.checks)
	}
	if slices.Contains(was.checks, "a") && now.check > was.check {
		rt.Fatalf("a locked check may take %v in place of %v", now.check, was.check)
	}
}

func subsetOf(part, all []string) bool {
	return !slices.ContainsFunc(part, func(s string) bool { return !slices.Contains(all, s) })
}

func isLocked(d *diag.Diagnostic) bool { return d.Code == "locked" }
