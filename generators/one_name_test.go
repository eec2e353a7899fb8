package generators_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/fettle-ci/fettle/generators"
	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// Whatever things are called, no target takes one for another: a policy whose
// names would become one is refused, and of every other one each approval,
// deployment, check, report, variable and secret is found in the files, once
// and apart from the others. The test knows the policy and reads the files; of
// how names are made it knows nothing.
func TestNoNamesBecomeOne(t *testing.T) {
	t.Parallel()
	rounds, refused, read := 1, 0, 0
	switch os.Getenv("FETTLE_LONG") {
	case "":
	case "nightly":
		rounds = 20
	default:
		rounds = 5
	}
	for range rounds {
		rapid.Check(t, func(t *rapid.T) {
			p := policiesOfNames().Draw(t, "policies")
			repository, diags := generators.CompileAll(p.inputs(), nil)
			if diags.HasErrors() {
				refused++
				if odd := slices.DeleteFunc(diags, func(d *diag.Diagnostic) bool { return d.Severity != diag.Error || forItsName(d) }); len(odd) > 0 {
					t.Fatalf("%s\n%s", diagnosticsText(odd), p)
				}
				return
			}
			read++
			if merged := p.merged(contentOf(repository.Files), len(repository.Files)); merged != "" {
				t.Fatalf("%s\n%s", merged, p)
			}
		})
	}
	if refused == 0 || read == 0 {
		t.Errorf("%d policies were refused and %d read: the names are no trial", refused, read)
	}
}

// forItsName tells whether something is refused for a name alone. Of secrets
// these two labels have no name on every host; for all others one is made.
func forItsName(d *diag.Diagnostic) bool {
	if d.Code == "bad-secret-name" {
		return strings.Contains(d.Detail, `"github-key"`) || strings.Contains(d.Detail, `"input-a"`)
	}
	return saysClash[d.Code]
}

// saysClash are the codes of what is refused for a name alone.
var saysClash = map[diag.Code]bool{
	"same-id": true, "names-become-one": true, "outcomes-clash": true, "environments-clash": true, "environment-is-component": true, "jobs-clash": true,
	"names-clash": true, "approval-label-taken": true,
}

// --- The policies -------------------------------------------------------------------

// namedPolicies are two policies of one repository. A number stands for each
// thing: what its commands and approvers are called, whatever its own name is.
type namedPolicies []namedPolicy

type namedPolicy struct {
	name, component string
	environments    []namedEnvironment
	checks          []string
	secrets         []namedSecret
	schedule        string
}

type namedEnvironment struct {
	name      string
	before    bool // of the tier development
	approvals []string
	verify    int // number of a check
	values    []pairOf
	env       []pairOf
	secrets   []secretUse
}

type pairOf struct{ name, text string }

type secretUse struct {
	name   string
	secret int
}

type namedSecret struct{ label, given string }

