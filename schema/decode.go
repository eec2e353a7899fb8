package schema

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/eval"
	"github.com/fettle-ci/fettle/schema/language"
	"github.com/fettle-ci/fettle/schema/regex"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Defaults, so that a small policy stays small.
const (
	checkTimeout    = 30 * time.Minute
	deployTimeout   = 60 * time.Minute
	approvalTimeout = 24 * time.Hour
)

func (d *decoder) policyBlock(top *syntax.Node) {
	n := top.One("policy")
	p := d.policy
	if n == nil {
		if !d.diags.Broken {
			d.report(missingBlock("policy", `policy "name" { targets = ["github"] }`, d.eof))
		}
		n = &syntax.Node{Spec: language.Root.Block("policy"), Header: d.eof, Attributes: map[string]*hclsyntax.Attribute{}}
	}
	p.Name, p.Range = n.Label, n.Header
	p.Description = d.str(n, "description", "")
	p.Component = d.component(n)
	d.jenkins(n)
	d.gitlab(n)
	p.Mainline = d.str(n, "mainline", "main")
	p.Default = d.str(n, "default_branch", p.Mainline.V)
	p.Former = d.strings(n, "former_mainlines")
	p.Timezone = d.str(n, "timezone", "UTC")
	d.zone(p.Timezone)
	p.Approved = d.boolean(n, "approved_operations", false)
	p.LFS = d.boolean(n, "lfs", false)
	p.Forge = d.enum(n, "forge", "")
	p.Active = d.str(n, "active", "")
	p.Unmergeable, p.Irreversible = d.globs(n, "unmergeable"), d.globs(n, "irreversible")
	p.Paths = d.globs(n, "paths")
	d.releaseBranches(n)
	d.targets(n)
	d.version(n)
}

func (d *decoder) targets(n *syntax.Node) {
	p := d.policy
	before := d.diags.Len()
	for _, t := range d.strings(n, "targets") {
		known := n.Spec.Attribute("targets").Values
		switch i := slices.IndexFunc(p.Targets, func(o Value[string]) bool { return o.V == t.V }); {
		case !slices.Contains(known, t.V):
			d.report(unknownEnum("targets", t.V, known, t.Range))
		case i >= 0:
			d.report(twiceInList(t.V, p.Targets[i].Range, t.Range))
		default:
			p.Targets = append(p.Targets, t)
		}
	}
	a := n.Attributes["targets"]
	var names []string
	for _, t := range p.Targets {
		names = append(names, t.V)
	}
	switch {
	case a == nil || d.diags.Len() > before: // a target that is meant may be the active one
	case len(p.Targets) == 0 && emptyTuple(a):
		d.report(emptyList("targets", "There are: "+strings.Join(language.Targets, ", ")+".", a.Expr.Range()))
	case len(p.Targets) > 1 && n.Attributes["active"] == nil && !n.Meant["active"]:
		d.report(activeMissing(names, a.Expr.Range()))
	case p.Active.Set && !slices.Contains(names, p.Active.V):
		d.report(activeUnknown(p.Active.V, names, p.Active.Range))
	}
}

// requireEntries reports a list that is written and has nothing in it.
func (d *decoder) requireEntries(n *syntax.Node, name, doc string) {
	if a := n.Attributes[name]; a != nil && emptyTuple(a) {
		d.report(emptyList(name, doc, a.Expr.Range()))
	}
}

func emptyTuple(a *hclsyntax.Attribute) bool {
	t, ok := a.Expr.(*hclsyntax.TupleConsExpr)
	return ok && len(t.Exprs) == 0
}

func (d *decoder) version(n *syntax.Node) {
	p := d.policy
	fallback := "sequence"
	if len(p.Targets) > 1 {
		fallback = "height" // the same on every system
	}
	p.Version = d.enum(n, "version", fallback)
	p.VersionRun = d.command(n, "version_run")
	if p.VersionRun.Set {
		if p.Version.Set {
			d.report(exclusive("version", "version_run", p.Version.Range))
		}
		p.Version.V = "command"
	}
}

func byLabel[T any](all []*T, label string, of func(*T) string) *T {
	for _, x := range all {
		if of(x) == label {
			return x
		}
	}
	panic("schema: block " + label + " was not declared")
}

