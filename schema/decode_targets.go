package schema

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/regex"
	"github.com/fettle-ci/fettle/schema/syntax"
)

// What the policy says for one CI system each: in the policy, in groups, secrets and
// agents. Options of build, check and environment are in options.go.

// gitlab reads what holds for all of GitLab's jobs.
func (d *decoder) gitlab(n *syntax.Node) {
	d.policy.GitLabRoot = Value[string]{V: ".gitlab-ci.yml", Range: n.Header}
	if a := n.Attributes["gitlab"]; a != nil {
		f := d.fields(n, "gitlab", "root", "image")
		d.policy.GitLabRoot = d.gitlabRoot(f, a, d.policy.GitLabRoot)
		d.policy.GitLabImage = Value[string]{V: d.fieldText(f, "image"), Range: f["image"].at, Set: f["image"].expr != nil}
		d.image(d.policy.GitLabImage)
	}
}

// gitlabRoot is where the root file stands: a place of its own among the
// project's files.
func (d *decoder) gitlabRoot(f map[string]pair, a *hclsyntax.Attribute, root Value[string]) Value[string] {
	text := d.fieldText(f, "root")
	switch {
	case text == "": // reported, or not said
	case !rootFile().MatchString(text) || ownFolder().MatchString(text):
		d.report(badRoot(text, a.Expr.Range()))
	default:
		root = Value[string]{V: text, Range: a.Expr.Range(), Set: true}
	}
	return root
}

// rootFile is a path that GitLab includes and every disk holds.
var rootFile = regex.New(`^[A-Za-z0-9._-]*[A-Za-z0-9_-]+(/[A-Za-z0-9._-]*[A-Za-z0-9_-]+)*\.ya?ml$`)

// ownFolder begins the path of a file that is generated.
var ownFolder = regex.New(`(?i)^\.(gitlab/fettle|github|azure-pipelines|jenkins|fettle)/`)

func (d *decoder) group(n *syntax.Node) {
	g := byLabel(d.policy.Groups, n.Label, func(g *Group) string { return g.Label })
	g.GitHub, g.GitLab = d.str(n, "github", ""), d.str(n, "gitlab", "")
	g.Azure, g.Jenkins = d.str(n, "azure", ""), d.str(n, "jenkins", "")
}

func (d *decoder) secret(n *syntax.Node) {
	s := byLabel(d.policy.Secrets, n.Label, func(s *Secret) string { return s.Label })
	named := func(target, key string) Value[string] {
		a := n.Attributes[target]
		if a == nil {
			return Value[string]{Range: n.Header}
		}
		return Value[string]{V: d.fieldText(d.fields(n, target, key), key), Range: a.Expr.Range(), Set: true}
	}
	s.GitHub, s.GitLab, s.Jenkins = named("github", "name"), named("gitlab", "name"), named("jenkins", "credential")
	if n.Attributes["azure"] != nil {
		f := d.fields(n, "azure", "group", "name")
		s.Azure = AzureSecret{Group: d.fieldText(f, "group"), Name: d.fieldText(f, "name"), Range: n.Attributes["azure"].Expr.Range(), Set: true}
		if s.Azure.Name == "" {
			d.report(syntax.MissingAttribute("name", "azure", "The name of the variable.", n.Attributes["azure"].Expr.Range()))
		}
	}
}

func (d *decoder) agent(n *syntax.Node) {
	a := byLabel(d.policy.Agents, n.Label, func(a *Agent) string { return a.Label })
	a.OS = d.enum(n, "os", "linux")
	a.Container = d.container(n, a)
	a.Provides = d.variableNames(n, "provides")
	d.agentOn(n, a)
}

// agentOn reads what each CI system calls the machine.
func (d *decoder) agentOn(n *syntax.Node, a *Agent) {
	if n.Attributes["github"] != nil {
		a.GitHub = GitHubAgent{RunsOn: d.fieldTexts(d.fields(n, "github", "runs_on"), "runs_on"), Set: true}
	}
	if n.Attributes["gitlab"] != nil {
		f := d.fields(n, "gitlab", "tags", "image")
		if f["image"].expr != nil && a.Container.Set {
			d.report(exclusive("image", "container", f["image"].at))
		}
		a.GitLab = GitLabAgent{Tags: d.fieldTexts(f, "tags"), Image: d.fieldText(f, "image"), Set: true}
	}
	if n.Attributes["azure"] != nil {
		f := d.fields(n, "azure", "vm_image", "pool", "demands")
		a.Azure = AzureAgent{VMImage: d.fieldText(f, "vm_image"), Pool: d.fieldText(f, "pool"), Demands: d.fieldTexts(f, "demands"), Set: true}
		if (a.Azure.VMImage == "") == (a.Azure.Pool == "") {
			d.report(exclusive("vm_image", "pool", n.Attributes["azure"].Expr.Range()))
		}
	}
	if n.Attributes["jenkins"] != nil {
		a.Jenkins = JenkinsAgent{Label: d.fieldText(d.fields(n, "jenkins", "label"), "label"), Set: true}
	}
}

// jenkins reads what holds for all of Jenkins' pipelines.
func (d *decoder) jenkins(n *syntax.Node) {
	if split, said := d.fields(n, "jenkins", "script_splitting")["script_splitting"]; said {
		d.policy.Splitting = d.fieldBool(split)
	}
}