// policiesOfNames draws names that are pieces of one row of words, so that many
// of them meet: prod and eu-release, prod-eu and release. What commands are
// given has names that meet in half of the policies: a clash of one kind hides
// those of the other.
func policiesOfNames() *rapid.Generator[namedPolicies] {
	rows := []string{
		"prod-eu-release", "a-b-a-b", "a-approval-b-approval-c", "c-deploy-e-check-c-deploy-e", "a-deploy-a-check-a-deploy-a", "identify-delivery", "candidate-hotfix",
	}
	var words []string
	label := func(t *rapid.T, what string) string {
		first := rapid.IntRange(0, len(words)-1).Draw(t, "first word")
		last := rapid.IntRange(first, len(words)-1).Draw(t, "last word")
		out := words[first]
		for _, w := range words[first+1 : last+1] {
			out += rapid.SampledFrom([]string{"-", "-", "_"}).Draw(t, "between") + w
		}
		return out
	}
	some := func(t *rapid.T, what string, low, high int, one func(*rapid.T, string) string) []string {
		var out []string
		for len(out) < rapid.IntRange(low, high).Draw(t, what+"s") {
			if l := one(t, what); !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
		return out
	}
	variable := func(t *rapid.T, what string) string {
		return rapid.SampledFrom([]string{"A", "a", "B", "A_B", "a_b", "C", "PROD", "EU_RELEASE"}).Draw(t, what)
	}
	key := func(t *rapid.T, what string) string {
		return rapid.SampledFrom([]string{"a", "A", "a-b", "a_b", "A_B", "b", "a--b"}).Draw(t, what)
	}
	secret := func(t *rapid.T, what string) string {
		return rapid.SampledFrom([]string{"a", "b", "a-b", "c", "deploy-token", "github-key", "eu-release", "prod", "input-a"}).Draw(t, what)
	}
	policy := func(t *rapid.T, name, component string, given bool) namedPolicy {
		most := func(n int) int {
			if given {
				return n
			}
			return 0
		}
		p := namedPolicy{name: name, component: component, checks: some(t, "check", 2, 3, label)}
		for i, l := range some(t, "secret", most(1), most(3), secret) {
			s := namedSecret{label: l}
			if i > 0 {
				s.given = rapid.SampledFrom([]string{"", "", "", "A", "a", "A_B", "PROD"}).Draw(t, "given")
			}
			p.secrets = append(p.secrets, s)
		}
		for i, l := range some(t, "environment", 1, 3, label) {
			e := namedEnvironment{name: l, before: i == 0 && rapid.Bool().Draw(t, "before"), approvals: some(t, "approval", 1, 2, label), verify: rapid.IntRange(0, len(p.checks)-1).Draw(t, "verify")}
			for k, v := range some(t, "value", 0, most(3), key) {
				e.values = append(e.values, pairOf{v, fmt.Sprintf("value %d %d", i, k)})
			}
			for k, v := range some(t, "variable", 0, most(2), variable) {
				e.env = append(e.env, pairOf{v, fmt.Sprintf("text %d %d", i, k)})
			}
			for _, v := range some(t, "secret variable", 0, most(2), variable) {
				e.secrets = append(e.secrets, secretUse{v, rapid.IntRange(0, len(p.secrets)-1).Draw(t, "secret of "+v)})
			}
			p.environments = append(p.environments, e)
		}
		p.environments[len(p.environments)-1].before = false // something is production
		if rapid.Bool().Draw(t, "schedule") {
			p.schedule = label(t, "schedule")
		}
		return p
	}
	return rapid.Custom(func(t *rapid.T) namedPolicies {
		words = strings.Split(rapid.SampledFrom(rows).Draw(t, "row"), "-")
		given := rapid.Bool().Draw(t, "given")
		out := namedPolicies{policy(t, "first", rapid.SampledFrom([]string{"", "", words[0]}).Draw(t, "first component"), given)}
		if rapid.IntRange(0, 2).Draw(t, "second") == 0 {
			out = append(out, policy(t, "second", rapid.SampledFrom([]string{strings.Join(words[:2], "-"), "schedule", words[0] + "-schedule", "check", "release"}).Draw(t, "component"), given))
		}
		return out
	})
}

func (p namedPolicies) inputs() []schema.Input {
	var out []schema.Input
	for i, one := range p {
		out = append(out, schema.Input{Sources: []syntax.Source{{Name: one.name + ".hcl", Bytes: []byte(one.text(i))}}})
	}
	return out
}

func (p namedPolicies) String() string {
	var b strings.Builder
	for i, one := range p {
		b.WriteString(one.text(i))
	}
	return b.String()
}

// command is what is run for a thing: no target changes it.
func command(kind string, numbers ...int) string {
	return "./" + kind + ".sh n" + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(numbers)), "-"), "[]") + " "
}

// group is who approves: the only one.
func group(numbers ...int) string {
	return "g" + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(numbers)), "-"), "[]") + "-approves"
}