// imagePattern is compiled for policies that name an image: what it repeats up
// to 127 times is long.
var imagePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$`)
})

var digestPattern = regex.New(`@sha256:[0-9a-f]{64}$`)

// container reads the image that an agent's jobs run in. A tag can be moved, and
// then the jobs of the same commit run something else.
func (d *decoder) container(n *syntax.Node, a *Agent) Value[string] {
	v := d.str(n, "container", "")
	if v.V != "" && imagePattern().MatchString(v.V) && a.OS.V != "linux" {
		d.report(containerNeedsLinux(a.OS.V, v.Range))
		return v
	}
	d.image(v)
	return v
}

func (d *decoder) image(v Value[string]) {
	switch {
	case v.V == "":
	case !imagePattern().MatchString(v.V):
		d.report(badContainer(v.V, v.Range))
	case !digestPattern().MatchString(v.V):
		d.report(containerNotPinned(v.V, v.Range))
	}
}

// runner reads what build, check, environment and notify have in common.
func (d *decoder) runner(n *syntax.Node, timeout time.Duration) Runner {
	r := Runner{Timeout: d.duration(n, "timeout", timeout)}
	if a := n.Attributes["agent"]; a != nil {
		if i, at := d.reference("agent", a.Expr); i >= 0 {
			r.Agent = &Ref[Agent]{To: d.policy.Agents[i], Range: at}
		}
	}
	r.Env = d.env(n, "env", true)
	r.Secrets = d.secrets(n)
	r.Options = d.options(n)
	r.History = d.boolean(n, "history", false)
	r.Natives = d.natives(n)
	d.shell(n, &r, n.Attributes["agent"] != nil && r.Agent == nil)
	return r
}

// shell is sh, and pwsh on Windows. An agent that is not known says nothing of
// its shells.
func (d *decoder) shell(n *syntax.Node, r *Runner, unknown bool) {
	windows := r.Agent != nil && r.Agent.To.OS.V == "windows"
	fallback := "sh"
	if windows {
		fallback = "pwsh"
	}
	r.Shell = d.enum(n, "shell", fallback)
	if onWindowsOnly(r.Shell.V) && !windows && !unknown && r.Agent != nil {
		d.report(shellNeedsWindows(r.Shell.V, r.Shell.Range))
	}
}

func onWindowsOnly(shell string) bool { return shell == "cmd" || shell == "powershell" }

var (
	reservedPattern = regex.New(`(?i)^(RELEASE|DEPLOYMENT|FETTLE)_`) // GitHub and Windows tell no capitals from small letters
	keyPattern      = regex.New(`^[A-Za-z0-9_-]+$`)
)

func (d *decoder) env(n *syntax.Node, name string, variables bool) []Env {
	var out []Env
	for _, p := range d.pairs(n, name) {
		if variables && !d.variableName(p) || !variables && !d.valueName(p) {
			continue
		}
		switch v := d.eval.Text(p.expr, scopeIn(n)).(type) {
		case eval.Later:
			t := eval.Text{Segs: v.Segs, Range: p.expr.Range()}
			if _, static := t.Static(); !static && !variables {
				ref, via, at, _ := d.eval.FirstRef(p.expr, scopeIn(n))
				d.report(notStatic(name, ref, via, at))
				continue
			}
			for _, s := range t.Segs {
				if bad := badRune(s.Lit); bad != "" {
					d.report(syntax.BadCharacter(bad, p.expr.Range()))
				}
			}
			out = append(out, Env{Name: p.key, Text: t, At: p.at})
		}
	}
	slices.SortFunc(out, func(a, b Env) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func (d *decoder) variableName(p pair) bool {
	switch {
	case !language.VariablePattern().MatchString(p.key):
		d.report(badVariableName(p.key, p.at))
	case reservedPattern().MatchString(p.key):
		d.report(reservedVariable(p.key, p.at))
	default:
		return true
	}
	return false
}

// valueName checks what becomes the end of a variable: DEPLOYMENT_VALUE_PROJECT.
func (d *decoder) valueName(p pair) bool {
	if !keyPattern().MatchString(p.key) {
		d.report(badValueName(p.key, p.at))
		return false
	}
	return true
}

func (d *decoder) secrets(n *syntax.Node) []SecretEnv {
	var out []SecretEnv
	for _, p := range d.pairs(n, "secrets") {
		if !d.variableName(p) {
			continue
		}
		if i, at := d.reference("secret", p.expr); i >= 0 {
			out = append(out, SecretEnv{Name: p.key, Secret: Ref[Secret]{To: d.policy.Secrets[i], Range: at}, At: p.at})
		}
	}
	slices.SortFunc(out, func(a, b SecretEnv) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func (d *decoder) build(top *syntax.Node) {
	n := top.One("build")
	if n == nil {
		return
	}
	d.policy.Build = &Build{Run: d.command(n, "run"), Runner: d.runner(n, deployTimeout), Range: n.Header}
	d.artifact(n, d.policy.Build)
	d.store(n, d.policy.Build)
}

// path reads a path inside the repository.
func (d *decoder) path(n *syntax.Node, name string) Value[string] {
	v := d.str(n, name, "")
	if v.Set && outside(v.V) {
		d.report(absolutePath(name, v.Range))
	}
	return v
}

func outside(p string) bool {
	return path.IsAbs(p) || strings.Contains("/"+p+"/", "/../") || strings.Contains(p, `\`)
}

func (d *decoder) check(c *Check) {
	n := d.nodes[c]
	c.Run = d.command(n, "run")
	c.Report = d.evidence(n)
	c.Required = d.boolean(n, "required", true)
	c.OlderBranches = d.boolean(n, "older_branches", false)
	c.Runner = d.runner(n, checkTimeout)
}

// evidence is the report of a check: what its files are says how they are judged.
func (d *decoder) evidence(n *syntax.Node) Value[string] {
	v := d.path(n, "report")
	if v.Set && v.V != "" && !strings.HasSuffix(v.V, ".xml") && !strings.HasSuffix(v.V, ".sarif") {
		d.report(unknownReport(v.V, v.Range))
	}
	return v
}

func (d *decoder) delivery(top *syntax.Node) {
	n := top.One("delivery")
	if n == nil {
		if !d.diags.Broken {
			d.report(missingBlock("delivery", "delivery { checks = [check.NAME]  environments = [environment.NAME] }", d.policy.Range))
		}
		return
	}
	d.policy.Delivery = &Delivery{From: d.from(n), Checks: d.checks(n, "checks"), Environments: d.environments(n, "environments"), Range: n.Header}
	d.requireEntries(n, "environments", "Name those that a delivery goes through, in order.")
}

func (d *decoder) mergeRequest(top *syntax.Node) {
	if n := top.One("merge_request"); n != nil {
		d.policy.MergeRequest = &MergeRequest{Checks: d.checks(n, "checks"), Set: n.Attributes["checks"] != nil, Policy: d.policyCheck(n), Range: n.Header}
	}
}

// Where a program can be had without a credential, what it calls itself, and its
// checksum: all of it stands in a command line of every shell.
var (
	downloadPattern = regex.New(`^https?://[A-Za-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9._~/%+=,-]+$`)
	versionPattern  = regex.New(`^[A-Za-z0-9][A-Za-z0-9._+-]*$`)
	sha256Pattern   = regex.New(`^[0-9a-f]{64}$`)
)

