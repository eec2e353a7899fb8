package flow

import (
	"fmt"
	"strings"
	"time"

	"github.com/fettle-ci/fettle/schema/language"
)

// String prints the plan: what a reviewer reads first when a policy changes.
// Equal plans print equally, and what differs in what happens differs here.
func (p *Plan) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "plan %s%s\n", p.Policy, withPrefix("   component ", p.Component))
	fmt.Fprintf(&b, "  mainline %s   versions %s   targets %s   active %s   forge %s\n",
		p.Mainline, p.Version, strings.Join(p.Targets, ", "), p.Active, p.Forge)
	fmt.Fprintf(&b, "  candidate %s   release %s   hotfix branch %s   ledger %s\n", p.Names.Candidate, p.Names.Release, p.Names.Line, p.Names.Ledger)
	if p.Names.HotfixCandidate != p.Names.Candidate || p.Names.HotfixRelease != p.Names.Release {
		fmt.Fprintf(&b, "  hotfix candidate %s   hotfix release %s\n", p.Names.HotfixCandidate, p.Names.HotfixRelease)
	}
	if p.MergeBack.Mode != "" {
		fmt.Fprintf(&b, "  merge-back %s\n", p.MergeBack)
	}
	if c := p.Committer; c.Name != "" {
		fmt.Fprintf(&b, "  commits by %s <%s>%s\n", c.Name, c.Email, when(c.Signed, ", signed"))
	}
	if p.ReleaseBranches != "" {
		fmt.Fprintf(&b, "  release branches %s%s\n", p.ReleaseBranches, when(p.FromReleases, "   deliveries come from them"))
	}
	if p.Default != p.Mainline {
		fmt.Fprintf(&b, "  default branch %s\n", p.Default)
	}
	if len(p.Former) > 0 {
		fmt.Fprintf(&b, "  former mainlines %s\n", strings.Join(p.Former, ", "))
	}
	if len(p.OlderBranches) > 0 {
		fmt.Fprintf(&b, "  older hotfix branches need %s\n", strings.Join(p.OlderBranches, ", "))
	}
	if p.Approved {
		b.WriteString("  operations in production are approved\n")
	}
	if p.LFS != LFSUnsaid {
		fmt.Fprintf(&b, "  files in Git LFS are %s\n", p.LFS)
	}
	if len(p.Irreversible) > 0 {
		fmt.Fprintf(&b, "  irreversible %s\n", strings.Join(p.Irreversible, ", "))
	}
	for _, e := range p.Environments {
		fmt.Fprintf(&b, "  environment %s   %s%s\n", e.ID, e.Tier, withPrefix("   ", e.URL))
	}
	if g := p.BreakGlass; g != nil {
		fmt.Fprintf(&b, "  break glass by %s, within %s, may skip %s   review within %s\n", groupNames(g.Gate.Groups), Duration(g.Gate.Timeout), strings.Join(g.MaySkip, ", "), Duration(g.Review))
	}
	for _, f := range p.Freezes {
		b.WriteString(f.String())
	}
	for _, f := range p.Flows {
		b.WriteString("\n" + f.String())
	}
	return b.String()
}

// String prints the pattern with the version as a star.
func (p Pattern) String() string { return p.Glob() }

// String prints the merge-back on one line.
func (m MergeBack) String() string {
	s := fmt.Sprintf("%s, on conflict %s", m.Mode, m.OnConflict)
	if m.Owner != "" {
		s += ", by " + m.Owner
	}
	if m.Within > 0 {
		s += ", within " + Duration(m.Within)
	}
	return s
}

// String prints the freeze, and each of its windows by the clocks of its zone.
func (f *Freeze) String() string {
	var b strings.Builder
	var names []string
	for _, e := range f.Environments {
		names = append(names, e.ID)
	}
	fmt.Fprintf(&b, "  freeze %s of %s   delivery %s, hotfix %s, redeploy %s", f.ID, strings.Join(names, ", "), f.Delivery, f.Hotfix, f.Redeploy)
	b.WriteString(withPrefix("   second approval by ", groupNames(f.Groups)) + "\n")
	for _, w := range f.Windows {
		fmt.Fprintf(&b, "    from %s until %s   %s\n", w.Begin.Format(windowForm), w.End.Format(windowForm), w.Begin.Location())
	}
	return b.String()
}