func (p namedPolicy) text(number int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "policy %q {\n  targets = [\"github\", \"gitlab\", \"azure\", \"jenkins\"]\n  active  = \"github\"\n", p.name)
	if p.component != "" {
		fmt.Fprintf(&b, "  component = %q\n", p.component)
	}
	b.WriteString("}\n")
	for i, c := range p.checks {
		fmt.Fprintf(&b, "check %q {\n  run    = \"%sx\"\n  report = \"r%d.xml\"\n}\n", c, command("check", number, i), i)
	}
	for _, s := range p.secrets {
		fmt.Fprintf(&b, "secret %q {\n", s.label)
		if s.given != "" {
			fmt.Fprintf(&b, "  github  = { name = %q }\n  gitlab  = { name = %q }\n  azure   = { name = %q }\n  jenkins = { credential = %q }\n", s.given, s.given, s.given, s.given)
		}
		b.WriteString("}\n")
	}
	for i, e := range p.environments {
		fmt.Fprintf(&b, "environment %q {\n  tier    = %q\n  verify  = [check.%s]\n  deploy  = \"%s%s\"\n", e.name, e.tier(), p.checks[e.verify], command("deploy", number, i), strings.ReplaceAll(e.words(), `"`, `\"`))
		fmt.Fprintf(&b, "  values  = { %s }\n  env     = { %s }\n", pairs(e.values), pairs(e.env))
		var secrets []string
		for _, s := range e.secrets {
			secrets = append(secrets, s.name+" = secret."+p.secrets[s.secret].label)
		}
		fmt.Fprintf(&b, "  secrets = { %s }\n", strings.Join(secrets, ", "))
		for k, a := range e.approvals {
			fmt.Fprintf(&b, "  approval %q { approvers = [group.%s] }\n", a, group(i, k))
		}
		b.WriteString("}\n")
		for k := range e.approvals {
			g := group(number, i, k)
			fmt.Fprintf(&b, "group %q {\n  github  = %q\n  gitlab  = %q\n  azure   = %q\n  jenkins = %q\n}\n", group(i, k), g, g, g, g)
		}
	}
	var environments []string
	for _, e := range p.environments {
		environments = append(environments, e.name)
	}
	fmt.Fprintf(&b, "delivery {\n  checks       = %s\n  environments = %s\n}\nhotfix {}\nredeploy {}\n", references("check", p.checks), references("environment", environments))
	if p.schedule != "" {
		fmt.Fprintf(&b, "schedule %q {\n  cron   = \"0 3 * * *\"\n  checks = [check.%s]\n}\n", p.schedule, p.checks[0])
	}
	return b.String()
}

func (e namedEnvironment) tier() string {
	if e.before {
		return "development"
	}
	return "production"
}

// words are the arguments of a deployment: each value, variable and secret.
func (e namedEnvironment) words() string {
	var out []string
	for _, v := range e.values {
		out = append(out, "${deployment.values."+v.name+"}")
	}
	for _, v := range e.env {
		out = append(out, `"$`+v.name+`"`)
	}
	for _, s := range e.secrets {
		out = append(out, `"$`+s.name+`"`)
	}
	return strings.Join(append(out, "end"), " ")
}

func pairs(all []pairOf) string {
	var out []string
	for _, p := range all {
		out = append(out, fmt.Sprintf("%s = %q", p.name, p.text))
	}
	return strings.Join(out, ", ")
}

// --- What the files say -------------------------------------------------------------

// jobBegins is how a job begins in a file, by target, with its name.
var jobBegins = map[string]*regexp.Regexp{
	"github":  regexp.MustCompile(`(?m)^  ([a-z0-9_-]+):\n    name: `),
	"gitlab":  regexp.MustCompile(`(?m)^([a-z0-9_-]+):\n(?:  #.*\n)*  stage: `),
	"azure":   regexp.MustCompile(`(?m)^- stage: (\S+)$`),
	"jenkins": regexp.MustCompile(`(?m)^ +stage\('([^']+)'\) \{\n`),
}

var (
	fileOf = map[string]func(string) string{
		"github":  func(name string) string { return ".github/workflows/" + name + ".yml" },
		"gitlab":  func(name string) string { return ".gitlab/fettle/" + name + ".yml" },
		"azure":   func(name string) string { return ".azure-pipelines/" + name + ".yml" },
		"jenkins": func(name string) string { return ".jenkins/" + name + ".Jenkinsfile" },
	}
	environmentsNamed = map[string]*regexp.Regexp{
		"github":  regexp.MustCompile(`(?m)^    (?:environment:\n(?:      #.*\n)*      name|concurrency:\n      group): (\S+)$`),
		"gitlab":  regexp.MustCompile(`(?m)^  (?:environment:\n    name|resource_group): (\S+)`),
		"azure":   regexp.MustCompile(`(?m)^ +environment: (\S+)$`),
		"jenkins": regexp.MustCompile(`lock\(resource: '([^']+)'\)`),
	}
	reportLine = regexp.MustCompile(`(?m)^ +name: (report-\S+)$`)
)

