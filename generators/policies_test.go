package generators_test

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// wanted is a random policy, in the words of those who write one: what it asks
// for is known without asking the compiler.
type wanted struct {
	component    string
	paths        bool
	root         string // of GitLab, where it is included
	mainline     string
	line         string // prefix of hotfix branches
	checks       []wantedCheck
	environments []wantedEnvironment // in the order of the delivery
	checked      []string            // checks of the delivery
	hotfix       bool
	waived       string // a check, or ""
	redeploy     bool
	request      []string // checks of merge requests
	looks        bool     // fettle looks at the policy of merge requests
	irreversible bool
	glass        bool   // that skips the approvals
	freeze       bool   // of all productions, with a second approval
	branches     string // release branches, or ""
	from         bool   // deliveries come from them
	rest         string // blocks that change no gate
}

type wantedCheck struct {
	name, agent string
	report      bool
	informs     bool
	matrix      bool // of two sizes
}

// cells are the checks that it is: name, and what its command is told.
func (c wantedCheck) cells() [][2]string {
	if c.matrix {
		return [][2]string{{c.name + "-1", c.name + " 1"}, {c.name + "-2", c.name + " 2"}}
	}
	return [][2]string{{c.name, c.name}}
}

type wantedEnvironment struct {
	name, tier, agent string
	approvals         []string
	verify, requires  []string
	after             bool
}

// prefix keeps what the hosts share apart from that of other components.
func (w wanted) prefix() string {
	if w.component == "" {
		return ""
	}
	return w.component + "-"
}

func (e wantedEnvironment) production() bool { return e.tier == "production" }

// randomPolicies draws policies that are valid by construction.
func randomPolicies() *rapid.Generator[wanted] {
	return rapid.Custom(func(t *rapid.T) wanted {
		pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
		chance := func(label string) bool { return rapid.Bool().Draw(t, label) }
		some := func(label string, from []string) []string {
			return slices.DeleteFunc(slices.Clone(from), func(s string) bool { return !chance(label + " " + s) })
		}
		agent := func(label string) string { return pick(label, "", "", "machine", "windows") }
		w := wanted{component: pick("component", "", "pay"), paths: chance("paths"), root: pick("root", "", ".gitlab/fettle.yml"), mainline: pick("mainline", "main", "trunk"), line: pick("line", "hotfix/", "hotfix/hf-", "lines/"), hotfix: chance("hotfix"), redeploy: chance("redeploy"), irreversible: chance("irreversible"), branches: pick("release branches", "", "release/*", "stable-*"), from: chance("from")}

		var names []string
		for i := range rapid.IntRange(1, 4).Draw(t, "checks") {
			name := fmt.Sprintf("c%d", i)
			names = append(names, name)
			w.checks = append(w.checks, wantedCheck{name: name, agent: agent("agent of " + name), report: chance("report of " + name), matrix: chance("matrix of " + name)})
		}
		w.checked = append([]string{names[0]}, some("checked", names[1:])...)
		free := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return slices.Contains(w.checked, n) })
		take := func(label string) (out []string) { // a check stands in one place of a path
			out = some(label, free)
			free = slices.DeleteFunc(free, func(n string) bool { return slices.Contains(out, n) })
			for i, c := range w.checks {
				if slices.Contains(out, c.name) {
					w.checks[i].agent = "" // it verifies where the deployment runs
				}
			}
			return out
		}
		before, productions := rapid.IntRange(0, 2).Draw(t, "environments before production"), rapid.IntRange(1, 2).Draw(t, "productions")
		for i := range before + productions {
			e := wantedEnvironment{name: fmt.Sprintf("e%d", i), tier: "production", after: chance("after")}
			e.agent = agent("agent of " + e.name)
			if i < before {
				e.tier = pick("tier", "development", "staging")
				if i > 0 && w.environments[i-1].tier == "staging" {
					e.tier = "staging" // development comes first
				}
				e.verify = take("verify of " + e.name)
			}
			e.requires = take("requires of " + e.name)
			if e.production() || chance("gate before production") {
				e.approvals = append([]string{"release"}, some("approval", []string{"change", "data-owner"})...)
			}
			w.environments = append(w.environments, e)
		}
		w.checked = append(w.checked, free...) // a check that nothing runs is a mistake
		for i, c := range w.checks {
			w.checks[i].informs = i > 0 && slices.Contains(w.checked, c.name) && chance("informs "+c.name)
		}
		if w.hotfix && chance("waiver") {
			// Not the only one before the first production: a way without any check is a mistake.
			if left := w.requiredBefore(w.environments[before]); len(left) > 1 {
				w.waived = rapid.SampledFrom(left).Draw(t, "waived")
			}
		}
		if chance("merge_request") {
			w.request = append([]string{names[0]}, some("requested", names[1:])...)
		}
		w.looks = chance("policy check")
		w.freeze, w.glass = chance("freeze"), chance("break glass")
		w.rest = w.other(t, pick, chance)
		return w
	})
}