const windowForm = "2006-01-02T15:04:05Z07:00"

// Flow returns the flow with an id, or nil when the policy has none.
func (p *Plan) Flow(id string) *Flow {
	for _, f := range p.Flows {
		if f.ID() == id {
			return f
		}
	}
	return nil
}

// String prints one flow: triggers, jobs, and every step of each.
func (f *Flow) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "flow %s", f.ID())
	for _, t := range f.Triggers {
		b.WriteString("   " + triggerText(t))
	}
	b.WriteByte('\n')
	for _, w := range f.Waivers {
		fmt.Fprintf(&b, "  waive %s: %s\n", strings.TrimPrefix(w.What(), "the check "), w.Reason)
	}
	for _, j := range f.Jobs {
		j.print(&b)
	}
	return b.String()
}

func triggerText(t Trigger) string {
	switch t := t.(type) {
	case Push:
		return "on push " + t.Branch + onlyPaths(t.Paths)
	case Request:
		return "on request to " + strings.Join(t.Branches, ", ") + onlyPaths(t.Paths)
	case Timer:
		return "at " + t.Cron + " on " + t.Branch
	case Dispatch:
		var names []string
		for _, i := range t.Inputs {
			names = append(names, i.String())
		}
		return "on demand" + when(strings.Contains(t.Branch, "*"), " on "+t.Branch) + "(" + strings.Join(names, ", ") + ")"
	default:
		panic(fmt.Sprintf("flow: unexpected trigger %T", t))
	}
}

func onlyPaths(paths []string) string {
	return withPrefix(" where ", strings.Join(paths, " "))
}

// String prints an input as "environment=production|eu", or "incident?" where
// it may be left out.
func (i *Input) String() string {
	s := i.Name
	if !i.Required {
		s += "?"
	}
	if len(i.Choices) > 0 {
		s += "=" + strings.Join(i.Choices, "|")
	}
	return s
}

func (j *Job) print(b *strings.Builder) {
	fmt.Fprintf(b, "  job %s", j.Name)
	if j.Agent != nil {
		b.WriteString("   " + agentText(j))
	}
	b.WriteString("   " + Duration(j.Timeout))
	if len(j.Needs) > 0 {
		b.WriteString("   needs " + jobNames(j.Needs))
	}
	b.WriteString(withPrefix("   lock ", j.Lock))
	b.WriteString(withPrefix("   when ", conditionText(j.When)))
	b.WriteString(when(j.Informs, "   informs"))
	b.WriteByte('\n')
	if j.Approval != nil {
		fmt.Fprintf(b, "    approval %s by %s, not the requester%s\n", j.Approval.Label, groupNames(j.Approval.Groups), when(j.Approval.Authors, ", nor an author"))
	}
	if len(j.Inputs) > 0 {
		fmt.Fprintf(b, "    with %s\n", inputText(j.Inputs))
	}
	for _, target := range language.Targets {
		if s := j.Options.Of(target); len(s) > 0 {
			fmt.Fprintf(b, "    on %s %s\n", target, strings.Join(s, ", "))
		}
	}
	if len(j.Guards) > 0 {
		fmt.Fprintf(b, "    guard %s\n", guardNames(j.Guards))
	}
	for _, k := range j.Keys {
		fmt.Fprintf(b, "    native keys on %s %q   outside the guarantees\n", k.Target, k.Text)
	}
	for _, s := range j.Steps {
		printStep(b, s)
	}
}

func agentText(j *Job) string {
	if j.Agent.ID == "hosted" {
		return string(j.Agent.OS)
	}
	return j.Agent.ID + " (" + string(j.Agent.OS) + withPrefix(" in ", j.Agent.Container) + ")"
}

func conditionText(c Condition) string {
	switch c := c.(type) {
	case nil:
		return ""
	case Proceed:
		return "there is something to release"
	case Chosen:
		return c.Input.Name + " is " + c.Value
	case Failed:
		return "a job failed"
	default:
		panic(fmt.Sprintf("flow: unexpected condition %T", c))
	}
}