// uses says which thing has a name, for each kind of names.
type uses map[string]string

// take is what is wrong when a thing takes a name, or "".
func (u uses) take(kind, name, thing string) string {
	key := kind + " " + strings.ToLower(name)
	if first, taken := u[key]; taken && first != thing {
		return fmt.Sprintf("%s is the %s of %s and of %s", name, kind, first, thing)
	}
	u[key] = thing
	return ""
}

// merged says what the files take for one thing, or "".
func (p namedPolicies) merged(content map[string]string, files int) string {
	if len(content) != files {
		return "two files have one path"
	}
	folded := uses{}
	for path := range content {
		if bad := folded.take("path", path, path); bad != "" {
			return bad
		}
	}
	for _, target := range []string{"github", "gitlab", "azure", "jenkins"} {
		hosts := uses{} // what both policies share
		if twice := stageTwice(content[".gitlab-ci.yml"]); twice != "" {
			return "the stage " + twice + " stands twice"
		}
		for i, one := range p {
			prefix := ""
			if one.component != "" {
				prefix = one.component + "-"
			}
			for _, flow := range []string{"delivery", "hotfix", "redeploy"} {
				text, there := content[fileOf[target](prefix+flow)]
				if !there {
					return target + " has no " + prefix + flow
				}
				if bad := one.mergedIn(target, flow, i, text, hosts); bad != "" {
					return target + " " + prefix + flow + ": " + bad
				}
			}
			if path := fileOf[target](prefix + "schedule-" + strings.ReplaceAll(one.schedule, "_", "-")); one.schedule != "" && !strings.Contains(content[path], command("check", i, 0)) {
				return path + " does not run the check of its schedule"
			}
		}
	}
	return ""
}

// mergedIn looks at one flow. Names of jobs and reports are the file's, on
// GitLab all files'.
func (p namedPolicy) mergedIn(target, flow string, number int, text string, hosts uses) string {
	if target != "jenkins" {
		var strict yaml.Node
		if err := yaml.Unmarshal([]byte(text), &strict); err != nil {
			return err.Error()
		}
		if twice := keyTwice(&strict); twice != "" {
			return "the key " + twice + " stands twice"
		}
	}
	jobs, own, secrets := jobsIn(target, text), uses{}, uses{}
	for _, j := range jobs {
		if bad := hosts.take("job in a pipeline of both policies", j.name, fmt.Sprint("policy ", number)); bad != "" && target == "gitlab" {
			return bad
		}
	}
	find := func(thing, mark string) (job, string) {
		var found []job
		for _, j := range jobs {
			if strings.Contains(j.text, mark) {
				found = append(found, j)
			}
		}
		if len(found) != 1 {
			return job{}, fmt.Sprintf("%s is in %d jobs", thing, len(found))
		}
		space := own
		if target == "gitlab" {
			space = hosts
		}
		return found[0], space.take("job", found[0].name, thing)
	}
	want := len(p.environments)
	for i, e := range p.environments {
		if flow == "redeploy" && e.before {
			want--
			continue
		}
		thing := fmt.Sprintf("deployment %d of policy %d", i, number)
		j, bad := find(thing, command("deploy", number, i))
		if bad == "" {
			bad = environmentsOf(target, j, thing, hosts)
		}
		if bad == "" {
			bad = p.variablesOf(target, j, e, command("deploy", number, i), secrets)
		}
		if bad == "" && !strings.Contains(j.text, command("check", number, e.verify)) {
			bad = thing + " is not verified"
		}
		if bad != "" {
			return bad
		}
		for k := range e.approvals {
			thing := fmt.Sprintf("approval %d of environment %d of policy %d", k, i, number)
			j, bad := find(thing, group(number, i, k))
			if bad == "" {
				bad = environmentsOf(target, j, thing, hosts)
			}
			if bad != "" {
				return bad
			}
		}
	}
	reports := 0
	for _, j := range jobs {
		for _, m := range reportLine.FindAllStringSubmatch(j.text, -1) {
			reports++
			if bad := own.take("artifact", m[1], fmt.Sprint("report ", reports)); bad != "" {
				return bad
			}
		}
	}
	if flow != "redeploy" {
		want += len(p.checks)
	}
	if target == "github" && reports != want {
		return fmt.Sprintf("%d reports are kept, and there are %d", reports, want)
	}
	return ""
}