func (d *decoder) policyCheck(top *syntax.Node) *PolicyCheck {
	n := top.One("policy_check")
	if n == nil {
		return nil
	}
	c := &PolicyCheck{Version: d.str(n, "version", ""), URL: d.str(n, "url", ""), SHA256: d.str(n, "sha256", ""), Range: n.Header}
	if c.URL.Set && !downloadPattern().MatchString(c.URL.V) {
		d.report(badDownload(c.URL.V, c.URL.Range))
	}
	if c.Version.Set && !versionPattern().MatchString(c.Version.V) {
		d.report(badProgramVersion(c.Version.V, c.Version.Range))
	}
	if c.SHA256.Set && !sha256Pattern().MatchString(c.SHA256.V) {
		d.report(badChecksum(c.SHA256.V, c.SHA256.Range))
	}
	return c
}

// identity is what git takes as a name or an address.
var identity = regex.New(`^[^<>\x00-\x1f\x7f]*[^<>\x00-\x20\x7f.,:;"\\'][^<>\x00-\x1f\x7f]*$`)

// address is one that hosts compare, letter by letter.
var address = regex.New(`^[^@<>\s\x00-\x1f\x7f]+@[^@<>\s\x00-\x1f\x7f]+$`)

func (d *decoder) committer(top *syntax.Node) {
	n := top.One("committer")
	if n == nil {
		return
	}
	c := Committer{Name: d.str(n, "name", "fettle"), Email: d.str(n, "email", "fettle@localhost"), Signed: d.boolean(n, "signed", false), Range: n.Header}
	if !identity().MatchString(c.Name.V) {
		d.report(badCommitter("name", c.Name.V, c.Name.Range))
	}
	if !address().MatchString(c.Email.V) {
		d.report(badCommitter("email", c.Email.V, c.Email.Range))
	}
	d.policy.Committer = c
}

func (d *decoder) redeploy(top *syntax.Node) {
	if n := top.One("redeploy"); n != nil {
		d.requireEntries(n, "environments", "Name those that a former version can be redeployed to, or leave it out for all of production.")
		d.policy.Redeploy = &Redeploy{Environments: d.environments(n, "environments"), Set: n.Attributes["environments"] != nil, Range: n.Header}
	}
}

