package weakening

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/lint"
	"github.com/fettle-ci/fettle/schema"
)

// part is a block that runs commands, with what it has of single systems.
type part struct {
	of      string // what messages call it: check "unit"
	run     string // its commands, as a text
	options schema.Options
	natives []*schema.Native
	at      hcl.Range // of its commands
}

// parts are those of a policy that can have a native part or an option of a target.
func parts(p *schema.Policy) []part {
	var out []part
	for _, c := range lint.Commands(p) {
		if i := slices.IndexFunc(out, func(o part) bool { return o.of == c.Of }); i >= 0 {
			out[i].run += texts(c.Run) // what comes after a deployment, another combination of a check
			continue
		}
		out = append(out, part{of: c.Of, run: texts(c.Run), options: c.Runner.Options, natives: c.Runner.Natives, at: c.Run.Range})
	}
	return out
}

func texts(c schema.Command) string {
	out := ""
	for _, t := range c.Texts {
		out += lint.Literal(t) + "\n"
	}
	return out
}

func partNamed(p *schema.Policy, of string) *part {
	all := parts(p)
	if i := slices.IndexFunc(all, func(o part) bool { return o.of == of }); i >= 0 {
		return &all[i]
	}
	return nil
}

// natives: a part of one system's file that was not there. It is outside of what
// fettle guarantees, on a way to production or beside it.
func (c *comparison) natives() {
	for _, n := range parts(c.now.Policy) {
		b := partNamed(c.before.Policy, n.of)
		if b == nil {
			continue // a block that is new was on no way before
		}
		for _, x := range n.natives {
			if !slices.ContainsFunc(b.natives, func(o *schema.Native) bool { return o.Target == x.Target }) {
				c.report(nativeAdded(n.of, x))
			}
		}
	}
}

// logins are where the commands of a part may log in.
func logins(s schema.Options) []string {
	var out []string
	if s.IDToken {
		out = append(out, "by GitHub's id_token")
	}
	for _, t := range s.IDTokens {
		out = append(out, "by GitLab's id_token for "+t.Text)
	}
	if s.ServiceConnection != "" {
		out = append(out, "by Azure's service connection "+s.ServiceConnection)
	}
	return out
}

// rights: a job that may log in somewhere where it could not before.
func (c *comparison) rights() {
	for _, n := range parts(c.now.Policy) {
		b := partNamed(c.before.Policy, n.of)
		if b == nil {
			continue
		}
		for _, where := range gone(logins(n.options), logins(b.options)) {
			c.report(rightsAdded(n.of, where, n.at))
		}
	}
}

// Unjudged are the blocks whose commands are others than before. Whether they
// prove and do as much only a reader can say.
func Unjudged(before, now *lint.Pass) []string {
	var out []string
	for _, n := range parts(now.Policy) {
		if b := partNamed(before.Policy, n.of); b != nil && b.run != n.run {
			out = append(out, n.of)
		}
	}
	return out
}