// environmentsOf are the environments and locks that a job names.
func environmentsOf(target string, j job, thing string, hosts uses) string {
	found := environmentsNamed[target].FindAllStringSubmatch(j.text, -1)
	if len(found) == 0 && strings.HasPrefix(thing, "deployment") {
		return thing + " names no environment"
	}
	for _, m := range found {
		if bad := hosts.take("environment", m[1], thing); bad != "" {
			return bad
		}
	}
	return ""
}

type job struct{ name, text string }

func jobsIn(target, text string) []job {
	var out []job
	at := jobBegins[target].FindAllStringSubmatchIndex(text, -1)
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		out = append(out, job{text[m[2]:m[3]], text[m[0]:end]})
	}
	return out
}

// stageTwice is a stage of the root file that stands twice, or "".
func stageTwice(root string) string {
	_, body, _ := strings.Cut(root, "\n---\n")
	var file struct{ Stages []string }
	if err := yaml.Unmarshal([]byte(body), &file); err != nil {
		return err.Error()
	}
	slices.Sort(file.Stages)
	for i := 1; i < len(file.Stages); i++ {
		if file.Stages[i] == file.Stages[i-1] {
			return file.Stages[i]
		}
	}
	return ""
}

// keyTwice is a key that stands twice in an object for those who do not look at
// capitals, or "".
func keyTwice(n *yaml.Node) string {
	seen := map[string]bool{}
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			if seen[strings.ToLower(c.Value)] {
				return c.Value
			}
			seen[strings.ToLower(c.Value)] = true
		}
		if twice := keyTwice(c); twice != "" {
			return twice
		}
	}
	return ""
}

// variablesOf follows each word of a deployment to the text or the secret that
// the policy means.
func (p namedPolicy) variablesOf(target string, j job, e namedEnvironment, mark string, secrets uses) string {
	variables, words := stepOfTarget[target](j.text, mark)
	folded := uses{}
	for name := range variables {
		if bad := folded.take("variable", name, name); bad != "" {
			return bad
		}
	}
	var got []string
	for _, w := range words {
		v, ok := variables[w]
		if !ok {
			return "nothing is in the variable " + w
		}
		got = append(got, v)
	}
	var want []string
	for _, v := range append(slices.Clone(e.values), e.env...) {
		want = append(want, v.text)
	}
	if len(got) != len(want)+len(e.secrets) || !slices.Equal(got[:len(want)], want) {
		return fmt.Sprintf("a deployment is given %q, and not %q and %d secrets", got, want, len(e.secrets))
	}
	return p.secretsOf(target, e, got[len(want):], secrets)
}

// takes is the grammar of each host for the name of a secret.
var takes = map[string]*regexp.Regexp{
	"github": regexp.MustCompile(`^secret [A-Za-z_][A-Za-z0-9_]*$`), "gitlab": regexp.MustCompile(`^secret [A-Za-z_][A-Za-z0-9_]*$`),
	"azure": regexp.MustCompile(`^secret [A-Za-z_][A-Za-z0-9_]*$`), "jenkins": regexp.MustCompile(`^secret [A-Za-z0-9_.-]+$`),
}

func (p namedPolicy) secretsOf(target string, e namedEnvironment, got []string, names uses) string {
	for i, u := range e.secrets {
		s := p.secrets[u.secret]
		thing := s.label
		if s.given != "" {
			thing = "given " + strings.ToLower(s.given) // those that name it in so many words are meant to be one
		}
		if bad := names.take("secret", got[i], thing); bad != "" {
			return bad
		}
		if !takes[target].MatchString(got[i]) || strings.HasPrefix(strings.ToLower(got[i]), "secret github_") || s.given != "" && got[i] != "secret "+s.given {
			return "a deployment is given " + got[i] + " for the secret " + thing
		}
	}
	return ""
}