func (d *decoder) hotfix(top *syntax.Node) {
	n := top.One("hotfix")
	if n == nil {
		return
	}
	h := &Hotfix{
		Whole:  n.Whole,
		Checks: d.checks(n, "checks"), ChecksSet: n.Attributes["checks"] != nil,
		Environments: d.environments(n, "environments"), EnvironmentsSet: n.Attributes["environments"] != nil,
		Range: n.Header,
	}
	d.policy.Hotfix = h
	d.requireEntries(n, "environments", "A hotfix through no environment deploys nothing. Name some, or leave it out for those of delivery.")
	if a := n.Attributes["mirror"]; a != nil {
		if i, at := d.reference("environment", a.Expr); i >= 0 {
			h.Mirror = &Ref[Environment]{To: d.policy.Environments[i], Range: at}
		}
	}
	for _, w := range n.Of("waive") {
		d.waiver(h, w)
	}
	if i := n.One("incident"); i != nil {
		h.Incident = Incident{Pattern: d.pattern(i, "pattern"), Range: i.Header}
	}
	d.mergeBack(n, h)
}

func (d *decoder) waiver(h *Hotfix, n *syntax.Node) {
	reason := d.str(n, "reason", "")
	check, environment := n.Attributes["check"], n.Attributes["environment"]
	switch {
	case check == nil && environment == nil:
		d.report(waivesNothing(n.Header))
	case check != nil && environment != nil:
		d.report(waivesTwo(environment.NameRange))
		return
	case environment != nil:
		if i, at := d.reference("environment", environment.Expr); i >= 0 {
			h.Waivers = append(h.Waivers, &Waiver{Environment: Ref[Environment]{To: d.policy.Environments[i], Range: at}, Reason: reason, Range: n.Header, Whole: n.Whole})
		}
	}
	if a := check; a != nil {
		if i, at := d.reference("check", a.Expr); i >= 0 {
			for _, c := range d.checkNames[i].indexes {
				h.Waivers = append(h.Waivers, &Waiver{Check: Ref[Check]{To: d.policy.Checks[c], Range: at}, Reason: reason, Range: n.Header, Whole: n.Whole})
			}
		}
	}
}

// posixUnsafe are parts of Go's expressions that grep -E does not know.
var posixUnsafe = regex.New(`\\[dDwWsSbBAzpPQE]|\(\?|[*+?}]\?|\\x`)

// pattern reads a regular expression that the script matches with grep -E.
func (d *decoder) pattern(n *syntax.Node, name string) Value[string] {
	v := d.str(n, name, "")
	if !v.Set {
		return v
	}
	if m := posixUnsafe().FindString(v.V); m != "" {
		d.report(badExpression(v.V, "POSIX has no "+m+"; write classes such as [0-9]", v.Range))
	} else if _, err := regexp.CompilePOSIX(v.V); err != nil {
		d.report(badExpression(v.V, strings.TrimPrefix(err.Error(), "error parsing regexp: "), v.Range))
	} else if strings.Contains(v.V, "\n") {
		d.report(badExpression(v.V, "it holds a newline", v.Range))
	}
	return v
}

func (d *decoder) mergeBack(parent *syntax.Node, h *Hotfix) {
	n := parent.One("merge_back")
	if n == nil {
		n = &syntax.Node{Spec: parent.Spec.Block("merge_back"), Header: parent.Header}
	}
	h.MergeBack = MergeBack{
		Mode: d.enum(n, "mode", "merge"), OnConflict: d.enum(n, "on_conflict", "draft"),
		Within: d.duration(n, "within", 0), Range: n.Header,
	}
	if a := n.Attributes["owner"]; a != nil {
		if i, at := d.reference("group", a.Expr); i >= 0 {
			h.MergeBack.Owner = &Ref[Group]{To: d.policy.Groups[i], Range: at}
		}
	}
}

func (d *decoder) notify(n *syntax.Node) {
	d.requireEntries(n, "on", "Say what people hear of, such as [failure].")
	out := &Notify{Label: n.Label, Run: d.command(n, "run"), Runner: d.runner(n, 5*time.Minute), Range: n.Header}
	if a := n.Attributes["on"]; a != nil {
		out.On = d.words(a, language.Events)
	}
	d.policy.Notifies = append(d.policy.Notifies, out)
}

// words reads a list of bare words: [failure, waiting].
func (d *decoder) words(a *hclsyntax.Attribute, known []string) []Value[string] {
	tuple, ok := a.Expr.(*hclsyntax.TupleConsExpr)
	if !ok {
		d.report(language.WrongType(a.Name, "a list of ["+strings.Join(known, ", ")+"]", "something else", a.Expr.Range()))
		return nil
	}
	var out []Value[string]
	for _, x := range tuple.Exprs {
		names := x.Variables()
		if len(names) != 1 || len(names[0]) != 1 {
			d.report(language.WrongType(a.Name, "a list of bare words: "+strings.Join(known, ", "), "something else", x.Range()))
			continue
		}
		name := names[0].RootName()
		if !slices.Contains(known, name) {
			d.report(unknownEnum(a.Name, name, known, x.Range()))
			continue
		}
		out = append(out, Value[string]{V: name, Range: x.Range(), Set: true})
	}
	return out
}