// other are blocks that change no gate: the artifact, notifications, names.
func (w wanted) other(t *rapid.T, pick func(string, ...string) string, chance func(string) bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "names { hotfix_branch = \"%s${version}\" }\n", w.line)
	if chance("build") {
		fmt.Fprintf(&b, "build {\n  run      = [\"./build.sh\"]\n  artifact = %s\n}\n", pick("artifact", `"dist/"`, `image("example.com/shop", "build/digest")`, "\"dist/\"\n  store {\n    put = \"./put.sh\"\n    get = \"./get.sh\"\n  }"))
	}
	if chance("notify") {
		fmt.Fprintf(&b, "notify \"chat\" {\n  on  = [failure%s]\n  run = \"./tell.sh ${run.url}\"\n}\n", pick("notify on", "", ", waiting", ", production"))
		if chance("causes") {
			fmt.Fprint(&b, "notify \"pager\" {\n  on  = [failure]\n  run = \"./tell.sh ${run.failure}\"\n}\n")
		}
	}
	if chance("schedule") {
		fmt.Fprintf(&b, "schedule \"nightly\" {\n  cron   = %q\n  checks = [check.c0]\n}\n", pick("cron", "0 3 * * *", "30 1,13 * * 1-5", "*/15 0-6/2 1 * *"))
	}
	if w.hotfix {
		fmt.Fprintf(&b, "hotfix {\n  merge_back {\n    mode        = %q\n    on_conflict = %q\n  }\n", pick("mode", "merge", "ff-only", "cherry-pick", "reapply"), pick("conflict", "draft", "issue", "fail"))
		if chance("incident") {
			b.WriteString("  incident { pattern = \"INC[0-9]+\" }\n")
		}
		if w.waived != "" {
			fmt.Fprintf(&b, "  waive {\n    check  = check.%s\n    reason = \"Hours\"\n  }\n", w.waived)
		}
		if chance("mirror") {
			b.WriteString("  mirror = environment.mirrored\n}\nenvironment \"mirrored\" {\n  tier   = \"development\"\n  deploy = \"./deploy.sh mirrored\"\n")
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// requiredBefore are the checks that must have passed before a deployment: those of
// the delivery, what proves the environments before it, and its own. Whatever a
// hotfix skips of the way, it skips no check of it.
func (w wanted) requiredBefore(e wantedEnvironment) []string {
	out := slices.DeleteFunc(slices.Clone(w.checked), func(name string) bool {
		return slices.ContainsFunc(w.checks, func(c wantedCheck) bool { return c.name == name && c.informs })
	})
	for _, o := range w.environments {
		if o.name == e.name {
			return append(out, o.requires...)
		}
		out = append(append(out, o.requires...), o.verify...)
	}
	return out
}

func references(kind string, names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, kind+"."+n)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

const randomAgents = `agent "machine" {
  os      = "linux"
  github  = { runs_on = ["self-hosted", "big"] }
  gitlab  = { tags = ["big"], image = "debian:12" }
  azure   = { pool = "Big", demands = ["big"] }
  jenkins = { label = "big" }
}
agent "windows" {
  os      = "windows"
  github  = { runs_on = ["self-hosted", "Windows"] }
  gitlab  = { tags = ["windows"] }
  azure   = { pool = "Windows" }
  jenkins = { label = "windows" }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
`

// beside is another policy of the repository: what they share says both.
func (w wanted) beside() string {
	shared := fmt.Sprintf("  default_branch = %q\n", w.mainline)
	if w.root != "" {
		shared += fmt.Sprintf("  gitlab    = { root = %q }\n", w.root)
	}
	return strings.Replace(otherPolicy, "  component", shared+"  component", 1)
}

const otherPolicy = `policy "other" {
  component = "other"
  targets   = ["github", "gitlab", "azure", "jenkins"]
  active    = "github"
}
check "c0" { run = "make" }
environment "e0" {
  tier   = "production"
  deploy = "./other.sh"
  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github  = "acme/managers"
  gitlab  = "acme/managers"
  azure   = "managers"
  jenkins = "managers"
}
delivery {
  checks       = [check.c0]
  environments = [environment.e0]
}
hotfix {}
redeploy {}
`

// String is the policy as somebody would write it.
func (w wanted) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "policy \"random\" {\n  targets  = [\"github\", \"gitlab\", \"azure\", \"jenkins\"]\n  active   = \"github\"\n  mainline = %q\n", w.mainline)
	if w.branches != "" {
		fmt.Fprintf(&b, "  release_branches = %q\n", w.branches)
	}
	if w.irreversible {
		b.WriteString("  irreversible = [\"migrations/**\"]\n")
	}
	if w.paths {
		b.WriteString("  paths = [\"services/pay/**\", \"libraries/**\"]\n")
	}
	if w.root != "" {
		fmt.Fprintf(&b, "  gitlab = { root = %q }\n", w.root)
	}
	if w.component != "" {
		fmt.Fprintf(&b, "  component = %q\n", w.component)
	}
	b.WriteString("}\n")
	b.WriteString(randomAgents)
	for _, c := range w.checks {
		if c.matrix {
			fmt.Fprintf(&b, "check %q {\n  matrix = { size = [\"1\", \"2\"] }\n  run = \"./check.sh %s ${matrix.size}\"\n", c.name, c.name)
		} else {
			fmt.Fprintf(&b, "check %q {\n  run = \"./check.sh %s\"\n", c.name, c.name)
		}
		if c.agent != "" {
			fmt.Fprintf(&b, "  agent = agent.%s\n", c.agent)
		}
		if c.report {
			fmt.Fprintf(&b, "  report = \"reports/%s.xml\"\n", c.name)
		}
		if c.informs {
			b.WriteString("  required = false\n")
		}
		b.WriteString("}\n")
	}
	for _, e := range w.environments {
		fmt.Fprintf(&b, "environment %q {\n  tier     = %q\n  deploy   = \"./deploy.sh %s ${release.version}\"\n  verify   = %s\n  requires = %s\n", e.name, e.tier, e.name, references("check", e.verify), references("check", e.requires))
		if e.agent != "" {
			fmt.Fprintf(&b, "  agent    = agent.%s\n", e.agent)
		}
		if e.after {
			b.WriteString("  after    = \"./after.sh\"\n")
		}
		for _, a := range e.approvals {
			fmt.Fprintf(&b, "  approval %q { approvers = [group.managers] }\n", a)
		}
		b.WriteString("}\n")
	}
	var path []string
	for _, e := range w.environments {
		path = append(path, e.name)
	}
	from := ""
	if w.from && w.branches != "" {
		from = fmt.Sprintf("  from         = %q\n", w.branches)
	}
	fmt.Fprintf(&b, "delivery {\n"+from+"  checks       = %s\n  environments = %s\n}\n", references("check", w.checked), references("environment", path))
	if w.redeploy {
		b.WriteString("redeploy {}\n")
	}
	if len(w.request) > 0 || w.looks {
		b.WriteString("merge_request {\n")
		if len(w.request) > 0 {
			fmt.Fprintf(&b, "  checks = %s\n", references("check", w.request))
		}
		if w.looks {
			fmt.Fprintf(&b, "  policy_check {\n    version = \"v0.9.0\"\n    url     = \"https://downloads.example.com/a%%20b~c+d/fettle\"\n    sha256  = %q\n  }\n", strings.Repeat("0a", 32))
		}
		b.WriteString("}\n")
	}
	if w.glass {
		b.WriteString("break_glass {\n  approvers = [group.on_call]\n  may_skip  = [approval, freeze]\n}\n" +
			"notify \"everybody\" {\n  on  = [break_glass]\n  run = \"./tell.sh\"\n}\n" +
			"group \"on_call\" {\n  github  = \"acme/on-call\"\n  gitlab  = \"acme/on-call\"\n  azure   = \"on-call\"\n  jenkins = \"on-call\"\n}\n")
	}
	if w.freeze {
		b.WriteString("freeze \"year_end\" {\n  from     = \"2026-12-19\"\n  to       = \"2027-01-04\"\n  delivery = \"approve\"\n  approvers = [group.board]\n}\ngroup \"board\" {\n  github  = \"acme/board\"\n  gitlab  = \"acme/board\"\n  azure   = \"board\"\n  jenkins = \"board\"\n}\n")
	}
	return b.String() + w.rest
}