// stepOfTarget are the variables of the step with a command, and those that the
// command reads, in order.
var stepOfTarget = map[string]func(text, mark string) (map[string]string, []string){
	"github": func(text, mark string) (map[string]string, []string) {
		return yamlStep(text, mark, "run", regexp.MustCompile(`^\$\{\{ secrets\.(\S+) \}\}$`))
	},
	"azure": func(text, mark string) (map[string]string, []string) {
		return yamlStep(text, mark, "bash", regexp.MustCompile(`^\$\((\S+)\)$`))
	},
	"gitlab":  gitlabStep,
	"jenkins": jenkinsStep,
}

var shellWord = regexp.MustCompile(`"\$([A-Za-z_][A-Za-z0-9_]*)"`)

func wordsRead(text, mark string) []string {
	_, after, _ := strings.Cut(text, mark)
	after, _, _ = strings.Cut(after, "\n")
	var out []string
	for _, m := range shellWord.FindAllStringSubmatch(after, -1) {
		out = append(out, m[1])
	}
	return out
}

func yamlStep(text, mark, key string, secret *regexp.Regexp) (map[string]string, []string) {
	var file yaml.Node
	if yaml.Unmarshal([]byte(text), &file) != nil {
		return nil, nil
	}
	variables := map[string]string{}
	var words []string
	var walk func(*yaml.Node)
	walk = func(n *yaml.Node) {
		var step map[string]yaml.Node
		if n.Kind == yaml.MappingNode && n.Decode(&step) == nil && strings.Contains(step[key].Value, mark) {
			words = wordsRead(step[key].Value, mark)
			env := step["env"]
			for i := 0; i+1 < len(env.Content); i += 2 {
				v := env.Content[i+1].Value
				if m := secret.FindStringSubmatch(v); m != nil {
					v = "secret " + m[1]
				}
				variables[env.Content[i].Value] = v
			}
		}
		for _, c := range n.Content {
			walk(c)
		}
	}
	walk(&file)
	return variables, words
}

var gitlabExport = regexp.MustCompile(`^\s*export ([A-Za-z_][A-Za-z0-9_]*)=(?:'([^']*)'|"\$([^"]*)")$`)

// gitlabStep is what a shell makes of the lines before the command, in which
// secrets are variables already.
func gitlabStep(text, mark string) (map[string]string, []string) {
	before, _, _ := strings.Cut(text, mark)
	before = before[strings.LastIndex(before, "\n      ("):]
	variables := map[string]string{}
	for line := range strings.Lines(before) {
		m := gitlabExport.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		switch {
		case m == nil:
		case m[3] == "":
			variables[m[1]] = m[2]
		case variables[m[3]] != "":
			variables[m[1]] = variables[m[3]]
		default:
			variables[m[1]] = "secret " + m[3]
		}
	}
	words := wordsRead(text, mark)
	for _, w := range words {
		if _, set := variables[w]; !set {
			variables[w] = "secret " + w // of the project
		}
	}
	return variables, words
}

var (
	jenkinsSecret = regexp.MustCompile(`string\(credentialsId: '([^']+)', variable: '([^']+)'\)`)
	jenkinsEnv    = regexp.MustCompile(`'([A-Za-z_][A-Za-z0-9_]*)=' \+ '([^']*)'`)
)

// jenkinsStep reads the blocks around the command: they begin after the last
// step before it.
func jenkinsStep(text, mark string) (map[string]string, []string) {
	before, _, _ := strings.Cut(text, mark)
	before = before[:strings.LastIndex(before, "\n")]
	before = before[strings.LastIndex(before, "}\n")+1:]
	variables := map[string]string{}
	for _, m := range jenkinsSecret.FindAllStringSubmatch(before, -1) {
		variables[m[2]] = "secret " + m[1]
	}
	for _, m := range jenkinsEnv.FindAllStringSubmatch(before, -1) {
		variables[m[1]] = m[2]
	}
	return variables, wordsRead(text, mark)
}