func printStep(b *strings.Builder, s Step) {
	switch s := s.(type) {
	case Checkout:
		b.WriteString("    checkout" + withPrefix(" ", s.Branch) + when(s.Mainline, "   script of the mainline") + when(s.History == WholeHistory, "   files of every commit") + when(s.LFS, "   files in Git LFS") + "\n")
	case Run:
		printRun(b, s)
	case Operation:
		fmt.Fprintf(b, "    op %s%s%s\n", strings.Join(append([]string{s.Name}, s.Args...), " "), fromEnv(s.FromEnv), phaseText(s.Phase))
	case ClearReport:
		fmt.Fprintf(b, "    clear-report %s %s\n", s.Check, s.Glob)
	case Evidence:
		fmt.Fprintf(b, "    evidence %s %s\n", s.Check, s.Glob)
	case Publish:
		fmt.Fprintf(b, "    publish %s%s\n", s.Path, when(s.Stored, "   for the run"))
	case Native:
		fmt.Fprintf(b, "    native on %s %q   outside the guarantees\n", s.Target, s.Text)
	case Fetch:
		fmt.Fprintf(b, "    fetch %s%s\n", s.Path, when(s.Recorded, "   of the recorded run"))
	case Causes:
		b.WriteString("    causes of the failure\n")
	default:
		panic(fmt.Sprintf("flow: unexpected step %T", s))
	}
}

func printRun(b *strings.Builder, r Run) {
	fmt.Fprintf(b, "    run %s %q%s", r.Shell, r.Script, phaseText(r.Phase))
	for _, e := range r.Env {
		fmt.Fprintf(b, "   %s=%q", e.Name, envText(e))
	}
	for _, s := range r.Secrets {
		fmt.Fprintf(b, "   secret %s=%s", s.Name, s.Secret.ID)
	}
	b.WriteString(withPrefix("   on azure connection ", r.Connection))
	if r.Timeout > 0 {
		b.WriteString("   " + Duration(r.Timeout))
	}
	b.WriteByte('\n')
}

func envText(e EnvVar) string {
	var b strings.Builder
	for _, p := range e.Parts {
		b.WriteString(p.Lit)
		if p.Env != "" {
			b.WriteString("${" + p.Env + "}")
		}
	}
	return b.String()
}

func phaseText(p Phase) string {
	switch p {
	case Normal:
		return ""
	case OnFailure:
		return "   on failure"
	case Tolerated:
		return "   tolerated"
	default:
		panic(fmt.Sprintf("flow: unexpected phase %d", p))
	}
}

func inputText(inputs []Datum) string {
	var out []string
	for _, d := range inputs {
		switch {
		case d.From != nil:
			out = append(out, d.Env+" from "+d.From.Name)
		case d.Input != nil:
			out = append(out, d.Env+" asked")
		case d.Run != "":
			out = append(out, d.Env+" from "+string(d.Run))
		default:
			out = append(out, d.Env+"="+d.Literal)
		}
	}
	return strings.Join(out, ", ")
}

func fromEnv(names []string) string {
	var b strings.Builder
	for _, n := range names {
		b.WriteString(" $" + n)
	}
	return b.String()
}

func jobNames(jobs []*Job) string {
	var out []string
	for _, j := range jobs {
		out = append(out, j.Name)
	}
	return strings.Join(out, ", ")
}

func groupNames(groups []Group) string {
	var out []string
	for _, g := range groups {
		out = append(out, g.ID)
	}
	return strings.Join(out, ", ")
}

// Duration prints a duration as policies write it: 4h, 90m, 3d.
func Duration(d time.Duration) string {
	switch {
	case d >= 48*time.Hour && d%(24*time.Hour) == 0:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d%time.Hour == 0:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d%time.Minute == 0:
		return fmt.Sprintf("%dm", d/time.Minute)
	default:
		return d.String()
	}
}

func withPrefix(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

func when(is bool, text string) string {
	if is {
		return text
	}
	return ""
}
